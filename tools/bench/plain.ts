// What LoyaPro is compared with: the same HTTP server doing the least that such a service must do
// (A), and no database at all (B).
import { createVerifier } from 'fast-jwt'
import Fastify from 'fastify'
import pg from 'pg'
import { type PlainOrder, storeOrder } from './plain-store.ts'

/** The first message of the parent process. */
export interface PlainSetup {
  secret: string
  /** Without it, the answer follows from the body alone: that is B. */
  databaseUrl: string | null
}

if (process.send) process.once('message', (setup: PlainSetup) => void serve(setup))

async function serve({ secret, databaseUrl }: PlainSetup): Promise<void> {
  const verify = createVerifier({ key: secret, algorithms: ['HS256'] })
  const pool = databaseUrl === null ? null : new pg.Pool({ connectionString: databaseUrl, max: POOL })
  const app = Fastify({ logger: false })
  app.addHook('onRequest', async (request) => {
    verify(request.headers.authorization?.slice('Bearer '.length) ?? '')
  })
  app.post<{ Body: PlainOrder }>('/order', { schema: { body: ORDER, response: { 200: ANSWER } } }, async (request) => {
    const earned = earnedBy(request.body)
    return pool ? storeOrder(pool, request.body, earned) : { result: 'processed', ...earned }
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 })
  process.on('disconnect', () => process.exit(0))
}

/**
 * As many as were fastest for A on two cores: fewer leave the server waiting, more only queue
 * inside PostgreSQL.
 */
const POOL = 16

/** 1 point per 1.00, and 5 % back. */
function earnedBy({ order: { total_price: total } }: PlainOrder): { points: number; cashback: number } {
  return { points: Math.floor(total), cashback: Math.floor((Math.round(total * 100) * 5) / 100) }
}

const TEXT = { type: 'string', minLength: 1 }
const ORDER = {
  type: 'object',
  required: ['timestamp', 'business', 'order'],
  properties: {
    timestamp: { type: 'integer' },
    business: { type: 'object', required: ['reference'], properties: { reference: { type: 'integer' } } },
    order: {
      type: 'object',
      required: ['id', 'status', 'updated_at', 'total_price', 'customer', 'products'],
      properties: {
        id: TEXT,
        status: { type: 'integer', enum: [1, 2, 3, 4, 5, 6, 7, 8] },
        updated_at: TEXT,
        total_price: { type: 'number', minimum: 0 },
        customer: {
          type: 'object',
          required: ['phone', 'name', 'dial_code'],
          properties: { phone: TEXT, name: TEXT, dial_code: { type: 'integer' } },
        },
        products: {
          type: 'array',
          items: {
            type: 'object',
            required: ['product', 'quantity', 'total_price', 'status'],
            properties: { quantity: { type: 'number' }, total_price: { type: 'number' }, status: { type: 'integer' } },
          },
        },
      },
    },
  },
}
const ANSWER = {
  type: 'object',
  properties: { result: TEXT, points: { type: 'integer' }, cashback: { type: 'integer' } },
}
