// All filters of the list of customers that the bar does not show.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { programsQuery } from '../../api/programs.ts'
import { Button } from '../../ui/button.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox, MoneyField, NumberField, SelectField } from '../../ui/fields.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import type { Text } from '../../words/text.ts'
import { useWords } from '../../words/use-words.ts'
import { type CustomerFilters, DIALOG_FILTERS } from './customer-filters.ts'
import { WORDS } from './words.ts'

interface FilterDialogProps {
  given: CustomerFilters
  onApply(changes: CustomerFilters): void
  onClose(): void
}

export function FilterDialog({ given, onApply, onClose }: FilterDialogProps) {
  const { t } = useWords()
  const [draft, setDraft] = useState<CustomerFilters>(given)
  const { data } = useQuery(programsQuery)
  const set = (changes: CustomerFilters) => setDraft({ ...draft, ...changes })
  const label = (what: Text, end: Text) => `${t(what)}, ${t(end)}`
  const programs = data?.data.filter(({ status }) => status !== 'draft') ?? []
  const isMoney = programs.find(({ id }) => id === draft.program)?.type === 'cashback'
  const Balance = isMoney ? MoneyField : NumberField
  const apply = () => onApply(Object.fromEntries(DIALOG_FILTERS.map((name) => [name, draft[name]])))
  const none = () => onApply(Object.fromEntries(DIALOG_FILTERS.map((name) => [name, undefined])))
  return (
    <Dialog title={t(WORDS.filters)} width={560} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          apply()
        }}
      >
        <Stack>
          <Row align="start" gap={12}>
            <NumberField
              label={label(WORDS.visits, WORDS.min)}
              value={draft.minVisits}
              onChange={(minVisits) => set({ minVisits })}
            />
            <NumberField
              label={label(WORDS.visits, WORDS.max)}
              value={draft.maxVisits}
              onChange={(maxVisits) => set({ maxVisits })}
            />
          </Row>
          <Row align="start" gap={12}>
            <MoneyField
              label={label(WORDS.spend, WORDS.min)}
              value={draft.minSpend}
              onChange={(minSpend) => set({ minSpend })}
            />
            <MoneyField
              label={label(WORDS.spend, WORDS.max)}
              value={draft.maxSpend}
              onChange={(maxSpend) => set({ maxSpend })}
            />
          </Row>
          <SelectField
            label={t(WORDS.program)}
            value={draft.program}
            empty={t(WORDS.anyProgram)}
            options={programs.map(({ id, name }) => ({ value: id, label: t(name) }))}
            onChange={(program) =>
              set({ program, ...(program === undefined && { minBalance: undefined, maxBalance: undefined }) })
            }
          />
          {draft.program !== undefined && (
            <Row align="start" gap={12}>
              <Balance
                label={label(WORDS.balances, WORDS.min)}
                value={draft.minBalance}
                onChange={(minBalance) => set({ minBalance })}
              />
              <Balance
                label={label(WORDS.balances, WORDS.max)}
                value={draft.maxBalance}
                onChange={(maxBalance) => set({ maxBalance })}
              />
            </Row>
          )}
          <Days
            what={WORDS.lastVisit}
            from={draft.visitFrom}
            to={draft.visitTo}
            onChange={(visitFrom, visitTo) => set({ visitFrom, visitTo })}
          />
          <Days
            what={WORDS.firstVisit}
            from={draft.firstFrom}
            to={draft.firstTo}
            onChange={(firstFrom, firstTo) => set({ firstFrom, firstTo })}
          />
          <Days
            what={WORDS.joined}
            from={draft.joinedFrom}
            to={draft.joinedTo}
            onChange={(joinedFrom, joinedTo) => set({ joinedFrom, joinedTo })}
          />
          <Checkbox
            label={t(WORDS.blacklisted)}
            checked={draft.excluded === true}
            onChange={(isOn) => set({ excluded: isOn ? true : undefined })}
          />
          <Row>
            <Button type="submit" variant="primary">
              {t(WORDS.apply)}
            </Button>
            <Button variant="quiet" onClick={none}>
              {t(WORDS.clear)}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  )
}

interface DaysProps {
  what: Text
  from: string | undefined
  to: string | undefined
  onChange(from: string | undefined, to: string | undefined): void
}

function Days({ what, from, to, onChange }: DaysProps) {
  const { t } = useWords()
  return (
    <Row align="start" gap={12}>
      <div style={{ flex: 1 }}>
        <DayField
          label={`${t(what)}, ${t(WORDS.from)}`}
          value={from ?? null}
          optional
          {...(to !== undefined && { max: to })}
          onChange={(day) => onChange(day ?? undefined, to)}
        />
      </div>
      <div style={{ flex: 1 }}>
        <DayField
          label={`${t(what)}, ${t(WORDS.to)}`}
          value={to ?? null}
          optional
          {...(from !== undefined && { min: from })}
          onChange={(day) => onChange(from, day ?? undefined)}
        />
      </div>
    </Row>
  )
}
