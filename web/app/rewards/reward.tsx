// A reward: new, or changed by a new version. Earlier claims keep the version that they were made with.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Program } from '../../../contract/api/programs.ts'
import { NewRewardVersion, type RewardInFull } from '../../../contract/api/rewards.ts'
import type { RewardKind } from '../../../contract/reward.ts'
import { api } from '../../api/client.ts'
import type { Page as ListPage } from '../../api/queries.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { confirm } from '../../ui/confirm.ts'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { Form, useSend } from '../../ui/form.tsx'
import { Stack } from '../../ui/layout.tsx'
import { BackLink, Page } from '../../ui/page.tsx'
import type { FormSchema } from '../../ui/schema-form/schema.ts'
import { SchemaForm } from '../../ui/schema-form/schema-form.tsx'
import { Empty, QueryView } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWords } from '../../words/use-words.ts'
import { nameOf, useBusiness } from '../business.tsx'
import { useIdChoices } from '../id-sources.ts'
import { fieldsWithout, offerOf } from './offer.ts'

const SCHEMA = NewRewardVersion as unknown as FormSchema
const OFFER_FIELDS = Object.keys(SCHEMA.properties ?? {})

const programsQuery = {
  queryKey: ['point-programs'],
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const { data } = await api.get<ListPage<Program>>('/programs', { query: { limit: 200 }, signal })
    return data.filter(({ type, status }) => type === 'points' && status !== 'ended')
  },
}

export function NewReward() {
  const query = useQuery(programsQuery)
  return <QueryView query={query}>{(programs) => <Editor programs={programs} reward={null} />}</QueryView>
}

const route = getRouteApi('/shell/rewards/$id')

export function RewardScreen() {
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['reward', id],
    queryFn: ({ signal }) => api.get<RewardInFull>(`/rewards/${id}`, { signal }),
  })
  return (
    <QueryView query={query}>{(reward) => <Editor key={reward.updated_at} programs={[]} reward={reward} />}</QueryView>
  )
}

