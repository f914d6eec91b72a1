// What every report shares: its period, sums that are up to date, and the same rows as JSON or CSV.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, type TObject, Type } from 'typebox'
import { date, idOf } from '../../../../contract/api/common.ts'
import { reportOf } from '../../../../contract/api/reports.ts'
import type { Text } from '../../../../contract/errors.ts'
import type { Transaction } from '../../../db/database.ts'
import type { EpochMs, IsoDate } from '../../../kernel/clock.ts'
import { parseId, type Uuid } from '../../../kernel/ids.ts'
import { localDate } from '../../../kernel/local-date.ts'
import type { BusinessPrograms } from '../../../programs/store.ts'
import { freshenReports } from '../../../reports/fresh.ts'
import type { AppContext } from '../../../server/context.ts'
import { CSV_NOTE, type CsvColumn, csvMoney, csvQuery, languageOf, sendCsv, wantsCsv } from '../../csv.ts'
import { refusal } from '../../plugins/validation.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { formatInstant } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'

/** What the rows of a report are read from. */
export interface ReportContext {
  tx: Transaction
  businessId: Uuid
  programs: BusinessPrograms
  from: IsoDate
  to: IsoDate
  /** The day of the business now. */
  today: IsoDate
  branchId: Uuid | null
}

/** A column of the CSV file: the field of the row, its heading, and how it is written. */
export interface ReportColumn<Row> {
  field: keyof Row & string
  heading: Text
  as?: 'money' | 'text'
}

export interface Report<Row extends TObject> {
  path: string
  operationId: string
  summary: string
  description: string
  row: Row
  /** `months`: the period is given by months. */
  by: 'days' | 'months'
  hasBranch?: true
  columns: readonly ReportColumn<Static<Row>>[]
  read: (context: ReportContext) => Promise<Static<Row>[]>
}

export function registerReport<Row extends TObject>(app: ApiServer, ctx: AppContext, report: Report<Row>): void {
  const { path, operationId, summary, description, row, by, hasBranch } = report
  app.get(
    path,
    {
      config: { scope: 'reports:read', problems: ['reports_building'] },
      schema: {
        tags: ['Reports'],
        operationId,
        summary,
        description: `${description}\n${CSV_NOTE} Amounts are in units of the currency there.`,
        querystring: Type.Object(
          { ...(by === 'days' ? DAYS : MONTHS), ...(hasBranch && BRANCH), ...csvQuery },
          { additionalProperties: false },
        ),
        response: { 200: reportOf(row) },
      },
    },
    async (request, reply) => answerReport(ctx, report, request, reply) as never,
  )
}

async function answerReport<Row extends TObject>(
  ctx: AppContext,
  { by, columns, read, operationId }: Report<Row>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { businessId } = request.caller
  const query = request.query as { from?: string; to?: string; branch_id?: string }
  const programs = await programsOf(ctx, businessId)
  const { currency, timezone } = programs.business
  const today = localDate(ctx.clock.now(), timezone)
  const { from, to } = by === 'days' ? readDays(query, today) : readMonths(query, today)
  const branchId = query.branch_id === undefined ? null : parseId('branch', query.branch_id)
  const asOf = await upToDate(ctx, businessId)
  const isNowhere = query.branch_id !== undefined && branchId === null
  const rows = isNowhere
    ? []
    : await readTenant(ctx, request, (tx) => read({ tx, businessId, programs, from, to, today, branchId }))
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      name: `${operationId}-${from}-${to}`,
      columns: columns.map((column) => csvColumn(column, currency, languageOf(request))),
      page: async () => ({ rows, next: null }),
    })
  }
  const shown = (day: IsoDate) => (by === 'days' ? day : day.slice(0, 7))
  return { as_of: formatInstant(asOf), currency, from: shown(from), to: shown(to), data: rows }
}

/** Throws 503 `reports_building` while the sums of the business are built for the first time. */
export async function upToDate(ctx: AppContext, businessId: Uuid): Promise<EpochMs> {
  const asOf = await freshenReports(ctx.db, businessId, ctx)
  if (asOf !== null) return asOf
  throw new Problem('reports_building', {
    detail: {
      en: 'The past orders of this business are being counted for the first time. Try again in a minute.',
      ar: 'تُحسب الطلبات السابقة لهذه المنشأة للمرة الأولى. أعد المحاولة بعد دقيقة.',
    },
    headers: { 'retry-after': '10' },
  })
}

function csvColumn<Row>(
  { field, heading, as }: ReportColumn<Row>,
  currency: string,
  language: 'en' | 'ar',
): CsvColumn<Row> {
  return {
    heading: as === 'money' ? { en: `${heading.en} (${currency})`, ar: `${heading.ar} (${currency})` } : heading,
    value: (row) => {
      const value = row[field] as unknown
      if (value === null || value === undefined) return null
      if (as === 'text') return (value as Text)[language]
      if (as === 'money') return csvMoney(Number(value), currency)
      return typeof value === 'number' ? value : String(value)
    },
  }
}

const DAYS = {
  from: Type.Optional(date('First business date. Default: 29 days before `to`.')),
  to: Type.Optional(date('Last business date, included. Default: today.')),
}

const MONTHS = {
  from: Type.Optional(
    Type.String({
      pattern: '^\\d{4}-(0[1-9]|1[0-2])$',
      description: 'First month. Default: 11 months before `to`.',
      examples: ['2025-12'],
    }),
  ),
  to: Type.Optional(
    Type.String({
      pattern: '^\\d{4}-(0[1-9]|1[0-2])$',
      description: 'Last month, included. Default: this month.',
      examples: ['2026-11'],
    }),
  ),
}

const BRANCH = { branch_id: Type.Optional(idOf('brn', 'Only orders of this branch.')) }

const MOST_DAYS = 400
const MOST_MONTHS = 60

function readDays({ from, to }: { from?: string; to?: string }, today: IsoDate) {
  const last = Temporal.PlainDate.from(to ?? today)
  const first = from === undefined ? last.subtract({ days: 29 }) : Temporal.PlainDate.from(from)
  checkLength(first.until(last).days, MOST_DAYS, ['days', 'يوم'])
  return { from: first.toString(), to: last.toString() }
}

function readMonths({ from, to }: { from?: string; to?: string }, today: IsoDate) {
  const last = Temporal.PlainDate.from(`${to ?? today.slice(0, 7)}-01`)
  const first = from === undefined ? last.subtract({ months: 11 }) : Temporal.PlainDate.from(`${from}-01`)
  checkLength(first.until(last, { largestUnit: 'month' }).months, MOST_MONTHS, ['months', 'شهر'])
  return { from: first.toString(), to: last.toString() }
}

function checkLength(steps: number, most: number, [en, ar]: readonly [string, string]): void {
  if (steps < 0) {
    const message = 'must not be before `from`'
    throw refusal([{ in: 'query', pointer: '/to', message, message_ar: 'يجب ألا يسبق تاريخ البداية from' }])
  }
  if (steps < most) return
  const message = `must be at most ${most} ${en} after \`from\`; ask for a shorter period`
  const message_ar = `الحد الأقصى للفترة بوحدة ${ar}: ‏${most}، اختر فترة أقصر`
  throw refusal([{ in: 'query', pointer: '/to', message, message_ar }])
}
