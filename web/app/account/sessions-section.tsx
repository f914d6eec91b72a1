// My account › Where you are signed in: this browser and the others, which can be signed out.
import { useQueryClient } from '@tanstack/react-query'
import type { AccountSession } from '../../../contract/api/account.ts'
import { endOtherSessions, endSession } from '../../api/account.ts'
import { ApiError } from '../../api/error.ts'
import { useList } from '../../api/use-list.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { confirm } from '../../ui/confirm.ts'
import { useSend } from '../../ui/form.tsx'
import { Row, Space, Stack } from '../../ui/layout.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { Ago, Code } from '../../ui/values.tsx'
import { plural } from '../../words/text.ts'
import { useWords } from '../../words/use-words.ts'
import { deviceOf } from './device.ts'
import { WORDS } from './words.ts'

export const SESSIONS_PATH = '/account/sessions'

export function SessionsSection() {
  const { t } = useWords()
  const { items, error, retry, hasMore, isLoadingMore, more } = useList<AccountSession>(
    SESSIONS_PATH,
    {},
    { limit: 10 },
  )
  const refresh = useRefresh()
  const ending = useSend(endOtherSessions)
  const endOthers = async () => {
    const question = { title: t(WORDS.endOthers), text: t(WORDS.endOthersText), act: t(WORDS.endOthers), danger: true }
    if (!(await confirm(question))) return
    const result = await ending.send()
    if (result === null) return
    toast(endedText(result.ended))
    await refresh()
  }
  const hasOthers = items?.some(({ is_current }) => !is_current) === true
  return (
    <Card
      title={t(WORDS.sessions)}
      action={
        hasOthers && (
          <Button size="small" busy={ending.isBusy} onClick={() => void endOthers()}>
            {t(WORDS.endOthers)}
          </Button>
        )
      }
    >
      <Stack gap={20}>
        {ending.error != null && <Failed error={ending.error} isWrite />}
        {items === undefined && (error ? <Failed error={error} retry={retry} /> : <Loading rows={2} />)}
        {/* This browser first, wherever it is in the list. */}
        {items
          ?.toSorted((a, b) => Number(b.is_current) - Number(a.is_current))
          .map((one) => (
            <Session key={one.id} session={one} />
          ))}
        {hasMore && (
          <Row>
            <Button size="small" busy={isLoadingMore} onClick={more}>
              {t(WORDS.more)}
            </Button>
          </Row>
        )}
      </Stack>
    </Card>
  )
}

function Session({ session }: { session: AccountSession }) {
  const { t } = useWords()
  const { id, is_current, address, user_agent, last_used_at } = session
  const refresh = useRefresh()
  const ending = useSend(() => endSession(id))
  const device = deviceOf(user_agent) ?? t(WORDS.unknownDevice)
  const end = async () => {
    if ((await ending.send()) !== null) toast(WORDS.endedOne)
    await refresh()
  }
  return (
    <Row gap={12}>
      <Stack gap={4}>
        <Row wrap>
          <bdi>
            <b>{device}</b>
          </bdi>
          {is_current && <Chip tone="good">{t(WORDS.thisSession)}</Chip>}
        </Row>
        <span className="dim sm">
          {t(WORDS.lastUsed)}: <Ago value={last_used_at} /> · <Code value={address} />
        </span>
      </Stack>
      <Space />
      {ending.error instanceof ApiError && <span className="bad sm">{t(ending.error.text)}</span>}
      {!is_current && (
        <Button
          size="small"
          busy={ending.isBusy}
          onClick={() => void end()}
          aria-label={`${t(WORDS.endSessionOf)} ${device}, ${address}`}
        >
          {t(WORDS.endSession)}
        </Button>
      )}
    </Row>
  )
}

function useRefresh(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: [SESSIONS_PATH] })
}

const endedText = (count: number) =>
  plural(count, {
    en: { zero: 'You were signed in nowhere else', one: 'Signed out of # browser', other: 'Signed out of # browsers' },
    ar: {
      zero: 'لم تكن مسجّل الدخول في أي مكان آخر',
      one: 'تم تسجيل الخروج من متصفح واحد',
      two: 'تم تسجيل الخروج من متصفحين',
      few: 'تم تسجيل الخروج من # متصفحات',
      many: 'تم تسجيل الخروج من # متصفحًا',
      other: 'تم تسجيل الخروج من # متصفح',
    },
  })
