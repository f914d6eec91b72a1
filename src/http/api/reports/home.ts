// GET /api/v1/home: the figures of Home, today against the same weekday a week ago.
import { Type } from 'typebox'
import { idOf } from '../../../../contract/api/common.ts'
import { HomeFigures, type VisitRow } from '../../../../contract/api/reports.ts'
import { must } from '../../../kernel/assert.ts'
import type { IsoDate } from '../../../kernel/clock.ts'
import { parseId } from '../../../kernel/ids.ts'
import { localDate } from '../../../kernel/local-date.ts'
import { readCustomerFigures, readUnitsOfDay, readVisitsUntil } from '../../../reports/read-home.ts'
import { readProgramTotals } from '../../../reports/read-totals.ts'
import { readVisits } from '../../../reports/read-visits.ts'
import { moneyOf, readUnitValues } from '../../../reports/unit-values.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { formatInstant, notFound } from '../format.ts'
import { programsOf, programToJson } from '../programs/programs-of.ts'
import { upToDate } from './report.ts'
import { yearBefore } from './value-range.ts'
import { dayToJson } from './visits.ts'

export function registerHomeFigures(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/home',
    {
      config: { scope: 'reports:read', problems: ['reports_building', 'not_found'] },
      schema: {
        tags: ['Reports'],
        operationId: 'getHome',
        summary: 'Get the figures of today',
        description: `Visits, amounts, customers and programs today, with days to compare with. Days are those of the business.
With \`branch_id\`, visits and amounts are those of the branch; customers and programs are those of the business.`,
        querystring: Type.Object(
          { branch_id: Type.Optional(idOf('brn', 'Visits and amounts of this branch only.')) },
          { additionalProperties: false },
        ),
        response: { 200: HomeFigures },
      },
    },
    async (request) => {
      const { businessId } = request.caller
      const { branch_id } = request.query
      const branchId = branch_id === undefined ? null : parseId('branch', branch_id)
      if (branch_id !== undefined && branchId === null) throw notFound('branch')
      const programs = await programsOf(ctx, businessId)
      const { currency, timezone } = programs.business
      const now = ctx.clock.now()
      const today = localDate(now, timezone)
      const asOf = await upToDate(ctx, businessId)
      return readTenant(ctx, request, async (tx) => {
        const weekAgo = daysBefore(today, 7)
        const [visits, until, customers, units, totals, values] = await Promise.all([
          readVisits(tx, businessId, { from: daysBefore(today, 49), to: today }, branchId),
          readVisitsUntil(tx, businessId, { day: weekAgo, until: now - WEEK_MS, currency, branchId }),
          readCustomerFigures(tx, businessId, today),
          readUnitsOfDay(tx, businessId, today),
          readProgramTotals(tx, businessId, { from: today, to: today }),
          readUnitValues(tx, businessId, programs.programs.values(), yearBefore(today)),
        ])
        const days = visits.map(dayToJson)
        const on = (day: IsoDate): VisitRow =>
          must(
            days.find((one) => one.day === day),
            'a day of the last weeks',
          )
        const moved = new Map(units.map((one) => [one.programId, one]))
        const shown = totals.map(({ programId, outstanding }) => {
          const { earned = 0, redeemed = 0, expired = 0 } = moved.get(programId) ?? {}
          const value = values.get(programId)
          return {
            ...programToJson(programs, programId),
            earned,
            redeemed,
            expired,
            earned_amount: moneyOf(earned, value),
            redeemed_amount: moneyOf(redeemed, value),
            outstanding,
            outstanding_amount: moneyOf(outstanding, value),
          }
        })
        return {
          as_of: formatInstant(asOf),
          currency,
          today: on(today),
          same_weekday: {
            day: weekAgo,
            until_now: {
              visits: until.visits,
              customer_visits: until.customerVisits,
              amount: until.amount,
              customer_amount: until.customerAmount,
            },
            whole_day: on(weekAgo),
          },
          weekdays: [49, 42, 35, 28, 21, 14, 7, 0].map((before) => on(daysBefore(today, before))),
          days: days.slice(-28),
          customers: {
            total: customers.total,
            new: customers.fresh,
            active: customers.active,
            at_risk: customers.atRisk,
          },
          programs: shown,
          outstanding_amount: shown.reduce((sum, { outstanding_amount }) => sum + (outstanding_amount ?? 0), 0),
        }
      })
    },
  )
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000

function daysBefore(day: IsoDate, days: number): IsoDate {
  return Temporal.PlainDate.from(day).subtract({ days }).toString()
}
