// A simulated Foodics server: the parts of its REST API (v5) that LoyaPro calls, with its limits,
// errors and varying types.
import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { type Clock, systemClock } from '../../../src/kernel/clock.ts'
import { derivedId } from '../../../src/kernel/ids.ts'
import { FAULTLESS, type Faults, misbehave } from './faults.ts'
import { Counter, FOODICS_LIMITS, type Limits } from './limits.ts'
import { pageOf, readQuery } from './lists.ts'
import { type Client, Consents } from './oauth.ts'
import { CUSTOMERS, ORDERS, PLAIN, PRODUCTS, type Resource, select } from './resources.ts'
import { type Customer, makeWorld, type Row, timeOf, type World } from './world.ts'

export interface FoodicsOptions {
  clock?: Clock
  world?: World
  limits?: Partial<Limits>
  client?: Client
  /** Seconds until a token expires; without it, tokens do not expire. */
  tokenExpiresIn?: number
}

export interface FoodicsServer {
  /** The URL of the API and of the console. */
  url: string
  client: Client
  world: World
  /** The active faults; change them in place. */
  faults: Faults
  consents: Consents
  /** Method and path of every call, in order. */
  calls: string[]
  close(): Promise<void>
}

export const SAMPLE_CLIENT: Client = { id: 'sample-client', secret: 'sample-client-secret' }

/** Listens on loopback only. Port 0 is a free port. */
export async function startFoodics(options: FoodicsOptions = {}, port = 0): Promise<FoodicsServer> {
  const { clock = systemClock, world = makeWorld(), client = SAMPLE_CLIENT } = options
  const consents = new Consents(client)
  const faults: Faults = { ...FAULTLESS }
  const calls: string[] = []
  const counter = new Counter({ ...FOODICS_LIMITS, ...options.limits })
  const app = Fastify({ forceCloseConnections: true })
  app.addHook('onRequest', async (request, reply) => {
    calls.push(`${request.method} ${request.url}`)
    await misbehave(faults, request, reply)
  })
  authorizePage(app, { consents, faults, clock })
  app.post('/oauth/token', async (request, reply) => {
    const { status, body } = consents.exchange(bodyOf(request), { expiresIn: options.tokenExpiresIn }, clock.now())
    return reply.code(status).send(body)
  })
  await app.register(
    (api, _options, done) => {
      guard(api, { consents, counter, clock })
      accountRoutes(api, world)
      listRoutes(api, world)
      customerRoutes(api, world, clock)
      done()
    },
    { prefix: '/v5' },
  )
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ message: 'Not Found', errors: [] }))
  app.setErrorHandler((_error, _request, reply) => reply.code(500).send({ message: 'Server Error', errors: [] }))
  await app.listen({ host: '127.0.0.1', port })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  return { url, client, world, faults, consents, calls, close: () => app.close() }
}

interface Surroundings {
  consents: Consents
  clock: Clock
}

/** The merchant consents immediately, or declines when the faults say so. */
function authorizePage(app: FastifyInstance, { consents, faults, clock }: Surroundings & { faults: Faults }): void {
  app.get('/authorize', async (request, reply) => {
    const { client_id, state, redirect_uri } = request.query as Record<string, string | undefined>
    const target = URL.parse(redirect_uri ?? '')
    if (!consents.knows(client_id) || !target || state === undefined) {
      return reply.code(400).type('text/html').send('<h1>This app is not known</h1>')
    }
    target.searchParams.set('state', state)
    if (faults.merchantDenies) target.searchParams.set('error', 'access_denied')
    else target.searchParams.set('code', consents.code(redirect_uri ?? null, clock.now()))
    return reply.redirect(target.href, 302)
  })
}

/** The rate limit is checked first, then the token. `Bearer` is case-sensitive here. */
function guard(api: FastifyInstance, { consents, counter, clock }: Surroundings & { counter: Counter }): void {
  api.addHook('onRequest', async (request, reply) => {
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const caller = `${token} ${request.ip}`
    const verdict = counter.take(caller, clock.now())
    reply.header('x-ratelimit-limit', counter.limits.perMinute)
    reply.header('x-ratelimit-remaining', verdict.taken ? verdict.remaining : 0)
    if (!verdict.taken) {
      reply.header('retry-after', verdict.retryAfterS)
      return reply.code(429).send({ message: 'Too Many Attempts.', errors: [] })
    }
    if (consents.isValid(token, clock.now())) return
    counter.stranger(caller, clock.now())
    return reply.code(401).send({ message: 'Unauthenticated.', errors: [] })
  })
}

