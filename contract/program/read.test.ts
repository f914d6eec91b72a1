// Program definitions as sent: what is accepted, what is refused, and the pointer of each error.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { runs } from '../../test/support/runs.ts'
import { type DefinitionInput, DefinitionSchema, normaliseDefinition, readDefinition } from '../program.ts'
import { validate } from '../validation/validate.ts'

const BASE = { id: 'base', earn: { kind: 'per_amount', units: 1, per: 100 } }
const POINTS = { type: 'points', rules: [BASE] }
const STAMPS = {
  type: 'stamps',
  rules: [{ id: 'drink', when: { categories: { include: ['_7ad32937'] } }, earn: { kind: 'per_item', units: 1 } }],
  goal: 6,
  reward: { name: { en: 'Free drink', ar: 'مشروب مجاني' }, valid_days: 30 },
}
const CASHBACK = {
  type: 'cashback',
  rules: [{ id: 'five', earn: { kind: 'percent', basis_points: 500 } }],
  minimum_to_redeem: 1000,
}
const SUBSCRIPTION = {
  type: 'subscription',
  plan: { products_bought: ['plan-30'], period: { unit: 'month', count: 1 }, uses_per_period: 30, per_day_limit: 2 },
}

/** Every field once. */
const EVERYTHING = {
  type: 'cashback',
  rules: [
    {
      id: 'all',
      name: { en: 'All', ar: 'الكل' },
      when: {
        order_types: ['dine_in', 'pick_up', 'delivery', 'drive_thru', 'other'],
        channels: ['cashier', 'api', 'call_center', 'other'],
        branches: ['brn_01h455vb4pex5vsknk084sn02q'],
        weekdays: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
        hours: [
          { from: '22:00', to: '02:00' },
          { from: '08:00', to: '24:00' },
        ],
        dates: { from: '2026-01-01', to: '2026-12-31' },
        minimum_amount: 5000,
        products: { include: ['a'], exclude: ['b'] },
        categories: { include: ['a'], exclude: ['b'] },
        first_order: true,
        birthday: { days_before: 3, days_after: 7 },
        payments: { include: ['cash', 'card'], exclude: ['gift_card', 'house_account', 'loyalty', 'other'] },
      },
      earn: { kind: 'percent', basis_points: 500 },
    },
    { id: 'item', earn: { kind: 'per_item', units: 10 } },
    { id: 'order', earn: { kind: 'per_order', units: 10 } },
    { id: 'amount', earn: { kind: 'per_amount', units: 1, per: 100 } },
    { id: 'double', earn: { kind: 'multiplier', numerator: 2, denominator: 1 } },
  ],
  combine: 'best',
  base: { tax: 'excluded' },
  rounding: 'carry',
  caps: { per_order: 100, per_customer: { day: 200, week: 300, month: 400 }, budget: 100_000 },
  pending_days: 14,
  expiry: { kind: 'after', months: 12, month_end: true },
  debt: 'clamp',
  minimum_to_redeem: 500,
  maximum_share_basis_points: 5000,
}

test('each type is accepted, and its defaults are filled in', () => {
  const filled = {
    combine: 'sum',
    base: { tax: 'included' },
    rounding: 'floor',
    pending_days: 0,
    expiry: { kind: 'never' },
    debt: 'allow',
  }
  for (const definition of [POINTS, STAMPS, CASHBACK]) {
    assert.deepEqual(readDefinition(definition), { kind: 'ok', definition: { ...definition, ...filled } })
  }
  assert.deepEqual(readDefinition(SUBSCRIPTION), {
    kind: 'ok',
    definition: {
      ...SUBSCRIPTION,
      plan: { ...SUBSCRIPTION.plan, periods: 1, rollover: 'none', renewal: 'extend' },
      debt: 'allow',
    },
  })
})

test('given values stay unchanged, and filling in defaults is idempotent', () => {
  assert.deepEqual(readDefinition(EVERYTHING), { kind: 'ok', definition: EVERYTHING })
  for (const definition of [POINTS, STAMPS, CASHBACK, SUBSCRIPTION]) {
    const once = normaliseDefinition(definition as DefinitionInput)
    assert.deepEqual(normaliseDefinition(once), once)
  }
})

