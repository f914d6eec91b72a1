// Settings › Brand: logo, colours and the design of the card, with the card beside them.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import type { Brand } from '../../../contract/api/brand.ts'
import type { Business } from '../../../contract/api/business.ts'
import {
  type CardDesign,
  type ColorProblem,
  colorProblems,
  HERO_GROUNDS,
  type HeroGround,
  readableColors,
  type ShopColor,
  type ShopColors,
  STAMP_SIGNS,
  type StampSign,
} from '../../../contract/brand.ts'
import { brandQuery } from '../../api/brand.ts'
import { businessQuery } from '../../api/business.ts'
import { api } from '../../api/client.ts'
import { Card } from '../../ui/card.tsx'
import { ColorField } from '../../ui/color-field.tsx'
import { Form, useSend } from '../../ui/form.tsx'
import { Column, Grid, Row, Stack } from '../../ui/layout.tsx'
import { BackLink, Page } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { QueryView } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import css from './brand.module.css'
import { CardPreview } from './card-preview.tsx'
import { LogoField } from './logo-field.tsx'
import { SETTINGS } from './settings.tsx'
import { BRAND_WORDS, WORDS } from './words.ts'

export function BrandSettings() {
  const { t } = useWords()
  const brand = useQuery(brandQuery)
  const business = useQuery(businessQuery)
  return (
    <Page
      title={t(BRAND_WORDS.brand)}
      subtitle={t(BRAND_WORDS.brandText)}
      back={<BackLink to="/settings">{t(SETTINGS)}</BackLink>}
    >
      <QueryView query={business}>
        {(known) => <QueryView query={brand}>{(saved) => <BrandForm brand={saved} business={known} />}</QueryView>}
      </QueryView>
    </Page>
  )
}

interface Draft {
  colors: ShopColors
  card: CardDesign
  /** `base64`: a picture that was chosen here; absent: the one that is saved. */
  logo: { address: string; base64?: string } | null
}

function BrandForm({ brand, business }: { brand: Brand; business: Business }) {
  const { t } = useWords()
  const { can } = useBusiness()
  const queries = useQueryClient()
  const [draft, setDraft] = useState(() => draftOf(brand))
  const set = (change: Partial<Draft>) => setDraft((old) => ({ ...old, ...change }))
  const problems = useMemo(() => colorProblems(draft.colors), [draft.colors])
  // What can be read is shown and saved, and the fields say what is changed.
  const colors = useMemo(() => readableColors(draft.colors), [draft.colors])
  const changes = changesOf({ ...draft, colors }, brand)
  const isDirty = changes !== null || problems.length > 0
  const sending = useSend(() => api.patch<Brand>('/business/brand', changes))
  const save = async () => {
    const saved = changes === null ? brand : await sending.send()
    if (saved === null) return
    queries.setQueryData(brandQuery.queryKey, saved)
    setDraft(draftOf(saved))
    toast(WORDS.saved)
  }
  const isReadOnly = !can('business:write')
  const color = (name: ShopColor) => (
    <ColorField
      key={name}
      label={t(BRAND_WORDS[name])}
      hint={t(BRAND_WORDS[`${name}Hint`])}
      note={noteOn(problems.find((one) => one.color === name))}
      error={sending.errorAt(`/colors/${name}`)}
      value={draft.colors[name]}
      onChange={(value) => set({ colors: { ...draft.colors, [name]: value } })}
      disabled={isReadOnly}
    />
  )
  const noteOn = (problem: ColorProblem | undefined) =>
    problem && t(BRAND_WORDS.changed(problem.contrast, problem.least, problem.instead))
  return (
    <Grid>
      <Column span={7}>
        <Form
          state={sending}
          isDirty={isDirty}
          act={t(WORDS.save)}
          onSubmit={() => void save()}
          onReset={() => setDraft(draftOf(brand))}
        >
          <Card title={t(BRAND_WORDS.logo)}>
            <LogoField
              address={draft.logo?.address ?? null}
              error={sending.errorAt('/logo')}
              disabled={isReadOnly}
              onChange={(logo) => set({ logo })}
            />
          </Card>
          <Card title={t(BRAND_WORDS.colors)}>
            <div className={css.colors}>{(['shop', 'ink', 'warm', 'text'] as const).map(color)}</div>
          </Card>
          <Card title={t(BRAND_WORDS.card)}>
            <Stack gap={20}>
              <Part label={t(BRAND_WORDS.stamp)}>
                <Segmented
                  label={t(BRAND_WORDS.stamp)}
                  value={draft.card.stamp}
                  options={STAMP_SIGNS.map((sign) => ({ value: sign, label: t(BRAND_WORDS.stamps[sign]) }))}
                  onChange={(stamp: StampSign) => !isReadOnly && set({ card: { ...draft.card, stamp } })}
                />
              </Part>
              <Part label={t(BRAND_WORDS.hero)}>
                <Segmented
                  label={t(BRAND_WORDS.hero)}
                  value={draft.card.hero}
                  options={HERO_GROUNDS.map((ground) => ({ value: ground, label: t(BRAND_WORDS.heroes[ground]) }))}
                  onChange={(hero: HeroGround) => !isReadOnly && set({ card: { ...draft.card, hero } })}
                />
              </Part>
            </Stack>
          </Card>
        </Form>
      </Column>
      <Column span={5}>
        <div className={css.sticky}>
          <Card title={t(BRAND_WORDS.preview)}>
            <CardPreview business={business} colors={colors} design={draft.card} logo={draft.logo?.address ?? null} />
          </Card>
        </div>
      </Column>
    </Grid>
  )
}

function Part({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Stack gap={8}>
      <b className="sm" aria-hidden="true">
        {label}
      </b>
      <Row>{children}</Row>
    </Stack>
  )
}

function draftOf({ colors, card, logo }: Brand): Draft {
  return { colors, card, logo: logo && { address: logo.url } }
}

/** What the API is asked to change; null when nothing is. */
function changesOf({ colors, card, logo }: Draft, saved: Brand): object | null {
  const changes = {
    ...differing('colors', colors, saved.colors),
    ...differing('card', card, saved.card),
    ...(logo?.base64 !== undefined && { logo: logo.base64 }),
    ...(logo === null && saved.logo !== null && { logo: null }),
  }
  return Object.keys(changes).length === 0 ? null : changes
}

function differing<Values extends object>(name: string, now: Values, was: Values): object {
  const entries = Object.entries(now).filter(([key, value]) => was[key as keyof Values] !== value)
  return entries.length === 0 ? {} : { [name]: Object.fromEntries(entries) }
}
