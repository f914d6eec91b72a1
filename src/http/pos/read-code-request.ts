// Reads what a till sends when it checks or redeems a code: loosely, as cashiers and points of sale
// write, and naming each mistake.

import type { PosProblem } from '../../integrations/integration.ts'
import { type Exact, readExact, readMilli } from '../../integrations/toolkit/amounts.ts'
import { idOf, objectOf, textOf } from '../../integrations/toolkit/clean.ts'
import { isAbsent } from '../../integrations/toolkit/problems.ts'
import { Reader } from '../../integrations/toolkit/reader.ts'
import { isCountryCode, normalisePhone } from '../../kernel/phone.ts'
import { latinDigits } from '../../kernel/text.ts'
import type { RedeemedProduct } from '../../rewards/claims/claim.ts'
import type { CodeRequest, RedeemRequest } from '../../rewards/redeem/request.ts'

export type ReadOutcome<Request> = { kind: 'ok'; request: Request } | { kind: 'invalid'; errors: PosProblem[] }

/** The business that the body names; null when it names none. */
export function peekBusiness(body: unknown): string | null {
  return idOf(objectOf(body)?.business_reference, MAX_REFERENCE) ?? null
}

/** `home`: the country of the business, of a number that names none. */
export function readCodeRequest(body: unknown, home: string | null): ReadOutcome<CodeRequest> {
  const read = new Reader()
  return done(read, codeRequest(body, home, read))
}

export function readRedeemRequest(body: unknown, home: string | null): ReadOutcome<RedeemRequest> {
  const read = new Reader()
  const json = objectOf(body) ?? {}
  const request = codeRequest(body, home, read)
  const posOrderId = read.id('/order_id', json.order_id)
  const discount = read.requiredAmount('/discount_amount', json.discount_amount)
  if (readExact(json.discount_amount) === null) read.report('/discount_amount', json.discount_amount, 'amount')
  const date = read.instant('/date', json.date, 'UTC') ?? null
  const products = readProducts(json.redeemed_products, read)
  return done(read, { ...request, posOrderId, posUserId: idOf(json.user_id) ?? null, discount, products, date })
}

function done<Request>({ problems }: Reader, request: Request): ReadOutcome<Request> {
  const errors = [...new Map(problems.map((problem) => [problem.pointer, problem])).values()]
  return errors.length > 0 ? { kind: 'invalid', errors } : { kind: 'ok', request }
}

function codeRequest(body: unknown, home: string | null, read: Reader): CodeRequest {
  const json = objectOf(body)
  if (json === null) read.report('', body, 'codeRequest')
  const { business_reference, reward_code, customer_mobile_number, mobile_country_code, branch_id } = json ?? {}
  const businessReference = idOf(business_reference, MAX_REFERENCE)
  if (businessReference === undefined) read.report('/business_reference', business_reference, 'reference')
  const code = codeOf(reward_code)
  if (code === null) read.report('/reward_code', reward_code, 'rewardCode')
  const phone = normalisePhone(mobile_country_code, customer_mobile_number, home)
  if (phone === null) {
    const isCountryKnown = isCountryCode(isAbsent(mobile_country_code) ? home : mobile_country_code)
    if (isCountryKnown || isAbsent(customer_mobile_number))
      read.report('/customer_mobile_number', customer_mobile_number, 'mobileNumber')
    else read.report('/mobile_country_code', mobile_country_code, 'countryCode')
  }
  return {
    businessReference: businessReference ?? '',
    code: code ?? '',
    phone: phone ?? '',
    posBranchId: idOf(branch_id) ?? null,
    echo: { reward_code, customer_mobile_number, mobile_country_code: mobile_country_code ?? null, business_reference },
  }
}

/**
 * As it is typed: with spaces or dashes, in Arabic digits, in small letters; a number where leading
 * zeros were never there.
 */
function codeOf(value: unknown): string | null {
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
    quantity: isAbsent(json.quantity) ? 1 : piecesOf(`${at}/quantity`, json.quantity, read),
  }))
}

/** Read to the thousandth of a piece; less than one thousandth is not a quantity. */
function piecesOf(pointer: string, value: unknown, read: Reader): number {
  const milli = readMilli(value)
  const isEnough = milli !== null && (readExact(value) ?? 0) >= LEAST_QUANTITY
  if (!isEnough) read.report(pointer, value, 'pieces')
  return isEnough ? milli / 1000 : 0
}

/** One thousandth. */
const LEAST_QUANTITY: Exact = 100
