// Calls the REST API of Foodics, version 5. Source: the Foodics API documentation (OAuth,
// customers, menu, orders, limits).
import type { IsoDate } from '../../../kernel/clock.ts'
import { splitPhone } from '../../../kernel/phone.ts'
import {
  type AccountFacts,
  defineClient,
  type Outcome,
  type Page,
  type PastOrders,
  type PersonDetails,
  type PosClient,
  type Tokens,
} from '../../client.ts'
import { callJson, type JsonCall } from '../../toolkit/call-json.ts'
import { idOf, objectOf, textOf } from '../../toolkit/clean.ts'
import { readBranch, readCategory, readOrder, readPage, readPerson, readProduct } from './resources.ts'

export const client = defineClient({
  settings: {
    /** Without `/v5`. */
    apiUrl: { variable: 'LOYAPRO_FOODICS_API_URL', kind: 'url', fallback: 'https://api.foodics.com' },
    /** Where merchants consent. */
    consoleUrl: { variable: 'LOYAPRO_FOODICS_CONSOLE_URL', kind: 'url', fallback: 'https://console.foodics.com' },
    clientId: { variable: 'LOYAPRO_FOODICS_CLIENT_ID', kind: 'credential' },
    clientSecret: { variable: 'LOYAPRO_FOODICS_CLIENT_SECRET', kind: 'credential' },
  },
  create: createFoodicsClient,
})

type FoodicsApp = Readonly<Record<'apiUrl' | 'consoleUrl' | 'clientId' | 'clientSecret', string>>

/** Milliseconds. The API usually responds within seconds. */
const TIMEOUT_MS = 15_000

