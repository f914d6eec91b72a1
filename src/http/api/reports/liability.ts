// GET /api/v1/reports/liability: what customers hold, by program and month.
import { LiabilityRow } from '../../../../contract/api/reports.ts'
import { type Liability, readLiability } from '../../../reports/read-liability.ts'
import { readUnitValues } from '../../../reports/unit-values.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { programToJson } from '../programs/programs-of.ts'
import { registerReport } from './report.ts'
import { column, PROGRAM_COLUMNS } from './rows.ts'
import { yearBefore } from './value-range.ts'

export function registerLiabilityReport(app: ApiServer, ctx: AppContext): void {
  registerReport(app, ctx, {
    path: '/reports/liability',
    operationId: 'liabilityReport',
    summary: 'Liability by program and month',
    description: `The units that customers hold, and what changed them. The closing of a month is the opening of the next,
and the closing of this month is what the accounts hold now. Movements count on the day on which they happened, in the time zone of the business.
Money: a unit is worth what customers got for it in the last twelve months; a unit of cashback is money.`,
    row: LiabilityRow,
    by: 'months',
    columns: [
      column('month', 'Month', 'الشهر'),
      ...PROGRAM_COLUMNS,
      column('opening', 'Opening', 'رصيد البداية'),
      column('issued', 'Issued', 'الممنوح'),
      column('redeemed', 'Redeemed', 'المستبدل'),
      column('expired', 'Expired', 'منتهي الصلاحية'),
      column('adjusted', 'Adjusted', 'التعديلات اليدوية'),
      column('written_off', 'Written off', 'المشطوب'),
      column('closing', 'Closing', 'رصيد النهاية'),
      column('opening_amount', 'Opening', 'قيمة رصيد البداية', 'money'),
      column('issued_amount', 'Issued', 'قيمة الممنوح', 'money'),
      column('redeemed_amount', 'Redeemed', 'قيمة المستبدل', 'money'),
      column('expired_amount', 'Expired', 'قيمة منتهي الصلاحية', 'money'),
      column('adjusted_amount', 'Adjusted', 'قيمة التعديلات اليدوية', 'money'),
      column('written_off_amount', 'Written off', 'قيمة المشطوب', 'money'),
      column('closing_amount', 'Closing', 'قيمة رصيد النهاية', 'money'),
    ],
    async read({ tx, businessId, programs, from, to, today }) {
      const values = await readUnitValues(tx, businessId, programs.programs.values(), yearBefore(today))
      const months = await readLiability(tx, businessId, { from, to }, values)
      return months.map(({ programId, month, units, money }) => ({
        month: month.slice(0, 7),
        ...programToJson(programs, programId),
        ...unitsToJson(units),
        ...moneyToJson(money),
      }))
    },
  })
}

function unitsToJson({ writtenOff, ...units }: Liability) {
  return { ...units, written_off: writtenOff }
}

function moneyToJson(money: Liability | null) {
  return {
    opening_amount: money?.opening ?? null,
    issued_amount: money?.issued ?? null,
    redeemed_amount: money?.redeemed ?? null,
    expired_amount: money?.expired ?? null,
    adjusted_amount: money?.adjusted ?? null,
    written_off_amount: money?.writtenOff ?? null,
    closing_amount: money?.closing ?? null,
  }
}
