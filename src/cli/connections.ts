// loyapro connect, disconnect, connections: connects a business to its reference in a POS.
import { connect, disconnect, listConnections } from '../businesses/connections.ts'
import { replayUnmatched } from '../ingest/replay.ts'
import { CLI, type Command, defineCommand, Refused } from './command.ts'
import { formatTime, idOption, table } from './values.ts'

const BUSINESS = { type: 'string', required: true, help: 'Business ID (biz_…).' } as const
const CONNECTION = {
  pos: { type: 'string', required: true, help: 'Name of the POS.' },
  reference: { type: 'string', required: true, help: 'Reference of the business in the POS, as sent with its orders.' },
  business: BUSINESS,
} as const

const connectBusiness = defineCommand({
  name: 'connect',
  summary: 'Connect a business to a POS reference and apply orders already received for it.',
  options: CONNECTION,
  run: (values, { open }) =>
    open(async (ctx) => {
      const businessId = idOption('business', 'business', values.business)
      const connection = { posName: values.pos, reference: values.reference, businessId }
      const outcome = await connect(ctx.db.by(CLI), connection, ctx.clock)
      if (!('connection' in outcome)) throw new Refused(REFUSALS[outcome.kind])
      const { pos_name, reference } = outcome.connection
      const applied = await replayUnmatched(ctx, pos_name, reference, CLI)
      const results = Object.entries(applied).filter(([, count]) => count > 0)
      const lines = [
        outcome.kind === 'connected' ? 'connected' : 'already connected',
        ...results.map(([result, count]) => `stored deliveries ${result}: ${count}`),
      ]
      return { lines, data: { outcome: outcome.kind, applied } }
    }),
})

const REFUSALS = {
  bad_reference: 'the reference must be 1 to 100 characters long',
  pos_unknown: 'no POS has this name; see: loyapro pos list',
  business_unknown: 'no business has this ID; see: loyapro business list',
  reference_taken: 'the reference is connected to another business: disconnect it there first',
}

const disconnectBusiness = defineCommand({
  name: 'disconnect',
  summary: 'Disconnect a business. New orders from the POS are stored as unmatched.',
  options: CONNECTION,
  run: (values, { open }) =>
    open(async (ctx) => {
      const businessId = idOption('business', 'business', values.business)
      const outcome = await ctx.db.write(CLI, (tx) =>
        disconnect(tx, { posName: values.pos, reference: values.reference, businessId }, ctx),
      )
      if (outcome === 'not_found') throw new Refused('this connection does not exist; see: loyapro connections')
      return { lines: ['disconnected'], data: { outcome } }
    }),
})

const list = defineCommand({
  name: 'connections',
  summary: 'List the connections of a business.',
  options: { business: BUSINESS },
  run: (values, { open }) =>
    open(async (ctx) => {
      const connections = await listConnections(ctx.db, idOption('business', 'business', values.business))
      const rows = connections.map((each) => [each.pos_name, each.reference, formatTime(each.created_at)])
      return { lines: table(['pos', 'reference', 'connected'], rows), data: connections }
    }),
})

export const connectionCommands: readonly Command[] = [connectBusiness, disconnectBusiness, list]