test('a program keeps its type', () => {
  assert.equal(readDefinition(POINTS, 'points').kind, 'ok')
  assert.deepEqual(pointersOf(POINTS, 'stamps'), ['/type'])
})

const withRule = (rule: object) => ({ type: 'points', rules: [{ ...BASE, ...rule }] })
const withWhen = (when: object) => withRule({ when })
const withPlan = (plan: object) => ({ ...SUBSCRIPTION, plan: { ...SUBSCRIPTION.plan, ...plan } })

const REFUSED: [what: string, definition: unknown, pointer: string][] = [
  ['no object', [], ''],
  ['nothing', null, ''],
  ['no type', {}, '/type'],
  ['a type that is none', { ...POINTS, type: 'coins' }, '/type'],
  ['a type that every object has', { ...POINTS, type: 'constructor' }, '/type'],
  ['no rules', { type: 'points' }, '/rules'],
  ['an empty list of rules', { ...POINTS, rules: [] }, '/rules'],
  ['too many rules', { ...POINTS, rules: Array.from({ length: 51 }, (_, n) => ({ ...BASE, id: `r${n}` })) }, '/rules'],
  ['rules in no list', { ...POINTS, rules: BASE }, '/rules'],
  ['a field that is none', { ...POINTS, rouding: 'carry' }, '/rouding'],
  ['a field with a slash in its name', { ...POINTS, 'a/b~c': 1 }, '/a~1b~0c'],
  ['a field that every object has', JSON.parse(JSON.stringify(POINTS).replace('{', '{"__proto__":1,')), '/__proto__'],
  ['a method that every object has', { ...POINTS, constructor: 1 }, '/constructor'],
  ['a rule without earn', { type: 'points', rules: [{ id: 'base' }] }, '/rules/0/earn'],
  ['an id in capitals', withRule({ id: 'Base' }), '/rules/0/id'],
  ['a kind that is none', withRule({ earn: { kind: 'per_smile', units: 1 } }), '/rules/0/earn/kind'],
  ['a field of another kind', withRule({ earn: { kind: 'per_order', units: 1, per: 100 } }), '/rules/0/earn/per'],
  ['per nothing', withRule({ earn: { kind: 'per_amount', units: 1, per: 0 } }), '/rules/0/earn/per'],
  ['half a unit', withRule({ earn: { kind: 'per_order', units: 0.5 } }), '/rules/0/earn/units'],
  ['a number in a text', withRule({ earn: { kind: 'per_order', units: '5' } }), '/rules/0/earn/units'],
  ['a name in one language', withRule({ name: { en: 'Base' } }), '/rules/0/name/ar'],
  ['a blank name', withRule({ name: { en: ' ', ar: 'أ' } }), '/rules/0/name/en'],
  ['a name that cannot be stored', withRule({ name: { en: 'a\u0000', ar: 'أ' } }), '/rules/0/name/en'],
  ['a long name', withRule({ name: { en: 'a'.repeat(81), ar: 'أ' } }), '/rules/0/name/en'],
  ['a day that is none', withWhen({ weekdays: ['monday'] }), '/rules/0/when/weekdays/0'],
  ['a day twice', withWhen({ weekdays: ['mon', 'mon'] }), '/rules/0/when/weekdays/1'],
  [
    'hours twice',
    withWhen({
      hours: [
        { from: '08:00', to: '09:00' },
        { to: '09:00', from: '08:00' },
      ],
    }),
    '/rules/0/when/hours/1',
  ],
  ['an hour that is none', withWhen({ hours: [{ from: '24:00', to: '23:00' }] }), '/rules/0/when/hours/0/from'],
  ['a branch that is none', withWhen({ branches: ['brn_1'] }), '/rules/0/when/branches/0'],
  ['a filter of nothing', withWhen({ products: {} }), '/rules/0/when/products'],
  ['no first order', withWhen({ first_order: false }), '/rules/0/when/first_order'],
  ['a date in another form', withWhen({ dates: { from: '1.1.2026' } }), '/rules/0/when/dates/from'],
  [
    'a percentage of everything and more',
    { ...CASHBACK, maximum_share_basis_points: 10_001 },
    '/maximum_share_basis_points',
  ],
  ['a card without a goal', { ...STAMPS, goal: 0 }, '/goal'],
  ['a flag that is none', { ...POINTS, expiry: { kind: 'after', months: 1, month_end: 'yes' } }, '/expiry/month_end'],
  ['an expiry that is none', { ...POINTS, expiry: { kind: 'soon' } }, '/expiry/kind'],
  ['an expiry in a text', { ...POINTS, expiry: 'never' }, '/expiry'],
  ['caps of nothing', { ...POINTS, caps: {} }, '/caps'],
  ['a cap of nothing', { ...POINTS, caps: { per_customer: { day: 0 } } }, '/caps/per_customer/day'],
  ['a goal in points', { ...POINTS, goal: 6 }, '/goal'],
  ['rules in a subscription', { ...SUBSCRIPTION, rules: [BASE] }, '/rules'],
  ['a plan that nothing buys', withPlan({ products_bought: [] }), '/plan/products_bought'],
  // Contradictions between fields of the right shape.
  ['one id twice', { type: 'points', rules: [BASE, BASE] }, '/rules/1/id'],
  ['multipliers alone', withRule({ earn: { kind: 'multiplier', numerator: 2, denominator: 1 } }), '/rules'],
  ['a percentage in points', withRule({ earn: { kind: 'percent', basis_points: 500 } }), '/rules/0/earn/kind'],
  ['a day that the calendar lacks', withWhen({ dates: { from: '2026-02-29' } }), '/rules/0/when/dates/from'],
  ['a last day that the calendar lacks', withWhen({ dates: { to: '2026-04-31' } }), '/rules/0/when/dates/to'],
  [
    'dates the wrong way round',
    withWhen({ dates: { from: '2026-02-02', to: '2026-02-01' } }),
    '/rules/0/when/dates/to',
  ],
  ['hours of no length', withWhen({ hours: [{ from: '08:00', to: '08:00' }] }), '/rules/0/when/hours/0/to'],
  [
    'a product in and out',
    withWhen({ products: { include: ['a', 'b'], exclude: ['b'] } }),
    '/rules/0/when/products/include/1',
  ],
  [
    'a category in and out',
    withWhen({ categories: { include: ['a'], exclude: ['a'] } }),
    '/rules/0/when/categories/include/0',
  ],
  [
    'a payment in and out',
    withWhen({ payments: { include: ['cash'], exclude: ['cash'] } }),
    '/rules/0/when/payments/include/0',
  ],
  ['an expiry after nothing', { ...POINTS, expiry: { kind: 'after' } }, '/expiry'],
  ['an expiry after days and months', { ...POINTS, expiry: { kind: 'after', days: 1, months: 1 } }, '/expiry/days'],
  ['an expiry on no day', { ...POINTS, expiry: { kind: 'fixed', date: '2026-06-31' } }, '/expiry/date'],
  [
    'a wait as long as the life',
    { ...POINTS, pending_days: 28, expiry: { kind: 'after', months: 1 } },
    '/pending_days',
  ],
  [
    'a wait longer than sliding expiry',
    { ...POINTS, pending_days: 8, expiry: { kind: 'sliding', days: 7 } },
    '/pending_days',
  ],
  ['more a day than a period', withPlan({ per_day_limit: 31 }), '/plan/per_day_limit'],
  ['plan hours of no length', withPlan({ hours: [{ from: '08:00', to: '08:00' }] }), '/plan/hours/0/to'],
  [
    'a plan for a product in and out',
    withPlan({ products: { include: ['a'], exclude: ['a'] } }),
    '/plan/products/include/0',
  ],
  [
    'a plan for a category in and out',
    withPlan({ categories: { include: ['a'], exclude: ['a'] } }),
    '/plan/categories/include/0',
  ],
]

