// Reads a request to check or redeem a code: the business that it names, then its fields, in the
// forms that cashiers and POS systems write, with one problem for each mistake.
import type { FastifyRequest } from 'fastify'
import type { Connected } from '../../businesses/connection-cache.ts'
import type { PosProblem } from '../../integrations/integration.ts'
import { type Exact, readExact, readMilli } from '../../integrations/toolkit/amounts.ts'
import { idOf, objectOf, textOf } from '../../integrations/toolkit/clean.ts'
import { isAbsent } from '../../integrations/toolkit/problems.ts'
import { Reader } from '../../integrations/toolkit/reader.ts'
import { must } from '../../kernel/assert.ts'
import { isCountryCode, normalisePhone } from '../../kernel/phone.ts'
import { latinDigits } from '../../kernel/text.ts'
import type { RedeemedProduct } from '../../rewards/claims/claim.ts'
import type { CodeRequest, RedeemRequest } from '../../rewards/redeem/request.ts'
import type { AppContext } from '../../server/context.ts'
import { announcedBytes, refuseOveruse } from '../auth/usage.ts'
import type { PosBody } from '../plugins/json-body.ts'
import { requireSecret } from './connection-secret.ts'
import { invalidRequest, unknownBusiness } from './redemption-problem.ts'

/** `country`: that of the business, for a number without a country code. */
type Parse<Request> = (body: unknown, country: string | null) => Parsed<Request>

type Parsed<Request> = { kind: 'ok'; request: Request } | { kind: 'invalid'; errors: PosProblem[] }

/** Throws 404 `business_unknown` or 422 `invalid_request`, in this order. */
export async function readTillRequest<Request>(
  ctx: AppContext,
  request: FastifyRequest,
  parse: Parse<Request>,
): Promise<{ business: Connected; parsed: Request }> {
  const { value } = request.body as PosBody
  const reference = idOf(objectOf(value)?.business_reference, MAX_REFERENCE) ?? null
  const business = reference === null ? null : await findBusiness(ctx, request, reference)
  const parsed = parse(value, business?.country ?? null)
  if (parsed.kind === 'invalid') throw invalidRequest(parsed.errors)
  return { business: must(business, 'the business of a request that names one'), parsed: parsed.request }
}

async function findBusiness(ctx: AppContext, request: FastifyRequest, reference: string): Promise<Connected> {
  const business = await ctx.connections.find(request.pos.name, reference)
  if (!business) throw unknownBusiness()
  await requireSecret(ctx, request, reference, business)
  request.businessId = business.businessId
  refuseOveruse(ctx.limits.posBusiness(business.businessId, announcedBytes(request)))
  return business
}

export const parseCodeRequest: Parse<CodeRequest> = (body, country) => {
  const read = new Reader()
  return result(read, readCommonFields(body, country, read))
}

export const parseRedeemRequest: Parse<RedeemRequest> = (body, country) => {
  const read = new Reader()
  const json = objectOf(body) ?? {}
  const request = readCommonFields(body, country, read)
  const posOrderId = read.id('/order_id', json.order_id)
  const discount = read.requiredAmount('/discount_amount', json.discount_amount)
  if (readExact(json.discount_amount) === null) read.report('/discount_amount', json.discount_amount, 'amount')
  const date = read.instant('/date', json.date, 'UTC') ?? null
  const products = readProducts(json.redeemed_products, read)
  return result(read, { ...request, posOrderId, posUserId: idOf(json.user_id) ?? null, discount, products, date })
}

/** The last problem of each field. */
function result<Request>({ problems }: Reader, request: Request): Parsed<Request> {
  const errors = [...new Map(problems.map((problem) => [problem.pointer, problem])).values()]
  return errors.length > 0 ? { kind: 'invalid', errors } : { kind: 'ok', request }
}

function readCommonFields(body: unknown, country: string | null, read: Reader): CodeRequest {
  const json = objectOf(body)
  if (json === null) read.report('', body, 'codeRequest')
  const { business_reference, reward_code, customer_mobile_number, mobile_country_code, branch_id } = json ?? {}
  const businessReference = idOf(business_reference, MAX_REFERENCE)
  if (businessReference === undefined) read.report('/business_reference', business_reference, 'reference')
  const code = readCode(reward_code)
  if (code === null) read.report('/reward_code', reward_code, 'rewardCode')
  const phone = normalisePhone(mobile_country_code, customer_mobile_number, country)
  if (phone === null) {
    const isCountryKnown = isCountryCode(isAbsent(mobile_country_code) ? country : mobile_country_code)
    if (isCountryKnown || isAbsent(customer_mobile_number))
      read.report('/customer_mobile_number', customer_mobile_number, 'mobileNumber')
    else read.report('/mobile_country_code', mobile_country_code, 'countryCode')
  }
  return {
    businessReference: businessReference ?? '',
    code: code ?? '',
    phone: phone ?? '',
    posBranchId: idOf(branch_id) ?? null,
    sent: { reward_code, customer_mobile_number, mobile_country_code: mobile_country_code ?? null, business_reference },
  }
}

/** Accepts spaces and dashes, Arabic digits, small letters, and a code that is sent as a number. */
function readCode(value: unknown): string | null {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : textOf(value)
  if (text === undefined || text.length > MAX_CODE) return null
  const code = latinDigits(text).replace(/[\s-]/g, '').toUpperCase()
  return /^[0-9A-Z]{1,32}$/.test(code) ? code : null
}

const MAX_CODE = 40

const MAX_REFERENCE = 64

function readProducts(value: unknown, read: Reader): RedeemedProduct[] | null {
  if (isAbsent(value)) return null
  return read.entries('/redeemed_products', value, true).map(({ at, json }) => ({
    product_id: read.id(`${at}/product_id`, json.product_id),
    quantity: isAbsent(json.quantity) ? 1 : readPieces(`${at}/quantity`, json.quantity, read),
  }))
}

/** To the thousandth of a piece. Less than one thousandth is no quantity. */
function readPieces(pointer: string, value: unknown, read: Reader): number {
  const milli = readMilli(value)
  if (milli !== null && (readExact(value) ?? 0) >= MIN_QUANTITY) return milli / 1000
  read.report(pointer, value, 'pieces')
  return 0
}

/** One thousandth. */
const MIN_QUANTITY: Exact = 100
