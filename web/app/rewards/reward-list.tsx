// Rewards: the catalogue, with how often each was claimed, redeemed and left unused in 90 days.
import { useQuery } from '@tanstack/react-query'
import type { RewardRow } from '../../../contract/api/reports.ts'
import type { Reward } from '../../../contract/api/rewards.ts'
import { api } from '../../api/client.ts'
import { useList } from '../../api/use-list.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Units } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { nameOf, useBusiness } from '../business.tsx'
import css from './rewards.module.css'

export function RewardList() {
  const { t, f } = useWords()
  const { can } = useBusiness()
  const list = useList<Reward>('/rewards')
  const use = useQuery({
    queryKey: ['reward-use'],
    queryFn: ({ signal }) =>
      api.get<{ data: RewardRow[] }>('/reports/rewards', { query: last90Days(new Date()), signal }),
    enabled: can('reports:read'),
    retry: false,
  })
  const used = new Map((use.data?.data ?? []).map((row) => [row.reward_id, row]))
  const count = (id: string, field: 'claimed' | 'redeemed' | 'unused') =>
    use.data ? f.number(used.get(id)?.[field] ?? 0) : '–'
  const add = can('rewards:write') && (
    <ButtonLink to="/rewards/new" variant="primary">
      {t(WORDS.add)}
    </ButtonLink>
  )
  return (
    <Page title={t(WORDS.title)} subtitle={t(WORDS.subtitle)} actions={add || undefined}>
      <DataTable
        id="rewards"
        label={t(WORDS.title)}
        list={list}
        rowKey={({ id }) => id}
        link={({ id }) => ({ to: '/rewards/$id', params: { id } })}
        columns={[
          {
            id: 'name',
            label: t(WORDS.reward),
            cell: ({ name, image_url, status }) => (
              <span className={css.name}>
                {image_url !== null && <img src={image_url} alt="" className={css.picture} loading="lazy" />}
                <b>{t(nameOf(name))}</b>
                {status === 'archived' && <Chip>{t(WORDS.archived)}</Chip>}
              </span>
            ),
          },
          {
            id: 'price',
            label: t(WORDS.price),
            figure: true,
            cell: ({ price, program_type }) => <Units type={program_type} units={price} />,
          },
          { id: 'claimed', label: t(WORDS.claimed), figure: true, cell: ({ id }) => count(id, 'claimed') },
          { id: 'redeemed', label: t(WORDS.redeemed), figure: true, cell: ({ id }) => count(id, 'redeemed') },
          { id: 'unused', label: t(WORDS.unused), figure: true, cell: ({ id }) => count(id, 'unused') },
        ]}
        empty={
          <Empty title={t(WORDS.none)} action={add || undefined}>
            {t(WORDS.noneYet)}
          </Empty>
        }
      />
    </Page>
  )
}

function last90Days(now: Date) {
  const day = (ago: number) => new Date(now.getTime() - ago * 86_400_000).toISOString().slice(0, 10)
  return { from: day(89), to: day(0) }
}

const WORDS = {
  title: { en: 'Rewards', ar: 'المكافآت' },
  subtitle: {
    en: 'What customers get for their points. Figures of the last 90 days.',
    ar: 'ما يحصل عليه العملاء مقابل نقاطهم. الأرقام لآخر 90 يومًا.',
  },
  add: { en: 'New reward', ar: 'مكافأة جديدة' },
  reward: { en: 'Reward', ar: 'المكافأة' },
  archived: { en: 'Archived', ar: 'مؤرشفة' },
  price: { en: 'Price', ar: 'السعر' },
  claimed: { en: 'Claimed', ar: 'محجوزة' },
  redeemed: { en: 'Redeemed', ar: 'مستبدلة' },
  unused: { en: 'Left unused', ar: 'لم تُستخدم' },
  none: { en: 'No reward yet', ar: 'لا توجد مكافأة بعد' },
  noneYet: {
    en: 'A reward is what customers exchange their points for: an amount, a percentage, or a product.',
    ar: 'المكافأة هي ما يستبدل به العملاء نقاطهم: مبلغ أو نسبة أو منتج.',
  },
}