for (const [what, definition, pointer] of REFUSED) {
  test(`refused at ${pointer || 'the root'}: ${what}`, () => {
    const read = readDefinition(definition)
    assert.equal(read.kind, 'invalid')
    assert.deepEqual(pointersOf(definition), [pointer])
    const [problem] = read.kind === 'invalid' ? read.errors : []
    assert.match(problem?.message ?? '', /[a-z]/)
    assert.match(problem?.message_ar ?? '', /[\u0600-\u06ff]/)
  })
}

test('a single day and hours until 24:00 are valid', () => {
  const when = { dates: { from: '2028-02-29', to: '2028-02-29' }, hours: [{ from: '20:00', to: '24:00' }] }
  assert.equal(readDefinition(withWhen(when)).kind, 'ok')
})

test('all errors are reported at once, up to fifty', () => {
  assert.deepEqual(
    pointersOf({ type: 'points', rules: [{ id: 'A', earn: { kind: 'per_amount', units: 0 } }], combine: 'max' }),
    ['/rules/0/id', '/rules/0/earn/per', '/rules/0/earn/units', '/combine'],
  )
  const read = readDefinition(
    Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`key${n}`, n]).concat([['type', 'points' as never]])),
  )
  assert.equal(read.kind === 'invalid' && read.errors.length, 50)
})

