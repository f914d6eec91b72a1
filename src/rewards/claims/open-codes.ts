// Claims that hold a code or a card now.
import type { Queryable, Statement } from '../../db/database.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { AccountKey } from '../../ledger/accounts.ts'

/** Whether a code is in use, so that another is needed. */
export async function isOpenCode(q: Queryable, businessId: Uuid, code: string): Promise<boolean> {
  const rows = await q.query(LIVE_CODE, [businessId, code])
  return rows.length > 0
}

/** The cards of a customer for which a code is out. */
export async function cardsWithOpenCode(q: Queryable, key: AccountKey): Promise<Set<Uuid>> {
  const rows = await q.query<{ cardId: Uuid }>(LIVE_CARDS, [key.businessId, key.customerId, key.programId])
  return new Set(rows.map((row) => row.cardId))
}

export const LIVE_CODE: Statement = {
  name: 'claims_live_code',
  text: `select from claims where business_id = $1 and code = $2 and status = 'held'`,
}

export const LIVE_CARDS: Statement = {
  name: 'claims_live_cards',
  text: `
select card_id as "cardId" from claims
where business_id = $1 and customer_id = $2 and program_id = $3 and status = 'held' and card_id is not null`,
}
