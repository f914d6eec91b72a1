// Locks accounts of customers by their phone numbers: one round trip earlier than by their IDs.
import type { Statement, Transaction } from '../db/database.ts'
import { plainArray } from '../db/values.ts'
import type { Uuid } from '../kernel/ids.ts'
import { ACCOUNT_COLUMNS, type Account, type AccountRow, accountId, readAccount } from '../ledger/accounts.ts'

export interface PhoneAccount {
  businessId: Uuid
  phone: string
  programId: Uuid
}

/**
 * The existing accounts by `accountId`, locked until the end of the transaction in the common lock
 * order.
 */
export async function lockAccountsByPhone(
  tx: Transaction,
  keys: readonly PhoneAccount[],
): Promise<Map<string, Account>> {
  if (keys.length === 0) return new Map()
  const rows = await tx.query<AccountRow>(LOCK, [
    plainArray(keys.map((key) => key.businessId)),
    plainArray(keys.map((key) => key.phone)),
    plainArray(keys.map((key) => key.programId)),
  ])
  return new Map(rows.map((row) => [accountId(row), readAccount(row)]))
}

const LOCK: Statement = {
  name: 'lock_accounts_by_phone',
  text: `
select ${ACCOUNT_COLUMNS}
from (select distinct * from unnest($1::uuid[], $2::text[], $3::uuid[])) as k (business_id, phone, program_id)
join customers c on c.business_id = k.business_id and c.phone = k.phone
join accounts a on a.business_id = c.business_id and a.customer_id = c.id and a.program_id = k.program_id
order by a.business_id, a.customer_id, a.program_id
for no key update of a`,
}
