// loyapro rollup: brings the sums of the reports up to date, or builds them again from the rows.
import { findBusiness, listBusinesses } from '../businesses/businesses.ts'
import { formatId } from '../kernel/ids.ts'
import { buildReports } from '../reports/build.ts'
import { countEvents } from '../reports/count.ts'
import { beginReports, findReportState } from '../reports/state.ts'
import type { AppContext } from '../server/context.ts'
import { type Command, defineCommand, Refused } from './command.ts'
import { idOption } from './values.ts'

const rollup = defineCommand({
  name: 'rollup',
  summary: 'Bring the sums of the reports up to date.',
  options: {
    rebuild: { type: 'boolean', help: 'Delete the sums and derive them again from orders and movements.' },
    business: { type: 'string', help: 'Only this business (biz_…). Default: all.' },
  },
  run: (values, { open }) =>
    open(async (ctx) => {
      const lines: string[] = []
      const data = []
      for (const { id, name } of await chosen(ctx, values.business)) {
        const done = await rollUp(ctx, id, values.rebuild)
        lines.push(`${formatId('business', id)} ${name}: ${wordsFor(done)}`)
        data.push({ business_id: formatId('business', id), ...done })
      }
      return { lines, data, failed: data.some(({ result }) => result === 'busy') }
    }),
})

type Done = { result: 'built' } | { result: 'busy' } | { result: 'counted'; events: number }

function wordsFor(done: Done): string {
  if (done.result === 'built') return 'built'
  if (done.result === 'busy') return 'another process is counting: try again'
  return `counted ${done.events} ${done.events === 1 ? 'event' : 'events'}`
}

async function chosen({ db }: AppContext, shown: string | undefined) {
  if (shown === undefined) return listBusinesses(db)
  const business = await findBusiness(db, idOption('business', 'business', shown))
  if (!business) throw new Refused(`no business has the ID ${shown}; see: loyapro business list`)
  return [business]
}

async function rollUp({ db, clock }: AppContext, businessId: string, rebuild: boolean): Promise<Done> {
  if (!(await findReportState(db, businessId))) await beginReports(db, businessId)
  let events = 0
  while (!rebuild) {
    const outcome = await countEvents(db, businessId, { clock, limit: 1_000 })
    if (outcome.kind === 'unbuilt') break
    if (outcome.kind === 'busy') return { result: 'busy' }
    events += outcome.events
    if (outcome.isComplete) return { result: 'counted', events }
  }
  return { result: (await buildReports(db, businessId, { clock })) ? 'built' : 'busy' }
}

export const reportCommands: readonly Command[] = [rollup]
