// Awards in the database (table `awards`): the unused ones of a customer with their stamps, and the
// changed ones.
import { bulk, list, plain, timestamp } from '../../db/bulk.ts'
import type { BusinessLock } from '../../db/business-lock.ts'
import type { Queryable, Statement, Transaction } from '../../db/database.ts'
import { instant } from '../../db/values.ts'
import { recordEvents } from '../../events/record.ts'
import type { Uuid } from '../../kernel/ids.ts'
import { type AccountKey, accountId, distinct, keyColumns } from '../../ledger/accounts.ts'
import type { Book } from '../../ledger/book.ts'
import { LOT_COLUMNS, type LoadedLots, type Lot } from '../../ledger/lots.ts'
import { type Award, noOpenCards, type OpenCards } from './cards.ts'

export interface LoadedOpenCards {
  /** By `accountId`, one for each requested account. */
  readonly openCards: Map<string, OpenCards>
  /** The lots whose stamps are on the cards, for the book. */
  readonly lots: LoadedLots
}

/** Loads the unused awards of accounts that the transaction has locked. */
export async function loadOpenCards(tx: Queryable, accounts: readonly AccountKey[]): Promise<LoadedOpenCards> {
  const keys = distinct(accounts)
  if (keys.length === 0) return { openCards: new Map(), lots: { request: { own: [], open: [] }, lots: [] } }
  const columns = keyColumns(keys)
  const [cards, lots, used] = await Promise.all([
    tx.query<AwardRow>(LOAD_WON_CARDS, columns),
    tx.query<AccountKey & Lot>(LOAD_LOTS_OF_WON_CARDS, columns),
    tx.query<AccountKey & { lastUsed: number }>(LOAD_LAST_USED, columns),
  ])
  const lastUsed = new Map(used.map((row) => [accountId(row), row.lastUsed]))
  const openCards = new Map(
    keys.map((account) => [accountId(account), noOpenCards(account, lastUsed.get(accountId(account)) ?? 0)]),
  )
  for (const row of cards) {
    const open = openCards.get(accountId(row))
    open?.won.push(toAward(row))
    open?.known.add(row.id)
  }
  const own = cards.flatMap((row) => row.lots.map((lotId) => ({ account: row, lotId })))
  return { openCards: openCards, lots: { request: { own, open: [] }, lots } }
}

/** Used awards by id, with the lots of their stamps. The transaction has locked the accounts. */
export async function loadUsedAwards(
  tx: Queryable,
  keys: readonly { businessId: Uuid; id: Uuid }[],
): Promise<{ cards: Map<Uuid, Award>; lots: LoadedLots }> {
  if (keys.length === 0) return { cards: new Map(), lots: { request: { own: [], open: [] }, lots: [] } }
  const columns = [keys.map((key) => key.businessId), keys.map((key) => key.id)]
  const [cards, lots] = await Promise.all([
    tx.query<AwardRow>(LOAD_USED_CARDS, columns),
    tx.query<AccountKey & Lot>(LOAD_LOTS_OF_USED_CARDS, columns),
  ])
  const own = cards.flatMap((row) => row.lots.map((lotId) => ({ account: row, lotId })))
  return {
    cards: new Map(cards.map((row) => [row.id, { ...toAward(row), status: 'used' }])),
    lots: { request: { own, open: [] }, lots },
  }
}

interface AwardRow extends AccountKey, Omit<Award, 'lots' | 'status'> {
  lots: Uuid[]
  lotUnits: number[]
}

function toAward({ id, number, version, goal, lots, lotUnits, wonAt, expiresAt }: AwardRow): Award {
  const filling = lots.map((lotId, index) => ({ lotId, units: lotUnits[index] ?? 0 }))
  return { id, number, version, goal, status: 'won', lots: filling, wonAt, expiresAt }
}

const ACCOUNTS_ASKED = 'unnest($1::uuid[], $2::uuid[], $3::uuid[]) as k (business_id, customer_id, program_id)'
const WON_CARDS = `${ACCOUNTS_ASKED}
join awards c on c.business_id = k.business_id and c.customer_id = k.customer_id and c.program_id = k.program_id
  and c.status = 'won'`

