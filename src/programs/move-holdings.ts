// Moves a customer's subscriptions and stamp cards to another customer; cards are filled again from
// the stamps of both.
import type { BusinessLock } from '../db/business-lock.ts'
import type { Statement, Transaction, WriteTransaction } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { type AccountKey, accountId, lockAccounts } from '../ledger/accounts.ts'
import { Book } from '../ledger/book.ts'
import { commit } from '../ledger/commit.ts'
import { loadLots } from '../ledger/lots.ts'
import { loadOpenCards, saveAwards } from './cards/awards-store.ts'
import { cardTerms } from './cards/card-terms.ts'
import { awardId, withCards } from './cards/cards.ts'
import { ledgerReasons } from './reasons.ts'
import { freshLots } from './sliding.ts'
import type { BusinessPrograms } from './store.ts'
import type { Why } from './why.ts'

export interface Move {
  businessId: Uuid
  from: Uuid
  into: Uuid
}

/** An award under its new id: the id is derived from the customer. */
export interface MovedAward {
  was: Uuid
  id: Uuid
}

/**
 * The number of awards and subscriptions that a customer ever had, counting up to `most` of each.
 */
export async function countHoldings(
  tx: Transaction,
  businessId: Uuid,
  customerId: Uuid,
  most: number,
): Promise<number> {
  const [row] = await tx.query<{ n: number }>(COUNT, [businessId, customerId, most])
  return row?.n ?? 0
}

/**
 * Moves subscriptions and awards. Moved awards get the numbers after those of the other customer.
 * The accounts are locked.
 */
export async function moveHoldings(
  tx: Transaction,
  _lock: BusinessLock,
  { businessId, from, into }: Move,
): Promise<MovedAward[]> {
  const [cards, last] = await Promise.all([
    tx.query<{ id: Uuid; programId: Uuid }>(CARDS, [businessId, from]),
    tx.query<{ programId: Uuid; number: number }>(LAST_NUMBERS, [businessId, into]),
    tx.query('update subscriptions set customer_id = $3 where business_id = $1 and customer_id = $2', [
      businessId,
      from,
      into,
    ]),
  ])
  const numbers = new Map(last.map(({ programId, number }) => [programId, number]))
  const moved = cards.map(({ id: was, programId }) => {
    const number = (numbers.get(programId) ?? 0) + 1
    numbers.set(programId, number)
    return { was, number, id: awardId({ businessId, customerId: into, programId }, number) }
  })
  if (moved.length === 0) return []
  await tx.query(MOVE_CARDS, [
    businessId,
    into,
    moved.map((card) => card.was),
    moved.map((card) => card.id),
    moved.map((card) => card.number),
  ])
  return moved
}

/** Fills the cards of these accounts from all their stamps. */
export async function refillCards(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  accounts: readonly AccountKey[],
  { now, ids }: { now: EpochMs; ids: Ids },
): Promise<void> {
  const keys = accounts.filter(({ programId }) => programs.programs.get(programId)?.type === 'stamps')
  if (keys.length === 0) return
  const [locked, lots, cards] = await Promise.all([
    lockAccounts(tx, keys, now),
    loadLots(tx, { own: [], open: keys }),
    loadOpenCards(tx, keys),
  ])
  const reasons = ledgerReasons(() => programs.business.timezone)
  const book = new Book<Why>(locked.values(), { now, ids, reasons, actor: tx.actor })
  book.admit(lots)
  book.admit(await freshLots(tx, cards.lots, () => programs.business.timezone))
  for (const key of keys) {
    const openCards = cards.openCards.get(accountId(key))
    if (openCards) withCards(book, openCards, cardTerms(programs, key.programId), () => undefined)
  }
  await Promise.all([commit(tx, lock, book), saveAwards(tx, lock, cards.openCards.values(), book)])
}

const COUNT: Statement = {
  name: 'count_holdings',
  text: `
select (select count(*) from (select from awards where business_id = $1 and customer_id = $2 limit $3) as part)
  + (select count(*) from (select from subscriptions where business_id = $1 and customer_id = $2 limit $3) as part) as n`,
}

const CARDS: Statement = {
  name: 'cards_to_move',
  text: `
select id, program_id as "programId" from awards
where business_id = $1 and customer_id = $2 order by program_id, number`,
}

const LAST_NUMBERS: Statement = {
  name: 'last_card_numbers',
  text: `
select program_id as "programId", max(number) as number from awards
where business_id = $1 and customer_id = $2 group by program_id`,
}

const MOVE_CARDS: Statement = {
  name: 'move_cards',
  text: `
update awards c set customer_id = $2, id = k.id, number = k.number
from unnest($3::uuid[], $4::uuid[], $5::integer[]) as k (was, id, number)
where c.business_id = $1 and c.id = k.was`,
}
