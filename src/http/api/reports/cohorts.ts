// GET /api/v1/reports/cohorts: customers by the month in which they joined, and who came back when.
import { CohortRow } from '../../../../contract/api/reports.ts'
import { readCohorts } from '../../../reports/read-cohorts.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerReport } from './report.ts'
import { column, shareOf } from './rows.ts'

export function registerCohortReport(app: ApiServer, ctx: AppContext): void {
  registerReport(app, ctx, {
    path: '/reports/cohorts',
    operationId: 'cohortReport',
    summary: 'Cohorts by month joined',
    description: `Customers who joined in each month of the period, and how many of them visited in that month and in every month after it,
up to this month. A customer joined when they were enrolled, or with their first visit if that was earlier.`,
    row: CohortRow,
    by: 'months',
    columns: [
      column('joined', 'Joined', 'شهر الانضمام'),
      column('month', 'Month', 'الشهر'),
      column('size', 'Customers who joined', 'عدد المنضمين'),
      column('customers', 'Customers who visited', 'عدد الزائرين'),
      column('share', 'Share', 'النسبة'),
      column('visits', 'Visits', 'الزيارات'),
      column('amount', 'Sales', 'المبيعات', 'money'),
    ],
    async read({ tx, businessId, from, to, today }) {
      const rows = await readCohorts(tx, businessId, { from, to, until: `${today.slice(0, 7)}-01` })
      return rows.map(({ joined, month, ...row }) => ({
        joined: joined.slice(0, 7),
        month: month.slice(0, 7),
        ...row,
        share: shareOf(row.customers, row.size) ?? 0,
      }))
    },
  })
}
