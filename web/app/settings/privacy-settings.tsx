// Settings › Privacy: the log of erasures, and how long what is kept.
import type { Erasure } from '../../../contract/api/privacy.ts'
import { useList } from '../../api/use-list.ts'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Stack } from '../../ui/layout.tsx'
import { BackLink, Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Code, Moment } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { SETTINGS } from './settings.tsx'
import { WORDS } from './words.ts'

/** Milliseconds. An erasure takes a minute or two. */
const REFRESH_MS = 30_000

export function PrivacySettings() {
  const { t, f } = useWords()
  const list = useList<Erasure>('/erasures', {}, { refetchInterval: REFRESH_MS })
  return (
    <Page
      title={t(WORDS.privacy)}
      subtitle={t(WORDS.privacyText)}
      back={<BackLink to="/settings">{t(SETTINGS)}</BackLink>}
    >
      <Stack gap={20}>
        <Card title={t(WORDS.kept)}>
          <ul>
            {WORDS.keptLines.map((line) => (
              <li key={line.en}>{t(line)}</li>
            ))}
          </ul>
        </Card>
        <DataTable
          label={t(WORDS.erasures)}
          columns={[
            { id: 'at', label: t(WORDS.erasedAt), cell: ({ erased_at }) => <Moment value={erased_at} /> },
            { id: 'customer', label: t(WORDS.pseudonym), cell: ({ customer_id }) => <Code value={customer_id} /> },
            {
              id: 'status',
              label: t(WORDS.status),
              cell: ({ status }) => (
                <Chip tone={status === 'completed' ? 'good' : 'neutral'}>
                  {t(status === 'completed' ? WORDS.completed : WORDS.searching)}
                </Chip>
              ),
            },
            { id: 'orders', label: t(WORDS.orders), figure: true, cell: ({ ended }) => f.number(ended.orders) },
            {
              id: 'by',
              label: t(WORDS.by),
              cell: ({ erased_by }) => (erased_by ? <Code value={erased_by.id} /> : '—'),
            },
          ]}
          list={list}
          rowKey={({ id }) => id}
          empty={<Empty title={t(WORDS.noErasures)}>{t(WORDS.noErasuresText)}</Empty>}
        />
      </Stack>
    </Page>
  )
}
