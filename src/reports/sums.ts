// The tables of sums: their keys and columns declared once, and the statement that adds to them.
import type { Statement, Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'

export interface SumTable {
  readonly name: string
  /** After business_id, with their types. */
  readonly keys: Readonly<Record<string, 'date' | 'uuid' | 'text'>>
  readonly sums: readonly string[]
}

function sumTable(name: string, keys: SumTable['keys'], sums: readonly string[]): SumTable {
  return { name, keys, sums }
}

/** What happened in the ledger, by the local day of the movement. */
export const DAILY_UNITS = sumTable('daily_units', { day: 'date', program_id: 'uuid' }, [
  'earned',
  'taken_back',
  'redeemed',
  'restored',
  'expired',
  'unexpired',
  'added',
  'deducted',
  'written_off',
])
/** Sales and returns by their business date. */
export const DAILY_ORDERS = sumTable('daily_orders', { day: 'date', branch_id: 'uuid' }, [
  'orders',
  'amount',
  'customer_orders',
  'customer_amount',
  'returns',
  'returned',
  'customer_returned',
])
/** What the sales of a day earn now, after what was returned of them. */
export const DAILY_BRANCH_UNITS = sumTable(
  'daily_branch_units',
  { day: 'date', branch_id: 'uuid', program_id: 'uuid' },
  ['earned'],
)
export const DAILY_CUSTOMERS = sumTable('daily_customers', { day: 'date' }, ['joined', 'active'])
export const DAILY_CLAIMS = sumTable(
  'daily_claims',
  { day: 'date', program_id: 'uuid', kind: 'text', reward_id: 'uuid', branch_id: 'uuid' },
  ['claimed', 'redeemed', 'restored', 'unused', 'units', 'discount'],
)
export const CUSTOMER_MONTHS = sumTable('customer_months', { customer_id: 'uuid', month: 'date' }, ['orders', 'amount'])
/** The orders in a month of the customers who joined in another. */
export const COHORT_MONTHS = sumTable('cohort_months', { joined: 'date', month: 'date' }, [
  'customers',
  'orders',
  'amount',
])

/** Changes of one table of sums, gathered until they are added. */
export class Changes {
  readonly #table: SumTable
  readonly #rows = new Map<string, { key: readonly string[]; sums: number[] }>()

  constructor(table: SumTable) {
    this.#table = table
  }

  /** `key` in the order of the columns; sums that are not named do not change. */
  add(key: readonly string[], change: Readonly<Record<string, number>>, sign: 1 | -1 = 1): void {
    const id = key.join(' ')
    const row = this.#rows.get(id) ?? { key, sums: this.#table.sums.map(() => 0) }
    for (const [name, units] of Object.entries(change)) {
      const place = this.#table.sums.indexOf(name)
      row.sums[place] = (row.sums[place] ?? 0) + sign * units
    }
    this.#rows.set(id, row)
  }

  /** Adds the changes; a row whose sums are all 0 is deleted, as if it had never been. */
  async write(tx: Transaction, businessId: Uuid): Promise<void> {
    const rows = [...this.#rows.values()].filter(({ sums }) => sums.some((sum) => sum !== 0))
    if (rows.length === 0) return
    const keys = Object.keys(this.#table.keys).map((_, place) => rows.map(({ key }) => key[place]))
    const sums = this.#table.sums.map((_, place) => rows.map((row) => row.sums[place]))
    const { add, tidy } = statementsOf(this.#table)
    await tx.query(add, [businessId, ...keys, ...sums])
    await tx.query(tidy, [businessId, ...keys])
  }
}

function statementsOf({ name, keys, sums }: SumTable): { add: Statement; tidy: Statement } {
  const names = Object.keys(keys)
  const arrays = Object.values(keys).map((type, place) => `$${place + 2}::${type}[]`)
  const values = sums.map((_, place) => `$${names.length + place + 2}::bigint[]`)
  const set = sums.map((sum) => `${sum} = t.${sum} + excluded.${sum}`)
  const same = names.map((key) => `t.${key} = r.${key}`)
  return {
    add: {
      name: `add_to_${name}`,
      text: `
insert into ${name} as t (business_id, ${names.join(', ')}, ${sums.join(', ')})
select $1::uuid, r.* from unnest(${[...arrays, ...values].join(', ')}) as r (${[...names, ...sums].join(', ')})
on conflict (business_id, ${names.join(', ')}) do update set ${set.join(', ')}`,
    },
    tidy: {
      name: `tidy_${name}`,
      text: `
delete from ${name} t using unnest(${arrays.join(', ')}) as r (${names.join(', ')})
where t.business_id = $1 and ${same.join(' and ')} and ${sums.map((sum) => `t.${sum} = 0`).join(' and ')}`,
    },
  }
}
