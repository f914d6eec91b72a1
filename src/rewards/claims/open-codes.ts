// Codes and stamp cards that a held claim uses now.
import type { Queryable, Statement } from '../../db/database.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { AccountKey } from '../../ledger/accounts.ts'

/** Whether a held claim has this code. */
export async function isOpenCode(q: Queryable, businessId: Uuid, code: string): Promise<boolean> {
  const rows = await q.query(OPEN_CODE, [businessId, code])
  return rows.length > 0
}

/** The stamp cards of a customer that a held claim uses. */
export async function cardsWithOpenCode(q: Queryable, key: AccountKey): Promise<Set<Uuid>> {
  const rows = await q.query<{ cardId: Uuid }>(CARDS_WITH_OPEN_CODE, [key.businessId, key.customerId, key.programId])
  return new Set(rows.map((row) => row.cardId))
}

export const OPEN_CODE: Statement = {
  name: 'claims_open_code',
  text: `select from claims where business_id = $1 and code = $2 and status = 'held'`,
}

export const CARDS_WITH_OPEN_CODE: Statement = {
  name: 'claims_cards_with_open_code',
  text: `
select card_id as "cardId" from claims
where business_id = $1 and customer_id = $2 and program_id = $3 and status = 'held' and card_id is not null`,
}