function accountRoutes(api: FastifyInstance, world: World): void {
  const user = { id: derivedId('foodics-user', 'owner'), name: 'Sample Owner', email: world.business.owner_email }
  api.get('/whoami', async () => ({ data: { user, business: world.business } }))
  api.get('/settings', async () => ({ data: world.settings }))
}

/** Foodics returns ten pages of orders; further orders are requested by reference. */
const LAST_PAGE_OF_ORDERS = 10

function listRoutes(api: FastifyInstance, world: World): void {
  const list = (path: string, rows: () => readonly Row[], resource: Resource, lastPage?: number) =>
    api.get(path, async (request, reply) => {
      const query = readQuery(request.query as Record<string, string>)
      const chosen = select(rows(), resource, query)
      if (chosen === null)
        return reply.code(400).send({ message: 'Requested filter or sort is not allowed.', errors: [] })
      return pageOf(chosen, query, `/v5${path}`, resource.relations, lastPage)
    })
  list('/branches', () => world.branches, PLAIN)
  list('/categories', () => world.categories, PLAIN)
  list('/products', () => world.products, PRODUCTS)
  list('/customers', () => world.customers, CUSTOMERS)
  list('/orders', () => world.orders as unknown as Row[], ORDERS, LAST_PAGE_OF_ORDERS)
}

function customerRoutes(api: FastifyInstance, world: World, clock: Clock): void {
  const find = (request: FastifyRequest) =>
    world.customers.find(({ id }) => id === (request.params as { id: string }).id)
  api.get('/customers/:id', async (request, reply) => {
    const customer = find(request)
    return customer ? { data: customer } : missing(reply)
  })
  api.post('/customers', async (request, reply) => {
    const given = bodyOf(request)
    const errors = mistakesIn(given, true, world.customers)
    if (errors) return reply.code(422).send({ message: 'The given data was invalid.', errors })
    const customer = newCustomer(given, world.customers.length, clock.now())
    world.customers.push(customer)
    return { data: customer }
  })
  api.put('/customers/:id', async (request, reply) => {
    const customer = find(request)
    if (!customer) return missing(reply)
    const given = bodyOf(request)
    const errors = mistakesIn(given, false, world.customers, customer)
    if (errors) return reply.code(422).send({ message: 'The given data was invalid.', errors })
    Object.assign(customer, given, { updated_at: timeOf(clock.now()) })
    return { data: customer }
  })
}

function missing(reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ message: 'No query results for model [Customer].', errors: [] })
}

function newCustomer(given: Readonly<Record<string, unknown>>, count: number, now: number): Customer {
  return {
    id: derivedId('foodics-customer', String(given.dial_code), String(given.phone), String(count)),
    name: String(given.name),
    dial_code: Number(given.dial_code),
    phone: String(given.phone),
    email: given.email ?? null,
    gender: given.gender ?? null,
    birth_date: given.birth_date ?? null,
    is_blacklisted: false,
    is_house_account_enabled: false,
    house_account_limit: null,
    is_loyalty_enabled: 1,
    order_count: 0,
    last_order_at: null,
    created_at: timeOf(now),
    updated_at: timeOf(now),
    deleted_at: null,
  }
}

/** A list of messages for each field, in the format of Laravel; null when there are no errors. */
function mistakesIn(
  given: Readonly<Record<string, unknown>>,
  isNew: boolean,
  customers: readonly Customer[],
  self?: Customer,
): Record<string, string[]> | null {
  const errors: Record<string, string[]> = {}
  for (const field of isNew ? ['name', 'dial_code', 'phone'] : []) {
    if (given[field] === undefined || given[field] === '') errors[field] = [`The ${field} field is required.`]
  }
  if (typeof given.email === 'string' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(given.email)) {
    errors.email = ['The email must be a valid email address.']
  }
  const phone = String(given.phone ?? self?.phone)
  const dialCode = String(given.dial_code ?? self?.dial_code)
  const taken = customers.some((one) => one !== self && one.phone === phone && String(one.dial_code) === dialCode)
  if (taken) errors.phone = ['The phone has already been taken.']
  return Object.keys(errors).length > 0 ? errors : null
}

function bodyOf(request: FastifyRequest): Record<string, unknown> {
  const { body } = request
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
}
