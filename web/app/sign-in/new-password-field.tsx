// A password that the person chooses, with what it must be.
import type { ReactNode } from 'react'
import { TextField } from '../../ui/fields.tsx'
import { useWords } from '../../words/use-words.ts'
import { WORDS } from './words.ts'

interface Props {
  label: ReactNode
  value: string
  onChange(password: string): void
  error: string | undefined
  /** What happens when it is changed. */
  consequence?: ReactNode
}

export function NewPasswordField({ label, value, onChange, error, consequence }: Props) {
  const { t } = useWords()
  return (
    <TextField
      label={label}
      hint={
        <>
          {t(WORDS.passwordHint)} {consequence}
        </>
      }
      type="password"
      ltr
      value={value}
      onChange={onChange}
      error={error}
      autoComplete="new-password"
      maxLength={1000}
      required
    />
  )
}
