// GET /api/v1/reports/redemption: how much of what was issued is redeemed, and how much expires.
import { RedemptionRow } from '../../../../contract/api/reports.ts'
import { readProgramTotals } from '../../../reports/read-totals.ts'
import { moneyOf, readUnitValues } from '../../../reports/unit-values.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { programToJson } from '../programs/programs-of.ts'
import { registerReport } from './report.ts'
import { column, PROGRAM_COLUMNS, shareOf } from './rows.ts'
import { yearBefore } from './value-range.ts'

export function registerRedemptionReport(app: ApiServer, ctx: AppContext): void {
  registerReport(app, ctx, {
    path: '/reports/redemption',
    operationId: 'redemptionReport',
    summary: 'Redemption and breakage',
    description: `What each program issued, redeemed and let expire in the period, as shares of what it issued. Units that are redeemed
or expire now may have been issued before the period, so a share can be above 1.`,
    row: RedemptionRow,
    by: 'days',
    columns: [
      ...PROGRAM_COLUMNS,
      column('issued', 'Issued', 'الممنوح'),
      column('redeemed', 'Redeemed', 'المستبدل'),
      column('expired', 'Expired', 'منتهي الصلاحية'),
      column('redemption_rate', 'Redemption rate', 'نسبة الاستبدال'),
      column('breakage_rate', 'Breakage rate', 'نسبة انتهاء الصلاحية'),
      column('outstanding', 'Outstanding', 'القائم'),
      column('outstanding_amount', 'Outstanding', 'قيمة القائم', 'money'),
    ],
    async read({ tx, businessId, programs, from, to, today }) {
      const values = await readUnitValues(tx, businessId, programs.programs.values(), yearBefore(today))
      const rows = await readProgramTotals(tx, businessId, { from, to })
      return rows.map(({ programId, issued, redeemed, expired, outstanding }) => ({
        ...programToJson(programs, programId),
        issued,
        redeemed,
        expired,
        redemption_rate: shareOf(redeemed, issued),
        breakage_rate: shareOf(expired, issued),
        outstanding,
        outstanding_amount: moneyOf(outstanding, values.get(programId)),
      }))
    },
  })
}
