// Settings › Adjustments: how much people in a role may adjust by hand.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type {
  AdjustmentLimitChanges,
  AdjustmentLimits,
  NewAdjustmentLimit,
} from '../../../contract/api/adjustment-limits.ts'
import { api } from '../../api/client.ts'
import { Card } from '../../ui/card.tsx'
import { Checkbox, MoneyField } from '../../ui/fields.tsx'
import { Form, useSend } from '../../ui/form.tsx'
import { Stack } from '../../ui/layout.tsx'
import { BackLink, Page } from '../../ui/page.tsx'
import { QueryView } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { ADJUSTMENTS as WORDS } from './adjustment-settings.words.ts'
import { changesOf, draftOf, type LimitDraft } from './limit-draft.ts'
import { SETTINGS } from './settings.tsx'

const KEY = ['adjustment-limits']

export function AdjustmentSettings() {
  const { t } = useWords()
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<AdjustmentLimits>('/adjustment-limits', { signal }),
  })
  return (
    <Page
      title={t(WORDS.title)}
      subtitle={t(WORDS.subtitle)}
      width="narrow"
      back={<BackLink to="/settings">{t(SETTINGS)}</BackLink>}
    >
      <QueryView query={query}>{(limits) => <LimitForm limits={limits} />}</QueryView>
    </Page>
  )
}

function LimitForm({ limits }: { limits: AdjustmentLimits }) {
  const { t } = useWords()
  const { can } = useBusiness()
  const queries = useQueryClient()
  const [draft, setDraft] = useState(() => draftOf(limits))
  const changes = changesOf(draft, draftOf(limits))
  const state = useSend(() => api.patch<AdjustmentLimits>('/adjustment-limits', changes satisfies object | null))
  const save = async () => {
    if (changes === null) return
    const saved = await state.send()
    if (saved === null) return
    queries.setQueryData(KEY, saved)
    setDraft(draftOf(saved))
    toast(WORDS.saved)
  }
  const disabled = !can('staff:write')
  const fields = (role: keyof AdjustmentLimitChanges, limit: LimitDraft) => (
    <Fields
      limit={limit}
      onChange={(changed) => setDraft({ ...draft, [role]: changed })}
      errorAt={(field) => state.errorAt(`/${role}/${field}`)}
      disabled={disabled}
    />
  )
  return (
    <Form
      state={state}
      isDirty={changes !== null}
      act={t(WORDS.save)}
      onSubmit={() => void save()}
      onReset={() => setDraft(draftOf(limits))}
    >
      <Card title={t(WORDS.support)}>{fields('support', draft.support)}</Card>
      <Card title={t(WORDS.manager)}>
        <Stack>
          <Checkbox
            label={t(WORDS.limitManagers)}
            hint={t(WORDS.limitManagersHint)}
            checked={draft.manager !== null}
            onChange={(isOn) => setDraft({ ...draft, manager: isOn ? (draftOf(limits).manager ?? {}) : null })}
            disabled={disabled}
          />
          {draft.manager && fields('manager', draft.manager)}
        </Stack>
      </Card>
      <p className="dim sm">{t(WORDS.worth)}</p>
    </Form>
  )
}

interface FieldsProps {
  limit: LimitDraft
  onChange(limit: LimitDraft): void
  errorAt(field: keyof NewAdjustmentLimit): string | undefined
  disabled: boolean
}

function Fields({ limit, onChange, errorAt, disabled }: FieldsProps) {
  const { t } = useWords()
  return (
    <Stack>
      <MoneyField
        label={t(WORDS.perAdjustment)}
        hint={t(WORDS.perAdjustmentHint)}
        value={limit.per_adjustment}
        onChange={(minor) => onChange({ ...limit, per_adjustment: minor })}
        error={errorAt('per_adjustment')}
        disabled={disabled}
      />
      <MoneyField
        label={t(WORDS.perDay)}
        hint={t(WORDS.perDayHint)}
        value={limit.per_day}
        onChange={(minor) => onChange({ ...limit, per_day: minor })}
        error={errorAt('per_day')}
        disabled={disabled}
      />
    </Stack>
  )
}
