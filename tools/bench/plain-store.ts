// A's database: one transaction an order, every statement prepared; what a careful team writes
// before it looks for speed.
import { createHash, randomUUID } from 'node:crypto'
import type pg from 'pg'

export interface PlainOrder {
  timestamp: number
  business: { reference: number }
  order: { id: string; updated_at: string; total_price: number; customer: { phone: string; name: string } }
}

export const PLAIN_SCHEMA = `
create table deliveries (id uuid primary key, received_at timestamptz not null);
create table customers (id uuid primary key, business integer not null, phone text not null, name text not null, unique (business, phone));
create table orders (
  business integer not null, id uuid not null, customer_id uuid not null, total bigint not null, updated_at timestamptz not null,
  body jsonb not null, primary key (business, id));
create table ledger (
  id uuid primary key, business integer not null, customer_id uuid not null, program text not null, order_id uuid not null,
  units bigint not null, created_at timestamptz not null);
create index ledger_of_customer on ledger (business, customer_id, created_at);
create table balances (
  business integer not null, customer_id uuid not null, program text not null, units bigint not null,
  primary key (business, customer_id, program));`

/** The answer leaves after the commit. */
export async function storeOrder(pool: pg.Pool, body: PlainOrder, earned: { points: number; cashback: number }) {
  const { business, order } = body
  const connection = await pool.connect()
  try {
    await connection.query('begin')
    const text = JSON.stringify(body)
    const { rowCount } = await connection.query({ ...DEDUPE, values: [hashOf(text)] })
    if (rowCount === 0) {
      await connection.query('rollback')
      return { result: 'duplicate', ...earned }
    }
    const { rows } = await connection.query({
      ...CUSTOMER,
      values: [randomUUID(), business.reference, order.customer.phone, order.customer.name],
    })
    const customer = rows[0].id
    const values = [business.reference, order.id, customer, Math.round(order.total_price * 100), order.updated_at, text]
    await connection.query({ ...ORDER, values })
    const { points, cashback } = earned
    const entries = [randomUUID(), randomUUID(), business.reference, customer, order.id, points, cashback]
    await connection.query({ ...LEDGER, values: entries })
    const balances = await connection.query({ ...BALANCES, values: [business.reference, customer, points, cashback] })
    await connection.query('commit')
    const of = (program: string) => Number(balances.rows.find((row) => row.program === program)?.units)
    return { result: 'processed', points: of('points'), cashback: of('cashback') }
  } catch (error) {
    await connection.query('rollback')
    throw error
  } finally {
    connection.release()
  }
}

/** A UUID's worth of the body's hash. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

const DEDUPE = {
  name: 'dedupe',
  text: 'insert into deliveries (id, received_at) values ($1, now()) on conflict do nothing',
}

const CUSTOMER = {
  name: 'customer',
  text: `with known as (select id from customers where business = $2 and phone = $3),
made as (
  insert into customers (id, business, phone, name) select $1, $2, $3, $4 where not exists (select from known)
  on conflict (business, phone) do update set name = excluded.name returning id)
select id from known union all select id from made`,
}

const ORDER = {
  name: 'order',
  text: `insert into orders (business, id, customer_id, total, updated_at, body) values ($1, $2, $3, $4, $5, $6)
on conflict (business, id) do update set total = excluded.total, updated_at = excluded.updated_at, body = excluded.body`,
}

const LEDGER = {
  name: 'ledger',
  text: `insert into ledger (id, business, customer_id, program, order_id, units, created_at)
values ($1, $3, $4, 'points', $5, $6, now()), ($2, $3, $4, 'cashback', $5, $7, now())`,
}

const BALANCES = {
  name: 'balances',
  text: `insert into balances as b (business, customer_id, program, units) values ($1, $2, 'cashback', $4), ($1, $2, 'points', $3)
on conflict (business, customer_id, program) do update set units = b.units + excluded.units returning program, units`,
}
