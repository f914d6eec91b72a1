// The lists of who is ready to redeem and who is almost there hold whom `standingOf` says, for every
// combination of balances and cards.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { instant } from '../db/values.ts'
import { derivedId, type Uuid } from '../kernel/ids.ts'
import { listCustomerIds } from './list.ts'
import { standingOf, type Targets } from './targets.ts'

const { db } = await testDatabase()
const NOW = Date.parse('2026-06-01T12:00:00Z')
const BUSINESS = derivedId('segments', 'business')
const POINTS = derivedId('segments', 'points')
const STAMPS = derivedId('segments', 'stamps')

interface Case {
  id: Uuid
  points: number | null
  stamps: number | null
  card: 'won' | 'used' | 'expired' | null
}

const cases: Case[] = [null, -5, 47, 48, 60].flatMap((points) =>
  [null, 4, 5, 8].flatMap((stamps) =>
    (['won', 'used', 'expired', null] as const).map((card) => ({
      id: derivedId('segments', `${points} ${stamps} ${card}`),
      points,
      stamps,
      card,
    })),
  ),
)

await db.query(
  `insert into customers (business_id, id, phone, created_at, updated_at)
   select $1, id, '+9665' || lpad(n::text, 8, '0'), $3::timestamptz, $3::timestamptz
   from unnest($2::uuid[]) with ordinality as c (id, n)`,
  [BUSINESS, cases.map(({ id }) => id), instant(NOW)],
)
for (const [programId, unit] of [
  [POINTS, 'points'],
  [STAMPS, 'stamps'],
] as const) {
  await db.query(
    `insert into accounts (business_id, customer_id, program_id, available, issued, created_at)
     select $1, id, $3, units, -units, $5::timestamptz from unnest($2::uuid[], $4::bigint[]) as a (id, units) where units is not null`,
    [BUSINESS, cases.map(({ id }) => id), programId, cases.map((one) => one[unit]), instant(NOW)],
  )
}
await db.query(
  `insert into awards (business_id, id, customer_id, program_id, number, version, status, goal, lots, lot_units, won_at, expires_at, updated_at)
   select $1, id, id, $3, 1, 1, case card when 'used' then 'used' else 'won' end, 6, '{}', '{}', $5::timestamptz,
     case card when 'expired' then $5::timestamptz end, $5::timestamptz
   from unnest($2::uuid[], $4::text[]) as w (id, card) where card is not null`,
  [BUSINESS, cases.map(({ id }) => id), STAMPS, cases.map(({ card }) => card), instant(NOW)],
)

for (const [title, targets] of [
  [
    'points with a price, stamps with cards only',
    {
      programs: [
        { programId: POINTS, ready: 60, near: 48 },
        { programId: STAMPS, ready: null, near: 5 },
      ],
      cards: [STAMPS],
    },
  ],
  [
    'prices in two programs',
    {
      programs: [
        { programId: POINTS, ready: 60, near: 48 },
        { programId: STAMPS, ready: 8, near: 5 },
      ],
      cards: [],
    },
  ],
  ['cards only', { programs: [{ programId: STAMPS, ready: null, near: 5 }], cards: [STAMPS] }],
  ['nothing to redeem', { programs: [], cards: [] }],
] satisfies [string, Targets][]) {
  test(`${title}: the lists hold whom the standing of a customer says`, async () => {
    const list = (segment: 'ready' | 'almost_there') =>
      listCustomerIds(
        db,
        { businessId: BUSINESS, filter: { segment }, order: { sort: 'joined', direction: 'asc' }, targets, now: NOW },
        null,
        cases.length,
      )
    const expected = (standing: 'ready' | 'near') =>
      cases.filter((one) => standingIn(targets, one) === standing).map(({ id }) => id)
    assert.deepEqual((await list('ready')).map(({ id }) => id).sort(), expected('ready').sort())
    assert.deepEqual((await list('almost_there')).map(({ id }) => id).sort(), expected('near').sort())
  })
}

function standingIn(targets: Targets, { points, stamps, card }: Case) {
  const balances = [
    { programId: POINTS, available: points },
    { programId: STAMPS, available: stamps },
  ].flatMap(({ programId, available }) => (available === null ? [] : [{ programId, available }]))
  return standingOf(targets, balances, card === 'won' && targets.cards.length > 0)
}