const CARD_COLUMNS = `
  c.business_id as "businessId", c.customer_id as "customerId", c.program_id as "programId", c.id, c.number, c.version,
  c.goal, c.lots, c.lot_units as "lotUnits", c.won_at as "wonAt", c.expires_at as "expiresAt"`

const LOAD_WON_CARDS: Statement = {
  name: 'load_won_cards',
  text: `
select ${CARD_COLUMNS}
from ${WON_CARDS}
order by c.number`,
}

const FILLED_BY = `
cross join unnest(c.lots) as filled (lot_id)
join lots l on l.business_id = c.business_id and l.customer_id = c.customer_id and l.program_id = c.program_id
  and l.id = filled.lot_id`

const LOAD_LOTS_OF_WON_CARDS: Statement = {
  name: 'load_lots_of_won_cards',
  text: `select distinct ${LOT_COLUMNS} from ${WON_CARDS} ${FILLED_BY}`,
}

const USED_CARDS = `unnest($1::uuid[], $2::uuid[]) as k (business_id, id)
join awards c on c.business_id = k.business_id and c.id = k.id and c.status = 'used'`

const LOAD_USED_CARDS: Statement = {
  name: 'load_used_cards',
  text: `select ${CARD_COLUMNS} from ${USED_CARDS}`,
}

const LOAD_LOTS_OF_USED_CARDS: Statement = {
  name: 'load_lots_of_used_cards',
  text: `select distinct ${LOT_COLUMNS} from ${USED_CARDS} ${FILLED_BY}`,
}

const LOAD_LAST_USED: Statement = {
  name: 'load_last_used_card',
  text: `
select k.business_id as "businessId", k.customer_id as "customerId", k.program_id as "programId", c.number as "lastUsed"
from ${ACCOUNTS_ASKED}
cross join lateral (
  select number from awards c
  where c.business_id = k.business_id and c.customer_id = k.customer_id and c.program_id = k.program_id and c.status = 'used'
  order by number desc limit 1
) as c`,
}

/** Writes the changed awards. */
export async function saveAwards(
  tx: Transaction,
  lock: BusinessLock,
  openCards: Iterable<OpenCards>,
  { now, actor }: Pick<Book<unknown>, 'now' | 'actor'>,
): Promise<void> {
  const rows = [...openCards].flatMap(({ account, known, changed }) =>
    [...changed.values()].map((card) => ({ ...account, ...card, isKnown: known.has(card.id) })),
  )
  if (rows.length === 0) return
  recordEvents(tx, lock, rows, (row) => {
    if (row.isKnown || row.status === 'cancelled') return null
    const { id, customerId, programId, number, goal, wonAt, expiresAt } = row
    const account = { customer_id: customerId, program_id: programId }
    const data = { ...account, number, goal, won_at: wonAt, expires_at: expiresAt }
    return { type: 'card.completed', at: now, actor, subject: id, data }
  })
  await tx.query(SAVE_CARDS, AWARDS.parameters(rows, instant(now)))
}

const AWARDS = bulk<AccountKey & Award>(
  'awards',
  {
    business_id: plain('uuid', (card) => card.businessId),
    id: plain('uuid', (card) => card.id),
    customer_id: plain('uuid', (card) => card.customerId),
    program_id: plain('uuid', (card) => card.programId),
    number: plain('integer', (card) => card.number),
    version: plain('integer', (card) => card.version),
    status: plain('text', (card) => card.status),
    goal: plain('integer', (card) => card.goal),
    lots: list('uuid', (card) => card.lots.map((one) => one.lotId)),
    lot_units: list('bigint', (card) => card.lots.map((one) => one.units)),
    won_at: timestamp((card) => card.wonAt),
    expires_at: timestamp((card) => card.expiresAt),
  },
  { updated_at: 'timestamptz' },
)

const SAVE_CARDS: Statement = {
  name: 'save_cards',
  text: AWARDS.upsert(['business_id', 'id'], ['customer_id', 'program_id', 'number']),
}
