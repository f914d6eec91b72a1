// GET /api/v1/reports/visits: visits and amounts by day, with and without a customer.
import { VisitRow } from '../../../../contract/api/reports.ts'
import { readVisits, type VisitDay } from '../../../reports/read-visits.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerReport } from './report.ts'
import { column, VISIT_COLUMNS, visitsToJson } from './rows.ts'

export function registerVisitReport(app: ApiServer, ctx: AppContext): void {
  registerReport(app, ctx, {
    path: '/reports/visits',
    operationId: 'visitReport',
    summary: 'Visits by day',
    description: `Paid sales by business date, with and without a customer. Sales that are voided, refunded under their own id or joined
into another order do not count, and neither do orders in another currency.`,
    row: VisitRow,
    by: 'days',
    hasBranch: true,
    columns: [
      column('day', 'Day', 'اليوم'),
      ...VISIT_COLUMNS,
      column('new_customers', 'New customers', 'عملاء جدد'),
      column('active_customers', 'Active customers', 'عملاء نشطون'),
    ],
    async read({ tx, businessId, from, to, branchId }) {
      return (await readVisits(tx, businessId, { from, to }, branchId)).map(dayToJson)
    },
  })
}

export function dayToJson(row: VisitDay): VisitRow {
  const { day, returns, returned, joined, active } = row
  return { day, ...visitsToJson(row), returns, returned, new_customers: joined, active_customers: active }
}
