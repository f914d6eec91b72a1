// A form that is sent to the API: it shows the errors of the server at their fields, keeps what was
// typed when sending fails, and asks before it is left with changes.
import { useBlocker } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { ApiError } from '../api/error.ts'
import type { Text } from '../words/text.ts'
import { useWords } from '../words/use-words.ts'
import { Button } from './button.tsx'
import { confirm } from './confirm.ts'
import css from './form.module.css'
import { Failed } from './states.tsx'

export interface FormState<Result> {
  /** The message of the server for a field, by JSON pointer: `errorAt('/name/en')`. */
  errorAt(pointer: string): string | undefined
  /** What was refused without a field, or not understood. */
  error: unknown
  isBusy: boolean
  /** Sends; the result is null when it was refused. */
  send(): Promise<Result | null>
}

/** `send` calls the API; it is called by `useSend(() => api.patch(…))`. */
export function useSend<Result>(send: () => Promise<Result>): FormState<Result> {
  const { language } = useWords()
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  /** The pointers of the fields that show their own message. */
  const shown = useRef(new Set<string>())
  const fields = useMemo(() => {
    const list = error instanceof ApiError ? error.fields : []
    return new Map(list.map((field) => [field.pointer, (language === 'ar' && field.message_ar) || field.message]))
  }, [error, language])
  return {
    errorAt(pointer) {
      shown.current.add(pointer)
      return fields.get(pointer)
    },
    error: fields.size > 0 && [...fields.keys()].every((pointer) => shown.current.has(pointer)) ? null : error,
    isBusy,
    async send() {
      setBusy(true)
      try {
        const result = await send()
        setError(null)
        return result
      } catch (failure) {
        // The person chose not to confirm who they are: the form is as it was.
        setError(failure instanceof ApiError && failure.code === 'step_up_required' ? null : failure)
        return null
      } finally {
        setBusy(false)
      }
    },
  }
}

export interface FormProps {
  state: Pick<FormState<unknown>, 'error' | 'isBusy'>
  /** Changed since it was loaded: leaving asks first. */
  isDirty: boolean
  /** The act: `Save`. */
  act: ReactNode
  onSubmit(): void
  /** Undoes the changes. */
  onReset?: () => void
  children: ReactNode
}

export function Form({ state, isDirty, act, onSubmit, onReset, children }: FormProps) {
  const { t } = useWords()
  useUnsaved(isDirty && !state.isBusy)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <form onSubmit={submit} noValidate className={css.form}>
      {state.error != null && <Failed error={state.error} isWrite />}
      {children}
      <div className={css.acts}>
        <Button type="submit" variant="primary" busy={state.isBusy}>
          {act}
        </Button>
        {onReset && isDirty && (
          <Button variant="quiet" onClick={onReset}>
            {t(WORDS.discard)}
          </Button>
        )}
      </div>
    </form>
  )
}

/** Asks, when something on the screen is not saved, for what leaves it without the router. */
export function useMayLeave(): () => Promise<boolean> {
  const { t } = useWords()
  return async () => !document.documentElement.hasAttribute(UNSAVED) || confirm(questionIn(t))
}

/** Asks before the screen or the page is left, while there are changes that were not saved. */
export function useUnsaved(isDirty: boolean): void {
  const { t } = useWords()
  useBlocker({
    disabled: !isDirty,
    enableBeforeUnload: isDirty,
    // A change of filters on the same screen loses nothing.
    shouldBlockFn: async ({ current, next }) => current.pathname !== next.pathname && !(await confirm(questionIn(t))),
  })
  useEffect(() => {
    document.documentElement.toggleAttribute(UNSAVED, isDirty)
    return () => void document.documentElement.removeAttribute(UNSAVED)
  }, [isDirty])
}

/** Of the page, while something on the screen is not saved. */
const UNSAVED = 'data-unsaved'

const questionIn = (t: (text: Text) => string) => ({
  title: t(WORDS.leave),
  text: t(WORDS.lost),
  act: t(WORDS.discard),
  danger: true,
})

const WORDS = {
  discard: { en: 'Discard changes', ar: 'تجاهل التغييرات' },
  leave: { en: 'Leave without saving?', ar: 'المغادرة دون حفظ؟' },
  lost: { en: 'What you changed here is not saved yet.', ar: 'التغييرات هنا لم تُحفظ بعد.' },
}
