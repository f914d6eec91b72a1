// Runs the Foodics server alone: `node tools/simulator/foodics/main.ts --port 4100 --orders 500`.
import { parseArgs } from 'node:util'
import { startFoodics } from './server.ts'
import { makeWorld } from './world.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4100' },
    seed: { type: 'string', default: '1' },
    reference: { type: 'string', default: '440810' },
    products: { type: 'string', default: '40' },
    orders: { type: 'string', default: '200' },
  },
})
const world = makeWorld({
  seed: Number(values.seed),
  reference: Number(values.reference),
  products: Number(values.products),
  orders: Number(values.orders),
})
const server = await startFoodics({ world }, Number(values.port))
process.stdout.write(`A Foodics server of ${world.business.name} is at ${server.url}

  LOYAPRO_FOODICS_API_URL=${server.url}
  LOYAPRO_FOODICS_CONSOLE_URL=${server.url}
  LOYAPRO_FOODICS_CLIENT_ID=${server.client.id}
  LOYAPRO_FOODICS_CLIENT_SECRET=${server.client.secret}
`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close())
