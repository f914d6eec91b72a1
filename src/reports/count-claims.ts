// Counts claims again: what each contributes now, less what was counted of it.
import type { Statement, Transaction } from '../db/database.ts'
import { json } from '../db/values.ts'
import { must } from '../kernel/assert.ts'
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { branchesNamed } from './build.ts'
import { CLAIM_COLUMNS, claimContributions, NONE } from './contributions.ts'
import type { ReportState } from './state.ts'
import { Changes, DAILY_CLAIMS } from './sums.ts'

interface CountedClaim {
  id: Uuid
  program_id: Uuid
  kind: string
  reward_id: Uuid
  claimed_on: IsoDate
  outcome: 'held' | 'redeemed' | 'restored' | 'unused'
  ended_on: IsoDate | null
  branch_id: Uuid
  units: number
  discount: number
}

/** Also those that are redeemed for these orders: their discount may have been corrected. */
export async function countClaims(
  tx: Transaction,
  { businessId, timezone }: ReportState,
  named: ReadonlySet<Uuid>,
  orders: readonly Uuid[],
): Promise<void> {
  const ids = (await tx.query<{ id: Uuid }>(CONCERNED, [businessId, [...named], orders])).map(({ id }) => id)
  if (ids.length === 0) return
  const was = await tx.query<CountedClaim>(WAS, [businessId, ids])
  const is = await tx.query<CountedClaim>(IS, [
    businessId,
    timezone,
    ...(await branchesNamed(tx, businessId, ids)),
    ids,
  ])
  const changes = new Changes(DAILY_CLAIMS)
  for (const one of was) add(changes, one, -1)
  for (const one of is) add(changes, one, 1)
  await tx.query(DROP, [businessId, ids])
  if (is.length > 0) await tx.query(INSERT, [businessId, json(is)])
  await changes.write(tx, businessId)
}

function add(changes: Changes, one: CountedClaim, sign: 1 | -1): void {
  const { program_id, kind, reward_id, claimed_on, outcome, branch_id, units, discount } = one
  changes.add([claimed_on, program_id, kind, reward_id, NONE], { claimed: 1 }, sign)
  if (outcome === 'held') return
  const day = must(one.ended_on, 'the day on which a claim ended')
  changes.add([day, program_id, kind, reward_id, branch_id], { [outcome]: 1, units, discount }, sign)
}

const CONCERNED: Statement = {
  name: 'report_claims_concerned',
  text: `
select unnest($2::uuid[]) as id
union select c.id from unnest($3::uuid[]) as o (id) join claims c on c.business_id = $1 and c.order_id = o.id`,
}

const WAS: Statement = {
  name: 'report_claims_counted',
  text: `select ${CLAIM_COLUMNS} from counted_claims where business_id = $1 and id = any ($2::uuid[])`,
}

const IS: Statement = { name: 'report_claims_now', text: claimContributions('and c.id = any ($6::uuid[])') }

const DROP: Statement = {
  name: 'report_drop_claims',
  text: 'delete from counted_claims where business_id = $1 and id = any ($2::uuid[])',
}

const INSERT: Statement = {
  name: 'report_insert_claims',
  text: `
insert into counted_claims (business_id, ${CLAIM_COLUMNS})
select $1::uuid, ${CLAIM_COLUMNS} from jsonb_populate_recordset(null::counted_claims, $2::jsonb)`,
}