function Editor({ programs, reward }: { programs: readonly Program[]; reward: RewardInFull | null }) {
  const { t } = useWords()
  const { can } = useBusiness()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const ids = useIdChoices()
  const [begun] = useState<Record<string, unknown>>(() => ({ ...(reward ?? { kind: 'fixed_order', price: 100 }) }))
  const [offer, setOffer] = useState(begun)
  const [name, setName] = useState({ en: reward?.name.en ?? '', ar: reward?.name.ar ?? '' })
  const [image, setImage] = useState(reward?.image_url ?? '')
  const [programId, setProgram] = useState(reward?.program_id ?? programs[0]?.id)
  const [isSaved, setSaved] = useState(false)
  const isRenamed =
    reward !== null && (name.en !== reward.name.en || name.ar !== reward.name.ar || image !== (reward.image_url ?? ''))
  const isChanged = JSON.stringify(offer) !== JSON.stringify(begun)
  const state = useSend(async () => {
    const sent = offerOf(offer, OFFER_FIELDS)
    if (reward === null) {
      return api.post<RewardInFull>('/rewards', {
        name,
        program_id: programId,
        ...(image !== '' && { image_url: image }),
        ...sent,
      })
    }
    if (isRenamed) await api.patch(`/rewards/${reward.id}`, { name, image_url: image === '' ? null : image })
    return isChanged ? api.post<RewardInFull>(`/rewards/${reward.id}/versions`, sent) : reward
  })
  const refresh = async (id: string) => {
    await queries.invalidateQueries({ queryKey: ['/rewards'] })
    await queries.invalidateQueries({ queryKey: ['reward', id] })
  }
  const save = async () => {
    const made = await state.send()
    if (!made) return
    setSaved(true)
    await refresh(made.id)
    toast(WORDS.saved)
    setTimeout(() => void navigate({ to: '/rewards' }))
  }
  const turn = async (act: 'archive' | 'activate') => {
    if (!reward) return
    const isArchive = act === 'archive'
    if (
      isArchive &&
      !(await confirm({
        title: t(WORDS.archiveTitle),
        text: t(WORDS.archiveText),
        act: t(WORDS.archive),
        danger: true,
      }))
    )
      return
    await api.post(`/rewards/${reward.id}/${act}`)
    await refresh(reward.id)
  }
  const back = <BackLink to="/rewards">{t(WORDS.rewards)}</BackLink>
  if (reward === null && programs.length === 0) {
    return (
      <Page title={t(WORDS.create)} back={back} width="narrow">
        <Empty title={t(WORDS.noProgram)}>{t(WORDS.noProgramText)}</Empty>
      </Page>
    )
  }
  const mayWrite = can('rewards:write')
  return (
    <Page
      title={reward ? t(nameOf(reward.name)) : t(WORDS.create)}
      subtitle={reward ? t(WORDS.taken(reward.taken, reward.version)) : undefined}
      chips={reward?.status === 'archived' ? <Chip>{t(WORDS.archived)}</Chip> : undefined}
      back={back}
      width="narrow"
      actions={
        reward && mayWrite ? (
          <Button
            variant={reward.status === 'active' ? 'danger' : 'plain'}
            onClick={() => void turn(reward.status === 'active' ? 'archive' : 'activate')}
          >
            {t(reward.status === 'active' ? WORDS.archive : WORDS.activate)}
          </Button>
        ) : undefined
      }
    >
      <Form
        state={state}
        isDirty={(isChanged || isRenamed || (reward === null && name.en !== '')) && !isSaved}
        act={t(WORDS.save)}
        onSubmit={() => void save()}
      >
        <Card title={t(WORDS.shown)}>
          <Stack gap={16}>
            <TextField
              label={t(WORDS.english)}
              ltr
              value={name.en}
              onChange={(en) => setName({ ...name, en })}
              error={state.errorAt('/name/en')}
            />
            <TextField
              label={t(WORDS.arabic)}
              value={name.ar}
              onChange={(ar) => setName({ ...name, ar })}
              error={state.errorAt('/name/ar')}
            />
            <TextField
              label={t(WORDS.picture)}
              hint={t(WORDS.pictureHint)}
              type="url"
              ltr
              optional
              value={image}
              onChange={setImage}
              error={state.errorAt('/image_url')}
            />
            {reward === null && (
              <SelectField
                label={t(WORDS.program)}
                value={programId}
                options={programs.map((program) => ({ value: program.id, label: t(nameOf(program.name)) }))}
                onChange={setProgram}
                error={state.errorAt('/program_id')}
              />
            )}
          </Stack>
        </Card>
        <Card title={t(WORDS.offer)}>
          <SchemaForm
            schema={SCHEMA}
            value={offer}
            onChange={setOffer}
            errorAt={state.errorAt}
            ids={ids}
            without={fieldsWithout(offer.kind as RewardKind)}
          />
        </Card>
      </Form>
    </Page>
  )
}

const WORDS = {
  rewards: { en: 'Rewards', ar: 'المكافآت' },
  create: { en: 'New reward', ar: 'مكافأة جديدة' },
  noProgram: { en: 'Rewards are paid for with points', ar: 'تُدفع المكافآت بالنقاط' },
  noProgramText: {
    en: 'Start a points program first. A stamp card has its reward in the program itself.',
    ar: 'فعّل برنامج نقاط أولًا. مكافأة بطاقة الأختام جزء من برنامجها.',
  },
  taken: (count: number, version: number) => ({
    en: `Held and redeemed: ${count} · version ${version}`,
    ar: `المحجوز والمستبدل: ${count} · الإصدار ${version}`,
  }),
  archived: { en: 'Archived', ar: 'مؤرشفة' },
  archive: { en: 'Archive', ar: 'أرشفة' },
  activate: { en: 'Activate again', ar: 'إعادة التفعيل' },
  archiveTitle: { en: 'Archive this reward?', ar: 'أرشفة هذه المكافأة؟' },
  archiveText: {
    en: 'Customers cannot claim it any more. Codes that were issued stay valid.',
    ar: 'لن يتمكن العملاء من حجزها، وتبقى الرموز الصادرة صالحة.',
  },
  shown: { en: 'What customers see', ar: 'ما يراه العملاء' },
  english: { en: 'Name in English', ar: 'الاسم بالإنجليزية' },
  arabic: { en: 'Name in Arabic', ar: 'الاسم بالعربية' },
  picture: { en: 'Picture', ar: 'الصورة' },
  pictureHint: { en: 'The https address of an image.', ar: 'رابط صورة يبدأ بـ https.' },
  program: { en: 'Paid for with', ar: 'تُدفع من' },
  offer: { en: 'Price and conditions', ar: 'السعر والشروط' },
  save: { en: 'Save', ar: 'حفظ' },
  saved: { en: 'Reward saved', ar: 'حُفظت المكافأة' },
}
