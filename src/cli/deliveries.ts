// loyapro replay, unmatched list: applies stored deliveries again, and lists those without a
// connected business.
import { listWaiting } from '../businesses/connections.ts'
import { type ReplaySelection, replayDeliveries } from '../ingest/replay.ts'
import { CLI, type Command, defineCommand, type Report, UsageError, type Values } from './command.ts'
import { choiceOption, formatTime, idOption, instantOption, table } from './values.ts'

const REPLAY_OPTIONS = {
  business: { type: 'string', required: true, help: 'Business ID (biz_…).' },
  delivery: { type: 'string', help: 'ID of one webhook delivery (dlv_…).' },
  from: { type: 'string', help: 'Only deliveries received at or after this time.' },
  to: { type: 'string', help: 'Only deliveries received before this time.' },
  result: { type: 'string', help: 'Only deliveries with this result, e.g. failed.' },
} as const

const replay = defineCommand({
  name: 'replay',
  summary: 'Replay stored webhook deliveries. Deliveries that were already applied change nothing.',
  options: REPLAY_OPTIONS,
  run: (values, { open }) =>
    open(async (ctx): Promise<Report> => {
      const counts = await replayDeliveries(ctx, readSelection(values), CLI)
      const lines = Object.entries(counts).flatMap(([result, count]) => (count > 0 ? [`${result}: ${count}`] : []))
      return {
        lines: lines.length > 0 ? lines : ['no delivery matches'],
        data: counts,
        failed: counts.failed + counts.unavailable + counts.invalid > 0,
      }
    }),
})

/** Requires at least one filter, so that nobody replays the whole history by mistake. */
function readSelection({ business, delivery, from, to, result }: Values<typeof REPLAY_OPTIONS>): ReplaySelection {
  if (delivery === undefined && from === undefined && to === undefined && result === undefined) {
    throw new UsageError('choose deliveries with --delivery, --from, --to or --result')
  }
  return {
    businessId: idOption('business', 'business', business),
    ...(delivery !== undefined && { deliveryId: idOption('delivery', 'delivery', delivery) }),
    ...(from !== undefined && { from: instantOption('from', from) }),
    ...(to !== undefined && { to: instantOption('to', to) }),
    ...(result !== undefined && { result: choiceOption('result', result, RESULTS) }),
  }
}

const RESULTS = ['processed', 'stale', 'parked', 'ignored', 'failed'] as const

const unmatched = defineCommand({
  name: 'unmatched list',
  summary: 'List POS references with stored deliveries but no connected business.',
  options: {},
  run: (_values, { open }) =>
    open(async (ctx) => {
      const waiting = (await listWaiting(ctx.db)).map(({ first_received_at, last_received_at, ...rest }) => ({
        ...rest,
        first_received_at: formatTime(first_received_at),
        last_received_at: formatTime(last_received_at),
      }))
      const rows = waiting.map((each) => [
        each.pos_name,
        each.reference,
        String(each.deliveries),
        each.first_received_at,
        each.last_received_at,
      ])
      return { lines: table(['pos', 'reference', 'deliveries', 'first', 'last'], rows), data: waiting }
    }),
})

export const deliveryCommands: readonly Command[] = [replay, unmatched]
