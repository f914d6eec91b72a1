// loyapro pos accounts, pos backfill: the installations of LoyaPro in a POS, and the import of past
// orders.
import { startBackfill } from '../installations/backfill.ts'
import { listInstallations } from '../installations/installations.ts'
import { CLI, type Command, defineCommand, Refused, UsageError } from './command.ts'
import { formatTime, idOption, table } from './values.ts'

const BUSINESS = { type: 'string', required: true, help: 'Id of the business, biz_….' } as const

const accounts = defineCommand({
  name: 'pos accounts',
  summary: 'List the POS accounts of a business with their pending changes and import status.',
  options: { business: BUSINESS },
  run: (values, { open }) =>
    open(async (ctx) => {
      const list = await listInstallations(ctx.db, idOption('business', 'business', values.business))
      const rows = list.map(({ posName, status, reference, waiting, refused, syncedAt, backfill, problem }) => [
        posName,
        status,
        reference,
        String(waiting),
        String(refused),
        formatTime(syncedAt),
        backfill && `${backfill.status}: ${backfill.orders} orders, up to ${backfill.last_reference}`,
        problem ?? backfill?.problem ?? null,
      ])
      const head = ['pos', 'status', 'reference', 'waiting', 'refused', 'synced', 'backfill', 'problem']
      return { lines: table(head, rows), data: list }
    }),
})

const backfill = defineCommand({
  name: 'pos backfill',
  summary: 'Import past orders from a POS. A running LoyaPro does the work in the background.',
  options: {
    business: BUSINESS,
    pos: { type: 'string', required: true, help: 'Name of the POS.' },
    from: { type: 'string', required: true, help: 'First business day to import, e.g. 2026-01-01.' },
  },
  run: (values, { open }) =>
    open(async (ctx) => {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(values.from) || Number.isNaN(Date.parse(values.from))) {
        throw new UsageError(`--from must be a date such as 2026-01-01: ${values.from}`)
      }
      const account = { businessId: idOption('business', 'business', values.business), posName: values.pos }
      const outcome = await ctx.db.write(CLI, (tx) => startBackfill(tx, account, values.from, ctx.clock.now()))
      if (outcome.kind !== 'started') throw new Refused(REFUSALS[outcome.kind])
      const { status, from_date: from, orders } = outcome.backfill
      const lines = [
        `import started from ${from}; check progress with: loyapro pos accounts --business ${values.business}`,
      ]
      return { lines, data: { status, from, orders } }
    }),
})

const REFUSALS = {
  not_found: 'LoyaPro has no account in this POS: request consent first (POST /api/v1/pos-accounts/{pos}/consent)',
  running: 'an import from another day is running; wait until it is done',
  needs_consent: 'the POS needs a new consent from the merchant first',
}

export const posAccountCommands: readonly Command[] = [accounts, backfill]
