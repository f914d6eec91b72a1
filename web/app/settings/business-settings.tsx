// Settings › Business: its name in both languages, the language of messages, country, time zone and currency.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Business } from '../../../contract/api/business.ts'
import { businessQuery } from '../../api/business.ts'
import { api } from '../../api/client.ts'
import { Card } from '../../ui/card.tsx'
import { Choices, SelectField, TextField } from '../../ui/fields.tsx'
import { Form, useSend } from '../../ui/form.tsx'
import { Stack } from '../../ui/layout.tsx'
import { BackLink, Page } from '../../ui/page.tsx'
import { QueryView } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { COUNTRIES } from './countries.ts'
import { SETTINGS } from './settings.tsx'
import { WORDS } from './words.ts'

export function BusinessSettings() {
  const { t } = useWords()
  const query = useQuery(businessQuery)
  return (
    <Page title={t(WORDS.business)} width="narrow" back={<BackLink to="/settings">{t(SETTINGS)}</BackLink>}>
      <QueryView query={query}>{(business) => <BusinessForm key={business.id} business={business} />}</QueryView>
    </Page>
  )
}

interface Draft {
  en: string
  ar: string
  language: 'ar' | 'en'
  country: string | undefined
  zone: string
}

function BusinessForm({ business }: { business: Business }) {
  const { t, language } = useWords()
  const { can } = useBusiness()
  const queries = useQueryClient()
  const [draft, setDraft] = useState(() => draftOf(business))
  const changes = changesOf(draft, draftOf(business))
  const sending = useSend(() => api.patch<Business>('/business', changes))
  const set = (change: Partial<Draft>) => setDraft((old) => ({ ...old, ...change }))
  const save = async () => {
    if (changes === null) return
    const saved = await sending.send()
    if (saved === null) return
    queries.setQueryData(businessQuery.queryKey, saved)
    setDraft(draftOf(saved))
    // The name in the side bar comes with the session.
    await queries.invalidateQueries({ queryKey: ['session'] })
    toast(WORDS.saved)
  }
  const names = new Intl.DisplayNames([language], { type: 'region' })
  const isReadOnly = !can('business:write')
  return (
    <Form
      state={sending}
      isDirty={changes !== null}
      act={t(WORDS.save)}
      onSubmit={() => void save()}
      onReset={() => setDraft(draftOf(business))}
    >
      <Card title={t(WORDS.name)}>
        <Stack>
          <TextField
            label={t(WORDS.nameEn)}
            ltr
            value={draft.en}
            onChange={(en) => set({ en })}
            error={sending.errorAt('/name/en')}
            maxLength={200}
            disabled={isReadOnly}
            required
          />
          <TextField
            label={t(WORDS.nameAr)}
            value={draft.ar}
            onChange={(ar) => set({ ar })}
            error={sending.errorAt('/name/ar')}
            hint={t(WORDS.nameArHint)}
            maxLength={200}
            disabled={isReadOnly}
            optional
          />
        </Stack>
      </Card>
      <Card title={t(WORDS.customersAndDays)}>
        <Stack>
          <Choices
            label={t(WORDS.messages)}
            hint={t(WORDS.messagesHint)}
            value={draft.language}
            options={[
              { value: 'ar', label: 'العربية' },
              { value: 'en', label: 'English' },
            ]}
            onChange={(chosen) => !isReadOnly && set({ language: chosen })}
          />
          <SelectField
            label={t(WORDS.country)}
            hint={t(WORDS.countryHint)}
            error={sending.errorAt('/country')}
            value={draft.country}
            options={COUNTRIES.map((code) => ({ value: code, label: names.of(code) ?? code }))}
            onChange={(country) => set({ country })}
            empty={t(WORDS.countryOfZone)}
            disabled={isReadOnly}
          />
          <TextField
            label={t(WORDS.zone)}
            ltr
            value={draft.zone}
            onChange={(zone) => set({ zone })}
            placeholder="Asia/Riyadh"
            hint={t(WORDS.zoneHint)}
            error={sending.errorAt('/timezone')}
            maxLength={64}
            disabled={isReadOnly}
            required
          />
          <Fixed label={t(WORDS.currency)} value={business.currency} hint={t(WORDS.currencyHint)} />
        </Stack>
      </Card>
    </Form>
  )
}

/** A value that cannot be changed, and why. */
function Fixed({ label, value, hint }: { label: string; value: string; hint: string }) {
  return (
    <div>
      <b className="sm">{label}</b>
      <div>
        <bdi className="ltr">{value}</bdi>
      </div>
      <small className="dim">{hint}</small>
    </div>
  )
}

function draftOf({ name, language, country, timezone }: Business): Draft {
  return { en: name.en, ar: name.ar ?? '', language, country: country ?? undefined, zone: timezone }
}

/** What the API is asked to change; null when nothing is. */
function changesOf(now: Draft, was: Draft): object | null {
  const name = {
    ...(now.en !== was.en && { en: now.en.trim() }),
    ...(now.ar !== was.ar && { ar: now.ar.trim() === '' ? null : now.ar.trim() }),
  }
  const changes = {
    ...(Object.keys(name).length > 0 && { name }),
    ...(now.language !== was.language && { language: now.language }),
    ...(now.country !== was.country && { country: now.country ?? null }),
    ...(now.zone !== was.zone && { timezone: now.zone.trim() }),
  }
  return Object.keys(changes).length === 0 ? null : changes
}
