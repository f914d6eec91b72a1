// Verifies the ledger: derives every account and every lot from the transfers alone and returns the
// differences.
import type { Queryable, Statement } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'

/** A stored value that differs from the value derived from other data. */
export interface Difference {
  /**
   * `account.<name>` and `lot.<column>`: not the sum of the transfers. `lots.available`,
   * `lots.pending`: the open lots do not sum to the balance. `transfer.balance`: a transfer ended at
   * a balance from which no other started.
   */
  readonly what: string
  /** `customer/program`, and `/lot` for a lot. */
  readonly id: string
  readonly stored: number
  readonly derived: number
}

export function inWords({ what, id, stored, derived }: Difference): string {
  return `${what} of ${id}: stored ${stored}, derived ${derived}`
}

const FIRST = '00000000-0000-0000-0000-000000000000'
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/**
 * Every difference in the ledger of a business. It verifies one range of customers per statement, so
 * it uses little memory, reads each customer at one instant, and can run during normal operation.
 */
export async function* verifyLedger(q: Queryable, businessId: Uuid, accountsAtOnce = 1000): AsyncGenerator<Difference> {
  for await (const { after, upTo } of customerRanges(q, businessId, accountsAtOnce)) {
    yield* await q.query<Difference>(FIND_DIFFERENCES, [businessId, after, upTo])
  }
}

/**
 * Ranges of customer ids that together cover all ids, with about `accountsAtOnce` accounts each.
 * `after` is exclusive, `upTo` inclusive.
 */
export async function* customerRanges(
  q: Queryable,
  businessId: Uuid,
  accountsAtOnce: number,
): AsyncGenerator<{ after: Uuid; upTo: Uuid }> {
  for (let after = FIRST; after !== LAST; ) {
    const accounts = await q.query<{ customerId: Uuid }>(NEXT_ACCOUNTS, [businessId, after, accountsAtOnce])
    // The last range is open-ended, for transfers and lots whose account is missing.
    const upTo = accounts.length < accountsAtOnce ? LAST : (accounts.at(-1)?.customerId ?? LAST)
    yield { after, upTo }
    after = upTo
  }
}

const NEXT_ACCOUNTS: Statement = {
  name: 'verify_next_accounts',
  text: `
select customer_id as "customerId" from accounts where business_id = $1 and customer_id > $2 order by customer_id limit $3`,
}

const FIND_DIFFERENCES: Statement = {
  name: 'verify_find_differences',
  text: `
-- The transfers of merged customers count for the survivor.
with merged as materialized (select id, into_id from merged_customers where business_id = $1),
own as (
  select * from transfers t
  where t.business_id = $1 and t.customer_id > $2 and t.customer_id <= $3
    and not exists (select from merged m where m.id = t.customer_id)
),
transfer as materialized (
  select customer_id, program_id, kind, debit, credit, units as moved, balance,
    coalesce(lots, array[source_id]) as lots, coalesce(lot_units, array[units]) as lot_units,
    case when credit = 'available' then units when debit = 'available' then -units else 0 end as change
  from (
    select customer_id, program_id, kind, debit, credit, units, balance, lots, lot_units, source_id from own
    union all
    select m.into_id, program_id, kind, debit, credit, units, balance, lots, lot_units, source_id
    from merged m join transfers t on t.business_id = $1 and t.customer_id = m.id
    where m.into_id > $2 and m.into_id <= $3
  ) as moved_for
),
account as (
  select * from accounts where business_id = $1 and customer_id > $2 and customer_id <= $3
),
lot as (
  select * from lots where business_id = $1 and customer_id > $2 and customer_id <= $3
),
stored_account as (
  select customer_id, program_id, name, units
  from account cross join lateral (values ('available', available), ('pending', pending), ('held', held), ('issued', issued),
    ('redeemed', redeemed), ('expired', expired), ('adjusted', adjusted), ('written_off', written_off)) as part (name, units)
),
derived_account as (
  select customer_id, program_id, name, sum(units) as units
  from transfer cross join lateral (values (credit, moved), (debit, -moved)) as part (name, units)
  group by customer_id, program_id, name
),
stored_lot as (
  select customer_id, program_id, id, name, units
  from lot cross join lateral (values ('granted', granted), ('remaining', remaining), ('expired', expired),
    ('written_off', coalesce(written_off, 0))) as part (name, units)
),
derived_lot as (
  select customer_id, program_id, id, name, sum(units) as units
  from transfer
  cross join lateral unnest(lots, lot_units) with ordinality as named (id, named_units, place)
  cross join lateral (values
    ('granted', case when place > 1 then 0 when kind = 'reverse' then -moved
      when kind in ('earn', 'grant') or kind = 'adjust' and credit = 'available' then moved else 0 end),
    ('remaining', case when kind = 'pending_release' then named_units - moved
      when credit in ('available', 'pending') then named_units when debit in ('available', 'pending') then -named_units else 0 end),
    ('expired', case when credit = 'expired' then named_units when debit = 'expired' then -moved else 0 end),
    ('written_off', case when place > 1 or kind <> 'write_off' then 0 when debit = 'written_off' then moved else -moved end)
  ) as part (name, units)
  group by customer_id, program_id, id, name
),
open_lots as (
  select customer_id, program_id, coalesce(sum(remaining) filter (where not pending), 0) as available,
    coalesce(sum(remaining) filter (where pending), 0) as pending
  from lot group by customer_id, program_id
),
-- Every transfer starts at a balance at which another ended; the first starts at 0, and the last ends at the account's balance.
-- This check does not depend on the order of the transfers.
loose_end as (
  select customer_id, program_id, balance, sum(times) as times from (
    select customer_id, program_id, part.balance, times
    from transfer cross join lateral (values (balance, 1), (balance - change, -1)) as part (balance, times)
    union all select customer_id, program_id, 0, 1 from account
    union all select customer_id, program_id, available, -1 from account
  ) as step
  group by customer_id, program_id, balance having sum(times) <> 0
),
difference as (
  select 'account.' || name as what, customer_id || '/' || program_id as id, stored_account.units as stored,
    derived_account.units as derived
  from stored_account full join derived_account using (customer_id, program_id, name)
  union all
  select 'lot.' || name, customer_id || '/' || program_id || '/' || id, stored_lot.units, derived_lot.units
  from stored_lot full join derived_lot using (customer_id, program_id, id, name)
  union all
  select 'lots.' || name, customer_id || '/' || program_id, part.stored, part.derived
  from account full join open_lots using (customer_id, program_id)
  cross join lateral (values ('available', greatest(0, account.available), open_lots.available),
    ('pending', account.pending, open_lots.pending)) as part (name, stored, derived)
  union all
  select 'transfer.balance', customer_id || '/' || program_id, min(balance) filter (where times > 0),
    min(balance) filter (where times < 0)
  from loose_end group by customer_id, program_id
)
select what, id, coalesce(stored, 0)::bigint as stored, coalesce(derived, 0)::bigint as derived
from difference where coalesce(stored, 0) <> coalesce(derived, 0)
order by id, what`,
}
