// The form of a page for people who are not signed in: what was refused without a field stands above it.
import type { FormEvent, ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import type { FormState } from '../../ui/form.tsx'
import { Stack } from '../../ui/layout.tsx'
import { Failed } from '../../ui/states.tsx'

interface Props {
  state: Pick<FormState<unknown>, 'error' | 'isBusy'>
  act: ReactNode
  onSubmit(): Promise<void>
  children?: ReactNode
}

export function EntryForm({ state, act, onSubmit, children }: Props) {
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void onSubmit()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        {state.error != null && <Failed error={state.error} isWrite />}
        {children}
        <Button type="submit" variant="primary" size="large" wide busy={state.isBusy}>
          {act}
        </Button>
      </Stack>
    </form>
  )
}
