// Answers a list as CSV: page by page, so that a list of any length takes constant memory.
import type { OutgoingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { choice } from '../../contract/api/common.ts'
import type { Text } from '../../contract/errors.ts'
import type { Uuid } from '../kernel/ids.ts'
import { currencyDigits, formatMinor } from '../kernel/money.ts'
import { askedLanguage, type Language } from './language.ts'
import { shownTo } from './phones.ts'
import { Problem } from './problem.ts'

/** The query parameters of a list that can be answered as CSV. */
export const csvQuery = {
  format: Type.Optional(
    choice(['json', 'csv'], {
      description:
        '`csv`: all rows of the filter as a file, for links; the same as `Accept: text/csv`. `limit`, `cursor` and `sort` have no effect.',
    }),
  ),
  lang: Type.Optional(choice(['ar', 'en'], { description: 'Language of the headings of a CSV file.' })),
}

/** For the `description` of the operation. */
export const CSV_NOTE =
  'With `format=csv` or `Accept: text/csv`, all rows of the filter are streamed as a UTF-8 CSV file. Times are those of the business.'

/** Whether the caller wants CSV. */
export function wantsCsv(request: FastifyRequest): boolean {
  const { format } = request.query as { format?: 'json' | 'csv' }
  if (format !== undefined) return format === 'csv'
  return /(^|,)\s*text\/csv\b/i.test(request.headers.accept ?? '')
}

export interface CsvColumn<Row> {
  heading: Text
  /** Text is made safe for spreadsheets; numbers are written as they are; null is an empty cell. */
  value: (row: Row) => string | number | null
}

/** Rows of one page, and the cursor of the next one; null on the last page. */
export interface CsvPage<Row, Position> {
  rows: readonly Row[]
  next: Position | null
}

export interface CsvOptions<Row, Position> {
  /** Name of the file, without its ending. */
  name: string
  /** They see what the caller may see of a row: mobile numbers may be masked. */
  columns: readonly CsvColumn<Row>[]
  /** Loads a page after a position; each call is a transaction of its own. */
  page: (after: Position | null) => Promise<CsvPage<Row, Position>>
}

/** How many rows a page of a CSV file reads. */
export const CSV_PAGE = 1_000

/**
 * Sends the file. The first page is loaded before anything is sent, so that a refusal is a problem
 * as usual; if a later page fails, the connection breaks off, and the file is incomplete.
 */
export async function sendCsv<Row, Position>(
  request: FastifyRequest,
  reply: FastifyReply,
  { name, columns, page }: CsvOptions<Row, Position>,
): Promise<FastifyReply> {
  const language = languageOf(request)
  const release = takePlace(request)
  const first = await page(null).catch((error) => {
    release()
    throw error
  })
  const line = (one: Row) => row(columns.map(({ value }) => value(one)))
  async function* lines() {
    // Excel reads UTF-8 only after a byte order mark.
    yield `\ufeff${row(columns.map(({ heading }) => heading[language]))}`
    for (let { rows, next } = first; ; { rows, next } = await nextPage(request, page, next)) {
      if (rows.length > 0) yield rows.map((one) => line(shownTo(request, one))).join('')
      if (next === null) return
    }
  }
  reply.header('content-disposition', `attachment; filename="${name}.csv"`).type('text/csv; charset=utf-8')
  // The time limit of handlers would end a long file. Each page has the limits of its statements.
  reply.hijack()
  reply.raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders)
  // Not awaited: the request would keep its turn while the next page waits for one.
  pipeline(Readable.from(lines()), reply.raw)
    .catch((error: unknown) => {
      // A caller that leaves ends it as a failed page does: nobody is left to be told.
      request.log.warn({ err: error, request_id: request.id }, 'a file was not sent to its end')
    })
    .finally(release)
  return reply
}

/** Files of one business that are sent at the same time: each keeps a page in memory. */
const FILES_OF_ONE = 4

const filesOf = new Map<Uuid, number>()

/** Throws 429 `rate_limited`. The result gives the place back. */
function takePlace({ caller: { businessId } }: FastifyRequest): () => void {
  const taken = filesOf.get(businessId) ?? 0
  if (taken === FILES_OF_ONE)
    throw new Problem('rate_limited', { detail: TOO_MANY_FILES, headers: { 'retry-after': '5' } })
  filesOf.set(businessId, taken + 1)
  return () => {
    const left = (filesOf.get(businessId) ?? 1) - 1
    if (left === 0) filesOf.delete(businessId)
    else filesOf.set(businessId, left)
  }
}

const TOO_MANY_FILES = {
  en: `${FILES_OF_ONE} files are being sent to your business already. Wait until one is complete.`,
  ar: 'يجري إرسال أكبر عدد ممكن من الملفات إلى منشأتك. انتظر حتى يكتمل أحدها.',
}

/** How often a page waits for its turn again, a second each time. */
const TURNS = 30

/** Each page takes its turn among the requests of the business, so that other lists are not delayed. */
async function nextPage<Row, Position>(
  request: FastifyRequest,
  page: CsvOptions<Row, Position>['page'],
  after: Position | null,
): Promise<CsvPage<Row, Position>> {
  for (let turn = 1; ; turn++) {
    try {
      return await request.inTurn(() => page(after))
    } catch (error) {
      const isBusy = error instanceof Problem && ['rate_limited', 'unavailable'].includes(error.code)
      if (!isBusy || turn === TURNS || request.raw.socket.destroyed) throw error
      await wait(1_000)
    }
  }
}

export function languageOf(request: FastifyRequest): Language {
  const { lang } = request.query as { lang?: Language }
  return lang ?? askedLanguage(request.headers['accept-language']) ?? 'en'
}

/** 2026-11-23 12:15, local to the business: spreadsheets read it as a time. */
export function csvTime(at: number | null, timezone: string): string | null {
  if (at === null) return null
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone)
  return `${local.toPlainDate()} ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`
}

/** In units of the currency: 24.00. */
export function csvMoney(amount: number, currency: string): number {
  return Number(formatMinor(amount, currencyDigits(currency)))
}

function row(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe before it. A phone number
 * in E.164 is no formula.
 */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe =
    /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(value) && !/^\+[1-9]\d{5,14}$/.test(value) ? `'${value}` : value
  return /[",\r\n;]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
