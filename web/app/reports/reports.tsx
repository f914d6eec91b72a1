// Reports: one at a time, for the period and branch of the top bar; to print and as CSV.
import { IconPrinter } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { ReportName } from '../../api/reports.ts'
import { Button } from '../../ui/button.tsx'
import { Stack } from '../../ui/layout.tsx'
import { Page } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useWords } from '../../words/use-words.ts'
import { useScope } from '../use-scope.ts'
import { BranchReport } from './branch-report.tsx'
import { CohortReport } from './cohort-report.tsx'
import { LiabilityReport } from './liability-report.tsx'
import { daysOf, firstOf, monthsOf } from './period.ts'
import { RedemptionReport } from './redemption-report.tsx'
import type { ReportProps } from './report-props.ts'
import css from './reports.module.css'
import { RewardReport } from './reward-report.tsx'
import { VisitReport } from './visit-report.tsx'
import { WORDS } from './words.ts'

const route = getRouteApi('/shell/reports')

const REPORTS: Record<ReportName, { by: 'days' | 'months'; View: ComponentType<ReportProps> }> = {
  visits: { by: 'days', View: VisitReport },
  liability: { by: 'months', View: LiabilityReport },
  redemption: { by: 'days', View: RedemptionReport },
  rewards: { by: 'days', View: RewardReport },
  branches: { by: 'days', View: BranchReport },
  cohorts: { by: 'months', View: CohortReport },
}

const NAMES = Object.keys(REPORTS) as ReportName[]

export function Reports() {
  const { t, f, setting } = useWords()
  const { report: name = 'visits' } = route.useSearch()
  const navigate = route.useNavigate()
  const scope = useScope()
  const { by, View } = REPORTS[name]
  const days = daysOf(scope, setting.zone, new Date())
  const months = monthsOf(scope, setting.zone, new Date())
  const shown =
    by === 'days'
      ? WORDS.period(f.day(days.from), f.day(days.to))
      : WORDS.period(f.month(firstOf(months.from)), f.month(firstOf(months.to)))
  const query = by === 'days' ? { from: days.from, to: days.to } : months
  return (
    <Page
      title={t(WORDS.reports)}
      subtitle={`${t(WORDS[name])} · ${t(shown)}`}
      actions={
        <Button icon={IconPrinter} onClick={() => window.print()}>
          {t(WORDS.print)}
        </Button>
      }
    >
      <Stack gap={20}>
        <div className={`${css.choice} no-print`}>
          <Segmented
            label={t(WORDS.report)}
            value={name}
            options={NAMES.map((value) => ({ value, label: t(WORDS[value]) }))}
            onChange={(report) => navigate({ search: (old) => ({ ...old, report }), replace: true })}
          />
        </div>
        <View query={name === 'visits' ? { ...query, branch_id: scope.branch } : query} />
      </Stack>
    </Page>
  )
}
