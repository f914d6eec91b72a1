// Settings › Privacy notices: drafts and versions of what customers read when they join.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { PrivacyNotice, PrivacyNoticeSummary } from '../../../contract/api/privacy-notices.ts'
import { api } from '../../api/client.ts'
import { noticesQuery } from '../../api/privacy-notices.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { useSend } from '../../ui/form.tsx'
import { Row, Space, Stack } from '../../ui/layout.tsx'
import { BackLink, Page } from '../../ui/page.tsx'
import { Empty, Failed, QueryView } from '../../ui/states.tsx'
import { Moment } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import css from './notice.module.css'
import { NOTICE_WORDS as WORDS } from './notice.words.ts'
import { SETTINGS } from './settings.tsx'

export function NoticeList() {
  const { t } = useWords()
  const { can } = useBusiness()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const query = useQuery(noticesQuery)
  const sending = useSend(() => api.post<PrivacyNotice>('/privacy-notices', {}))
  const create = async () => {
    const created = await sending.send()
    if (created === null) return
    await queries.invalidateQueries({ queryKey: noticesQuery.queryKey })
    await navigate({ to: '/settings/notices/$id', params: { id: created.id } })
  }
  const act = can('business:write') && (
    <Button variant="primary" busy={sending.isBusy} onClick={() => void create()}>
      {t(WORDS.newVersion)}
    </Button>
  )
  return (
    <Page
      title={t(WORDS.notices)}
      subtitle={t(WORDS.noticesText)}
      width="narrow"
      back={<BackLink to="/settings">{t(SETTINGS)}</BackLink>}
      actions={query.data && query.data.data.length > 0 && act}
    >
      {sending.error != null && <Failed error={sending.error} isWrite />}
      <QueryView query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <Card>
              <Empty title={t(WORDS.none)} action={act}>
                {t(WORDS.noneText)}
              </Empty>
            </Card>
          ) : (
            <Card flush>
              <ul>
                {data.map((notice) => (
                  <Entry key={notice.id} {...notice} />
                ))}
              </ul>
            </Card>
          )
        }
      </QueryView>
    </Page>
  )
}

function Entry({ id, version, status, updated_at, published_at }: PrivacyNoticeSummary) {
  const { t } = useWords()
  return (
    <li className={css.entry}>
      <Row gap={12}>
        <Stack gap={4}>
          <Link to="/settings/notices/$id" params={{ id }}>
            <b>{version === null ? t(WORDS.draft) : t(WORDS.version(version))}</b>
          </Link>
          <span className="dim sm">
            {t(published_at === null ? WORDS.changedAt : WORDS.publishedAt)}{' '}
            <Moment value={published_at ?? updated_at} />
          </span>
        </Stack>
        <Space />
        <NoticeChip status={status} />
      </Row>
    </li>
  )
}

export function NoticeChip({ status }: Pick<PrivacyNoticeSummary, 'status'>) {
  const { t } = useWords()
  const tone = ({ draft: 'hand', in_force: 'good', replaced: 'neutral' } as const)[status]
  return <Chip tone={tone}>{t(WORDS.states[status])}</Chip>
}
