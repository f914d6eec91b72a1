// The days that every screen is narrowed to; in the URL. Two dates of one's own are chosen in a dialog.
import { IconCalendar, IconChevronDown } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useWords } from '../../words/use-words.ts'
import { PERIODS, type PeriodName, periodOf } from '../scope.ts'
import { useScope } from '../use-scope.ts'
import css from './top-bar.module.css'
import { PERIOD_NAMES, WORDS } from './words.ts'

const PeriodDialog = lazy(() => import('./period-dialog.tsx').then((file) => ({ default: file.PeriodDialog })))

export function PeriodPicker() {
  const { t, f, setting } = useWords()
  const scope = useScope()
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  const period = periodOf(scope, setting.zone, new Date())
  const label =
    period.name === 'custom' ? `${f.shortDay(period.from)} – ${f.shortDay(period.to)}` : t(PERIOD_NAMES[period.name])
  const set = (changes: { period?: PeriodName | undefined; from?: string | undefined; to?: string | undefined }) =>
    void navigate({
      to: '.',
      search: (former) => ({ ...former, from: undefined, to: undefined, ...changes }),
      replace: true,
    })
  const choose = (name: PeriodName) => {
    if (name === 'custom') setOpen(true)
    else set({ period: name === 'today' ? undefined : name })
  }
  return (
    <>
      <Menu
        align="end"
        title={t(WORDS.period)}
        trigger={
          <Button
            size="small"
            icon={IconCalendar}
            className={`${css.picker} ${css.period} ${period.name === 'today' ? '' : css.chosen}`}
            aria-label={`${t(WORDS.period)}: ${label}`}
          >
            <span>{label}</span>
            <Icon of={IconChevronDown} size={14} />
          </Button>
        }
        groups={[
          PERIODS.map((name) => ({
            label: t(PERIOD_NAMES[name]),
            checked: name === period.name,
            onSelect: () => choose(name),
          })),
        ]}
      />
      {isOpen && (
        <Suspense>
          <PeriodDialog
            from={period.from}
            to={period.to}
            onClose={() => setOpen(false)}
            onChoose={(from, to) => set({ period: 'custom', from, to })}
          />
        </Suspense>
      )}
    </>
  )
}
