// In place of a screen that stopped, or that could not be loaded.
import type { ErrorComponentProps } from '@tanstack/react-router'
import { Failed } from '../../ui/states.tsx'

export function ScreenFailed({ error }: ErrorComponentProps) {
  // Loads the page again: after an update of the server, the files of this page no longer exist.
  return <Failed error={error} retry={() => location.reload()} />
}