test('any JSON is read or refused, and the validator agrees with TypeBox', () => {
  const compiled = Compile(DefinitionSchema)
  const seeds = [POINTS, STAMPS, CASHBACK, SUBSCRIPTION, EVERYTHING]
  const values = fc.oneof(
    fc.jsonValue(),
    fc.integer({ min: -2, max: 20_000 }),
    fc.constantFrom('', 'mon', 'base', true, null, 0.5),
  )
  const mutated = fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(), values, fc.boolean()), { minLength: 1, maxLength: 3 }),
    )
    .map(([seed, changes]) =>
      changes.reduce((json, [at, value, drop]) => changed(json, at, value, drop), structuredClone<unknown>(seed)),
    )
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), mutated), (value) => {
      assert.equal(validate(DefinitionSchema, value).length === 0, compiled.Check(value))
      const read = readDefinition(value)
      if (read.kind === 'ok') assert.ok(compiled.Check(read.definition))
      else assert.ok(read.errors.length > 0)
    }),
    { numRuns: runs(1000) },
  )
})

test('every field of the schema has a label in both languages', () => {
  const bare: string[] = []
  visit(DefinitionSchema, '', (shape, path) => {
    const words = [shape.title, shape['x-title-ar'], shape.description, shape['x-description-ar']]
    const isArabic = words.map((text) => /\p{Script=Arabic}/u.test(String(text)))
    if (words.some((text) => !text) || String(isArabic) !== 'false,true,false,true') bare.push(path)
    if (shape.type === 'object') assert.equal(shape.additionalProperties, false, path)
  })
  assert.deepEqual(bare, [])
})

function pointersOf(definition: unknown, type?: DefinitionInput['type']): string[] {
  const read = readDefinition(definition, type)
  return read.kind === 'invalid' ? read.errors.map((problem) => problem.pointer) : []
}

/** Changes or removes one value in the JSON, counted in the sequence of its keys. */
function changed(json: unknown, at: number, value: unknown, drop: boolean): unknown {
  const places: [holder: Record<string, unknown>, key: string][] = []
  const collect = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return
    const holder = node as Record<string, unknown>
    for (const key of Object.keys(holder)) {
      places.push([holder, key])
      collect(holder[key])
    }
  }
  collect(json)
  const place = places[at % Math.max(1, places.length)]
  if (!place) return value
  const [holder, key] = place
  if (drop && !Array.isArray(holder)) delete holder[key]
  else holder[key] = value
  return json
}

type Shape = Record<string, unknown> & { type?: string; const?: unknown }

/** Every schema of a field; a discriminator is described by its branch. */
function visit(schema: object, path: string, see: (shape: Shape, path: string) => void): void {
  const shape = schema as Shape & { properties?: Record<string, object>; items?: object; anyOf?: object[] }
  if (typeof shape.const !== 'string') see(shape, path)
  for (const [key, property] of Object.entries(shape.properties ?? {})) visit(property, `${path}/${key}`, see)
  for (const branch of shape.anyOf ?? []) visit(branch, path, see)
  if (shape.items) visit(shape.items, `${path}/*`, see)
}
