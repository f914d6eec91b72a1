// My account › Two-step verification: turned on with an authenticator app, and off again.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { SecondFactor, SecondFactorSecret } from '../../../contract/api/factors.ts'
import { api } from '../../api/client.ts'
import { beginSecondFactor, replaceRecoveryCodes, SECOND_FACTOR_PATH, turnOffSecondFactor } from '../../api/factors.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { confirm } from '../../ui/confirm.ts'
import { useSend } from '../../ui/form.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { Failed, QueryView } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { Day } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { codesLeft, WORDS } from './factor.words.ts'
import { RecoveryCodesDialog } from './recovery-codes-dialog.tsx'
import { SESSIONS_PATH } from './sessions-section.tsx'

const TurnOnDialog = lazy(() => import('./turn-on-dialog.tsx').then((file) => ({ default: file.TurnOnDialog })))

export function SecondFactorSection() {
  const { t } = useWords()
  const query = useQuery({
    queryKey: [SECOND_FACTOR_PATH],
    queryFn: ({ signal }) => api.get<SecondFactor>(SECOND_FACTOR_PATH, { signal }),
  })
  const refresh = useRefresh()
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  return (
    <Card title={t(WORDS.title)}>
      <QueryView query={query}>
        {(factor) => (factor.is_on ? <On factor={factor} onCodes={setCodes} /> : <Off onCodes={setCodes} />)}
      </QueryView>
      {codes !== null && (
        <RecoveryCodesDialog
          codes={codes}
          onClose={() => {
            setCodes(null)
            void refresh()
          }}
        />
      )}
    </Card>
  )
}

interface Props {
  /** New recovery codes, to be shown once. */
  onCodes(codes: readonly string[]): void
}

function Off({ onCodes }: Props) {
  const { t } = useWords()
  const [secret, setSecret] = useState<SecondFactorSecret | null>(null)
  const beginning = useSend(beginSecondFactor)
  return (
    <Stack>
      <p className="sub">{t(WORDS.text)}</p>
      {beginning.error != null && <Failed error={beginning.error} isWrite />}
      <Row>
        <Button busy={beginning.isBusy} onClick={() => void beginning.send().then(setSecret)}>
          {t(WORDS.turnOn)}
        </Button>
      </Row>
      {secret !== null && (
        <Suspense>
          <TurnOnDialog
            secret={secret}
            onClose={() => setSecret(null)}
            onDone={(codes) => {
              setSecret(null)
              onCodes(codes)
            }}
          />
        </Suspense>
      )}
    </Stack>
  )
}

function On({ factor: { since, recovery_codes_left: left }, onCodes }: Props & { factor: SecondFactor }) {
  const { t } = useWords()
  const refresh = useRefresh()
  const turningOff = useSend(async () => {
    await turnOffSecondFactor()
    return true
  })
  const replacing = useSend(replaceRecoveryCodes)
  const turnOff = async () => {
    const question = { title: t(WORDS.turnOffTitle), text: t(WORDS.turnOffText), act: t(WORDS.turnOff), danger: true }
    if (!(await confirm(question)) || (await turningOff.send()) === null) return
    toast(WORDS.turnedOff)
    await refresh()
  }
  const replace = async () => {
    const question = { title: t(WORDS.newCodes), text: t(WORDS.newCodesText), act: t(WORDS.newCodes) }
    if (!(await confirm(question))) return
    const made = await replacing.send()
    if (made !== null) onCodes(made.codes)
  }
  const error = turningOff.error ?? replacing.error
  return (
    <Stack>
      <Row wrap>
        <Chip tone="good">{t(WORDS.on)}</Chip>
        <span className="dim sm">
          {since !== null && (
            <>
              {t(WORDS.since)} <Day value={since} /> ·{' '}
            </>
          )}
          <span className={left === 0 ? 'bad' : undefined}>{t(codesLeft(left))}</span>
        </span>
      </Row>
      <p className="sub">{t(WORDS.text)}</p>
      {error != null && <Failed error={error} isWrite />}
      <Row wrap>
        <Button busy={replacing.isBusy} onClick={() => void replace()}>
          {t(WORDS.newCodes)}
        </Button>
        <Button variant="danger" busy={turningOff.isBusy} onClick={() => void turnOff()}>
          {t(WORDS.turnOff)}
        </Button>
      </Row>
    </Stack>
  )
}

/** Also of the list of sessions: others end with a change of the second factor. */
function useRefresh(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all(
      [SECOND_FACTOR_PATH, SESSIONS_PATH].map((path) => queries.invalidateQueries({ queryKey: [path] })),
    )
  }
}
