// Reads the responses of the Foodics API, whose types vary as PHP writes them.
import { currencyDigits, toScaled } from '../../../kernel/money.ts'
import type {
  AccountFacts,
  BranchRecord,
  CategoryRecord,
  Page,
  PastOrder,
  PosPerson,
  ProductRecord,
} from '../../client.ts'
import { codeOf, emailOf, flagOf, idOf, type Json, objectOf, textOf } from '../../toolkit/clean.ts'
import { readDate, readInstant, readTimeOfDay } from '../../toolkit/times.ts'

/** Null when the value is not a list. Unreadable entries are left out: they have no ID. */
export function readPage<T>(value: unknown, page: number, read: (row: unknown) => T | null): Page<T> | null {
  const { data, meta } = objectOf(value) ?? {}
  if (!Array.isArray(data)) return null
  const { last_page: last, total } = objectOf(meta) ?? {}
  const isLast = data.length === 0 || page >= Number(last ?? page)
  return {
    items: data.map(read).filter((item) => item !== null),
    nextPage: isLast ? null : page + 1,
    total: Number.isSafeInteger(Number(total)) && total !== null && total !== undefined ? Number(total) : null,
  }
}

export function readPerson(row: unknown): PosPerson | null {
  const json = objectOf(row)
  const id = idOf(json?.id)
  if (!json || id === undefined) return null
  const gender = codeOf(json.gender)
  return {
    id,
    name: textOf(json.name) ?? null,
    email: emailOf(json.email) ?? null,
    gender: gender === 1 ? 'male' : gender === 2 ? 'female' : null,
    birthDate: readDate(json.birth_date),
  }
}

export function readCategory(row: unknown): CategoryRecord | null {
  const json = objectOf(row)
  return json && !isDeleted(json) ? named(json) : null
}

export function readBranch(row: unknown): BranchRecord | null {
  const json = objectOf(row)
  const base = json && !isDeleted(json) ? named(json) : null
  if (!json || !base) return null
  return {
    ...base,
    reference: textOf(json.reference) ?? null,
    dayEndsAt: readTimeOfDay(json.inventory_end_of_day_time) ?? null,
  }
}

/** `pricing_method` 2 is an open price, which the cashier enters. */
export function readProduct(row: unknown, currency: string): ProductRecord | null {
  const json = objectOf(row)
  const base = json && !isDeleted(json) ? named(json) : null
  if (!json || !base) return null
  const { price } = json
  const isOpen = codeOf(json.pricing_method) === 2 || (typeof price !== 'number' && typeof price !== 'string')
  return {
    ...base,
    categoryId: idOf(objectOf(json.category)?.id) ?? null,
    sku: textOf(json.sku) ?? null,
    barcode: textOf(json.barcode) ?? null,
    price: isOpen ? null : toScaled(price as number | string, currencyDigits(currency)),
    active: flagOf(json.is_active),
  }
}

/**
 * The order in the envelope of the webhook. The event has the time of the last change of the order,
 * so the same order gives the same body each time.
 */
export function readOrder(row: unknown, account: AccountFacts): PastOrder | null {
  const order = objectOf(row)
  const reference = Number(order?.reference)
  if (!order || !Number.isSafeInteger(reference) || reference <= 0) return null
  const changed = order.updated_at ?? order.closed_at ?? order.opened_at ?? order.created_at
  const timestamp = Math.floor((readInstant(changed, 'UTC') ?? 0) / 1_000)
  return {
    reference,
    posOrderId: idOf(order.id) ?? null,
    businessDate: readDate(order.business_date),
    isSent: objectOf(order.customer) !== null || objectOf(order.original_order) !== null,
    body: {
      timestamp,
      event: 'customer.order.updated',
      business: { name: account.name, reference: account.reference },
      order,
    },
  }
}

function named(json: Json): CategoryRecord | null {
  const id = idOf(json.id)
  if (id === undefined) return null
  return { id, name: textOf(json.name) ?? id, nameAr: textOf(json.name_localized) ?? null }
}

function isDeleted(json: Json): boolean {
  return json.deleted_at !== null && json.deleted_at !== undefined
}