function createFoodicsClient(app: FoodicsApp, timeoutMs = TIMEOUT_MS): PosClient {
  const send = (call: JsonCall) => callJson(call, timeoutMs)
  const get = (token: string, path: string, query: Record<string, string> = {}) =>
    send({ method: 'GET', url: `${app.apiUrl}/v5${path}${queryOf(query)}`, token })
  const grant = async (rest: Record<string, string>) => {
    const body = { ...rest, client_id: app.clientId, client_secret: app.clientSecret }
    return mapOutcome(await send({ method: 'POST', url: `${app.apiUrl}/oauth/token`, body }), readTokens)
  }
  const list = async <T>(
    token: string,
    path: string,
    page: number,
    read: (row: unknown) => T | null,
    query: Record<string, string> = {},
  ): Promise<Outcome<Page<T>>> =>
    mapOutcome(await get(token, path, { ...query, page: String(page) }), (value) => readPage(value, page, read))
  return {
    callsPerMinute: 90,
    consentUrl: (state, redirectUri) =>
      `${app.consoleUrl}/authorize${queryOf({ client_id: app.clientId, state, redirect_uri: redirectUri, scope: SCOPES })}`,
    exchangeCode: (code, redirectUri) => grant({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
    refresh: (refreshToken) => grant({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    account: async (token) => mapOutcome(await get(token, '/whoami'), readAccount),
    findCustomer: async (token, phone) => {
      const query = Object.fromEntries(
        Object.entries(phoneOf(phone)).map(([key, value]) => [`filter[${key}]`, `${value}`]),
      )
      const found = mapOutcome(await get(token, '/customers', query), (value) => readPage(value, 1, readPerson))
      return found.kind === 'ok' ? { kind: 'ok', value: found.value.items[0] ?? null } : found
    },
    createCustomer: async (token, details) =>
      mapOutcome(
        await send({ method: 'POST', url: `${app.apiUrl}/v5/customers`, token, body: newCustomerToJson(details) }),
        readOne,
      ),
    updateCustomer: async (token, id, details) => {
      const url = `${app.apiUrl}/v5/customers/${encodeURIComponent(id)}`
      const answer = await send({ method: 'PUT', url, token, body: detailsToJson(details) })
      if (answer.kind === 'refused' && answer.status === 404) return { kind: 'ok', value: null }
      return mapOutcome(answer, readOne)
    },
    branches: (token, page) => list(token, '/branches', page, readBranch),
    categories: (token, page) => list(token, '/categories', page, readCategory),
    products: (token, page, currency) =>
      list(token, '/products', page, (row) => readProduct(row, currency), { include: 'category' }),
    orders: (token, after, from, account) => ordersAfter(get, token, after, from, account),
  }
}

const SCOPES = 'general.read orders.list orders.get customers.list customers.get customers.write'

/** Every relation that reading an order uses; a list contains only the requested relations. */
const ORDER_PARTS = [
  'branch',
  'customer',
  'original_order',
  'discount',
  'coupon',
  'promotion',
  'gift_card',
  'tags',
  'charges',
  'charges.charge',
  'charges.taxes',
  'payments',
  'payments.payment_method',
  'products',
  'combos',
  'combos.products',
  ...['product', 'product.category', 'options', 'options.modifier_option', 'options.taxes', 'taxes'].flatMap((part) => [
    `products.${part}`,
    `combos.products.${part}`,
  ]),
].join(',')

/** A list of orders ends with its tenth page, so each call starts after the last reference. */
async function ordersAfter(
  get: (token: string, path: string, query: Record<string, string>) => Promise<Outcome<unknown>>,
  token: string,
  after: number,
  from: IsoDate,
  account: AccountFacts,
): Promise<Outcome<PastOrders>> {
  const query = {
    sort: 'reference',
    'filter[reference_after]': String(after),
    // It is not documented whether the day itself is included: one more day is requested, and the
    // caller skips its orders.
    'filter[business_date_after]': Temporal.PlainDate.from(from).subtract({ days: 1 }).toString(),
    include: ORDER_PARTS,
  }
  return mapOutcome(await get(token, '/orders', query), (value): PastOrders | null => {
    const rows = objectOf(value)?.data
    if (!Array.isArray(rows)) return null
    const orders = rows.map((row) => readOrder(row, account)).filter((order) => order !== null)
    return { orders, isEnd: rows.length === 0 }
  })
}

/** A response that cannot be read counts as none: it may be an error page of a proxy. */
function mapOutcome<T>(answer: Outcome<unknown>, read: (value: unknown) => T | null): Outcome<T> {
  if (answer.kind !== 'ok') return answer
  const value = read(answer.value)
  return value === null ? { kind: 'unavailable', reason: 'unexpected response format' } : { kind: 'ok', value }
}

function readTokens(value: unknown): Tokens | null {
  const json = objectOf(value)
  const accessToken = tokenText(json?.access_token)
  if (accessToken === null) return null
  const expires = Number(json?.expires_in)
  return {
    accessToken,
    refreshToken: tokenText(json?.refresh_token),
    expiresIn: Number.isFinite(expires) && expires > 0 ? expires : null,
  }
}

/** Tokens are longer than names. */
function tokenText(value: unknown): string | null {
  return typeof value === 'string' && /^[!-~]{1,8000}$/.test(value) ? value : null
}

function readAccount(value: unknown): AccountFacts | null {
  const business = objectOf(objectOf(objectOf(value)?.data)?.business)
  const reference = idOf(business?.reference, 64)
  return reference === undefined ? null : { reference, name: textOf(business?.name) ?? null }
}

function readOne(value: unknown) {
  return readPerson(objectOf(value)?.data)
}

function phoneOf(phone: string): { dial_code: number; phone: string } {
  const split = splitPhone(phone)
  return split ? { dial_code: split.callingCode, phone: split.national } : { dial_code: 0, phone: phone.slice(1) }
}

/** Foodics requires a name; a customer without one is named by the phone number. */
function newCustomerToJson(details: PersonDetails) {
  return { ...phoneOf(details.phone), ...detailsToJson(details), name: details.name ?? details.phone }
}

/** Unknown values are not sent, so nothing is erased at the POS. */
function detailsToJson({ name, email, gender, birthDate }: PersonDetails) {
  return {
    ...(name !== null && { name }),
    ...(email !== null && { email }),
    ...(gender !== null && { gender: gender === 'male' ? 1 : 2 }),
    ...(birthDate !== null && { birth_date: birthDate }),
  }
}

function queryOf(query: Record<string, string>): string {
  const text = new URLSearchParams(query).toString()
  return text === '' ? '' : `?${text}`
}
