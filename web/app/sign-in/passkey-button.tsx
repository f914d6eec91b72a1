// Proves who the person is with a passkey. Absent where the browser has none for this page.
import { IconKey } from '@tabler/icons-react'
import type { PasskeyAnswer } from '../../../contract/api/factors.ts'
import { askPasskey, hasPasskeys } from '../../api/passkey.ts'
import { Button } from '../../ui/button.tsx'
import { Stack } from '../../ui/layout.tsx'
import { useWords } from '../../words/use-words.ts'
import { useAttempt } from './use-attempt.ts'
import { WORDS } from './words.ts'

interface Props<Result> {
  send(answer: PasskeyAnswer): Promise<Result>
  onDone(result: Result): Promise<void> | void
}

export function PasskeyButton<Result>({ send, onDone }: Props<Result>) {
  const { t } = useWords()
  const { error, isBusy, attempt } = useAttempt()
  if (!hasPasskeys()) return null
  return (
    <Stack gap={8}>
      <Button
        size="large"
        wide
        icon={IconKey}
        busy={isBusy}
        onClick={() => void attempt(async () => onDone(await send(await askPasskey())))}
      >
        {t(WORDS.usePasskey)}
      </Button>
      {error !== null && (
        <p className="bad sm" role="alert">
          {error}
        </p>
      )}
    </Stack>
  )
}
