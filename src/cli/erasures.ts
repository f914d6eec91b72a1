// loyapro erasures list, erasures apply: the log of erasures, and erasing again after a backup was
// restored.
import { readFile } from 'node:fs/promises'
import { formatId, parseId } from '../kernel/ids.ts'
import { type Applied, applyErasure, type LoggedErasure } from '../privacy/apply-log.ts'
import { allErasures } from '../privacy/erasure-store.ts'
import { CLI, defineCommand, Refused, type Report } from './command.ts'
import { formatTime, instantOption } from './values.ts'

const list = defineCommand({
  name: 'erasures list',
  summary: 'List erased customers of every business: the log that is applied after restoring a backup.',
  options: { from: { type: 'string', help: 'Only erasures at or after this time.' } },
  run: ({ from }, { open }) =>
    open(async ({ db }): Promise<Report> => {
      const erasures = await allErasures(db, from === undefined ? null : instantOption('from', from))
      const entries = erasures.map(({ businessId, customerId, erasedAt }) => ({
        business: formatId('business', businessId),
        customer: formatId('customer', customerId),
        erased_at: formatTime(erasedAt),
      }))
      return {
        lines: entries.map(({ business, customer, erased_at }) => `${business} ${customer} ${erased_at}`),
        data: entries,
      }
    }),
})

const apply = defineCommand({
  name: 'erasures apply',
  summary: 'Erase the customers of a log again. Customers that are unknown or erased are passed over.',
  options: { file: { type: 'string', required: true, help: 'The output of `erasures list`.' } },
  run: ({ file }, { open }) =>
    open(async (ctx): Promise<Report> => {
      const counts: Record<Applied, number> = { erased: 0, already_erased: 0, not_found: 0 }
      for (const one of readLog(await readLogFile(file))) counts[await applyErasure(ctx, one, CLI)] += 1
      const lines = Object.entries(counts).map(([outcome, count]) => `${outcome.replace('_', ' ')}: ${count}`)
      return { lines, data: counts }
    }),
})

async function readLogFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new Refused(`${file} cannot be read`)
  }
}

/** Each line begins with the IDs of a business and of a customer. */
function readLog(text: string): LoggedErasure[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line, index) => {
      const [business = '', customer = ''] = line.split(/\s+/)
      const [businessId, customerId] = [parseId('business', business), parseId('customer', customer)]
      if (businessId === null || customerId === null) {
        throw new Refused(`line ${index + 1} does not begin with the IDs of a business and a customer`)
      }
      return { businessId, customerId }
    })
}

export const erasureCommands = [list, apply]
