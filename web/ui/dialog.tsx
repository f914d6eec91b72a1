// A dialog over the screen; a sheet from below on a phone. Escape closes it, and the focus returns.
import { lazy, Suspense } from 'react'
import type { DialogProps } from './dialog-props.ts'

export type { DialogProps } from './dialog-props.ts'

const DialogView = lazy(() => import('./dialog-view.tsx').then((file) => ({ default: file.DialogView })))

/** It is open as long as it is drawn. */
export function Dialog(props: DialogProps) {
  return (
    <Suspense>
      <DialogView {...props} />
    </Suspense>
  )
}
