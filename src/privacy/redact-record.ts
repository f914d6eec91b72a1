// Decides what of an archive record must go because a customer was erased (pure).
import { answeredTo, answerToNobody, orderIn, recordFrom, textsOf } from '../archive/record.ts'
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
  /** IDs of the customer and of those who were merged into them, as answers write them. */
  ids: readonly string[]
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
  searching: Searching,
): Buffer | null {
  if (whose !== 'erased' && (whose === 'returned' || !isConcerned(searchable(record.toString()), searching)))
    return null
  const { search } = searching
  const order = orderIn(record)
  const isTheirs = whose === 'erased' || order === null || search.phones.includes(order.customer?.phone ?? '')
  const redacted = isTheirs ? withoutPerson(record, adapter, search) : withoutMentions(record, searching)
  return redacted.equals(record) ? null : redacted
}

/** Whether the text of a record, as `searchable` gives it, names the customer or has an answer to them. */
export function isConcerned(text: string, { matches, ids }: Searching): boolean {
  return matches(text) || ids.some((id) => text.includes(id))
}

function withoutPerson(record: Buffer, adapter: string, { names }: Search): Buffer {
  const { body, order, answer } = textsOf(record)
  const read = orderIn(record)
  return recordFrom({
    body: redactBody(body, adapter, names),
    order: read === null ? order : Buffer.from(JSON.stringify(withoutCustomer(read))),
    answer: answerToNobody(answer),
  })
}

/** The answer names them when the order was theirs before a correction gave it to somebody else. */
function withoutMentions(record: Buffer, { isPersonal, ids }: Searching): Buffer {
  const { body, order, answer } = textsOf(record)
  return recordFrom({
    body: redactMentions(body, isPersonal) ?? body,
    order: redactMentions(order, isPersonal) ?? order,
    answer: ids.includes(answeredTo(answer) ?? '') ? answerToNobody(answer) : answer,
  })
}
