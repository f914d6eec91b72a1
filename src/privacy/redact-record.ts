// Decides what of an archive record must go because a customer was erased (pure).
import { bodyIn, orderIn, partsOf, recordWithout } from '../archive/record.ts'
import { redactBody, redactMentions } from '../archive/redact-body.ts'
import { withoutCustomer } from '../orders/erased.ts'
import { type Matcher, type Search, searchable } from './search.ts'

export interface RecordFacts {
  adapter: string
  /**
   * Whose order the record is about: `erased`; `returned`, somebody who has the number now and bought
   * after the erasure; `other`; or `none`, because it was never applied.
   */
  order: 'erased' | 'returned' | 'other' | 'none'
}

export interface Searching {
  search: Search
  matches: Matcher
  /** As `valueMatcherOf`. */
  isPersonal: (value: string) => boolean
}

/**
 * The record as it may stay; null when nothing of it must go.
 *
 * - A record of an order of the customer, or whose customer is them, keeps what identifies nobody.
 * - A record of somebody else that mentions them keeps everything but the mentions.
 */
export function redactRecordFor(
  record: Buffer,
  { adapter, order: whose }: RecordFacts,
  { search, matches, isPersonal }: Searching,
): Buffer | null {
  if (whose !== 'erased' && (whose === 'returned' || !matches(searchable(record.toString())))) return null
  const order = orderIn(record)
  const isTheirs = whose === 'erased' || order === null || search.phones.includes(order.customer?.phone ?? '')
  const redacted = isTheirs ? withoutPerson(record, adapter, search) : withoutMentions(record, isPersonal)
  return redacted === null || redacted.equals(record) ? null : redacted
}

function withoutPerson(record: Buffer, adapter: string, { names }: Search): Buffer {
  const order = orderIn(record)
  return recordWithout(record, {
    body: redactBody(bodyIn(record), adapter, names),
    order: order && withoutCustomer(order),
  })
}

function withoutMentions(record: Buffer, isPersonal: (value: string) => boolean): Buffer | null {
  const { body, order, answer } = partsOf(record)
  const [newBody, newOrder] = [redactMentions(body, isPersonal), redactMentions(order, isPersonal)]
  if (newBody === null && newOrder === null) return null
  const head = Buffer.from(record.subarray(0, body.byteOffset - record.byteOffset))
  head.writeUInt32LE((newBody ?? body).length, 0)
  head.writeUInt32LE((newOrder ?? order).length, 4)
  return Buffer.concat([head, newBody ?? body, newOrder ?? order, answer])
}
