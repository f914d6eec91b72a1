// loyapro start, migrate, verify: runs the server, migrates the database, verifies its balances.
import { proveBusiness } from '../audit/verify.ts'
import { findBusiness, listBusinesses } from '../businesses/businesses.ts'
import { migrate } from '../db/migrate.ts'
import { formatId } from '../kernel/ids.ts'
import { inWords } from '../ledger/verify.ts'
import { ensurePartitions } from '../orders/partitions.ts'
import type { AppContext } from '../server/context.ts'
import { run } from '../server/run.ts'
import { type Command, defineCommand, Refused } from './command.ts'
import { idOption } from './values.ts'

const start = defineCommand({
  name: 'start',
  summary: 'Start the server.',
  options: {
    demo: { type: 'boolean', help: 'Create a sample business in an empty database. Ignored with NODE_ENV=production.' },
    'no-demo': { type: 'boolean', help: 'Create no sample business. This is the default.' },
  },
  async run(values, { loadConfig }) {
    await run(loadConfig, { demo: values.demo === true && !values['no-demo'] })
    return null
  },
})

const migrateSchema = defineCommand({
  name: 'migrate',
  summary: 'Apply database migrations.',
  options: {},
  run: (_values, { open }) =>
    open(async (ctx) => {
      const applied = await migrate(ctx.db)
      await ensurePartitions(ctx.db, ctx.clock.now())
      const lines = applied.length > 0 ? applied.map((name) => `applied ${name}`) : ['the schema is up to date']
      return { lines, data: { applied } }
    }),
})

const verify = defineCommand({
  name: 'verify',
  summary: 'Recompute every balance from the ledger and every ledger entry from its order.',
  options: { business: { type: 'string', help: 'Only this business (biz_…). Default: all.' } },
  run: (values, { open }) =>
    open(async (ctx) => {
      const lines: string[] = []
      const data = []
      for (const { id, name } of await businessesToVerify(ctx, values.business)) {
        const differences = await proveBusiness(ctx.db, id)
        const found = differences.length === 1 ? '1 difference' : `${differences.length} differences`
        lines.push(`${formatId('business', id)} ${name}: ${differences.length === 0 ? 'proven' : found}`)
        for (const each of differences) {
          lines.push(`  ${inWords(each)}`)
        }
        data.push({ business_id: formatId('business', id), differences })
      }
      return { lines, data, failed: data.some(({ differences }) => differences.length > 0) }
    }),
})

async function businessesToVerify({ db }: AppContext, shown: string | undefined) {
  if (shown === undefined) return listBusinesses(db)
  const business = await findBusiness(db, idOption('business', 'business', shown))
  if (!business) throw new Refused(`no business has the ID ${shown}; see: loyapro business list`)
  return [business]
}

export const serverCommands: readonly Command[] = [start, migrateSchema, verify]
