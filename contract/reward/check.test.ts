// The terms of rewards: what fits each kind, what contradicts itself, and the pointer of each
// error.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { runs } from '../../test/support/runs.ts'
import { label } from '../program/label.ts'
import { readDefinition } from '../program.ts'
import { type Discount, type RewardKind, type RewardTermsInput, RewardTermsSchema } from '../reward.ts'
import { validate } from '../validation/validate.ts'
import { checkDiscount, checkImageUrl, checkTerms } from './check.ts'
import { normaliseDiscount, normaliseTerms } from './normalise.ts'

const KINDS: Record<RewardKind, RewardTermsInput> = {
  fixed_order: { kind: 'fixed_order', discount_amount: 500 },
  percent_order: { kind: 'percent_order', percent: 10, max_discount_amount: 2000 },
  fixed_products: { kind: 'fixed_products', discount_amount: 500, products: ['coffee'] },
  percent_products: { kind: 'percent_products', percent: 100, categories: ['hot drinks'], quantity: 2 },
}

const EVERY_TERM: Partial<RewardTermsInput> = {
  minimum_order_amount: 2000,
  branches: ['brn_01h455vb4pex5vsknk084sn02q'],
  dates: { from: '2026-01-01', to: '2026-12-31' },
  weekdays: ['sun', 'mon'],
  hours: [{ from: '22:00', to: '02:00' }],
  limits: { per_customer: 1, in_all: 100 },
  combinable: false,
  on_return: 'never',
}

for (const terms of Object.values(KINDS)) {
  test(`${terms.kind} is accepted, alone and with all terms`, () => {
    assert.deepEqual(pointersOf(terms), [])
    assert.deepEqual(pointersOf({ ...terms, ...EVERY_TERM }), [])
  })
}

const { fixed_order: FIXED, percent_order: PERCENT, fixed_products: SOME, percent_products: FREE } = KINDS
const without = (terms: RewardTermsInput, field: keyof RewardTermsInput) => {
  const { [field]: _, ...rest } = terms
  return rest
}

const REFUSED: [what: string, terms: unknown, pointers: string[]][] = [
  ['nothing', null, ['']],
  ['no kind', {}, ['/kind']],
  ['a kind that is none', { ...FIXED, kind: 'free' }, ['/kind']],
  ['a field that is none', { ...FIXED, amount: 5 }, ['/amount']],
  ['half a halala', { ...FIXED, discount_amount: 0.5 }, ['/discount_amount']],
  ['nothing off', { ...FIXED, discount_amount: 0 }, ['/discount_amount']],
  ['more than all of it', { ...PERCENT, percent: 101 }, ['/percent']],
  ['no pieces', { ...FREE, quantity: 0 }, ['/quantity']],
  ['a product twice', { ...SOME, products: ['coffee', 'coffee'] }, ['/products/1']],
  ['an empty list of products', { ...SOME, products: [] }, ['/products']],
  ['limits of nothing', { ...FIXED, limits: {} }, ['/limits']],
  ['a policy of cashback', { ...FIXED, on_return: 'pro_rata' }, ['/on_return']],
  ['a branch that is none', { ...FIXED, branches: ['brn_1'] }, ['/branches/0']],
  // Contradictions between fields of the right shape.
  ['an amount without an amount', without(FIXED, 'discount_amount'), ['/discount_amount']],
  ['an amount off products without one', without(SOME, 'discount_amount'), ['/discount_amount']],
  ['an amount and a percentage', { ...FIXED, percent: 10 }, ['/percent']],
  ['a limit of an amount', { ...FIXED, max_discount_amount: 400 }, ['/max_discount_amount']],
  ['a percentage in the wrong field', { kind: 'fixed_order', percent: 10 }, ['/discount_amount', '/percent']],
  ['a percentage without one', without(PERCENT, 'percent'), ['/percent']],
  ['a percentage off products without one', without(FREE, 'percent'), ['/percent']],
  ['a percentage and an amount', { ...FREE, discount_amount: 500 }, ['/discount_amount']],
  ['off no products', without(SOME, 'products'), ['/products']],
  ['free for nothing', without(FREE, 'categories'), ['/products']],
  ['products of an order', { ...FIXED, products: ['coffee'] }, ['/products']],
  ['categories of an order', { ...PERCENT, categories: ['hot'] }, ['/categories']],
  [
    'pieces and modifiers of an order',
    { ...PERCENT, quantity: 1, includes_modifiers: false },
    ['/quantity', '/includes_modifiers'],
  ],
  ['a day that the calendar lacks', { ...FIXED, dates: { from: '2026-02-29' } }, ['/dates/from']],
  ['dates the wrong way round', { ...FIXED, dates: { from: '2026-02-02', to: '2026-02-01' } }, ['/dates/to']],
  ['hours of no length', { ...FIXED, hours: [{ from: '08:00', to: '08:00' }] }, ['/hours/0/to']],
  ['one more often than all', { ...FIXED, limits: { per_customer: 3, in_all: 2 } }, ['/limits/per_customer']],
]

for (const [what, terms, pointers] of REFUSED) {
  test(`refused at ${pointers.join(', ') || 'the root'}: ${what}`, () => {
    assert.deepEqual(pointersOf(terms), pointers)
    for (const { message, message_ar } of problemsOf(terms)) {
      assert.match(message, /[a-z]/)
      assert.match(message_ar ?? '', /[\u0600-\u06ff]/)
    }
  })
}

test('the pointers of nested terms start at their parent', () => {
  const terms: RewardTermsInput = { kind: 'fixed_order', hours: [{ from: '08:00', to: '08:00' }] }
  assert.deepEqual(
    checkTerms(terms, '/reward').map(({ pointer }) => pointer),
    ['/reward/discount_amount', '/reward/hours/0/to'],
  )
})

const card = (discount: object) => ({
  type: 'stamps',
  rules: [{ id: 'drink', earn: { kind: 'per_item', units: 1 } }],
  goal: 6,
  reward: { name: { en: 'Free drink', ar: 'مشروب مجاني' }, discount },
})

test('the reward of a stamp card has the same checks and defaults', () => {
  const read = readDefinition(card(FREE))
  assert(read.kind === 'ok' && read.definition.type === 'stamps')
  assert.deepEqual(read.definition.reward.discount, { ...FREE, includes_modifiers: false })
  for (const [discount, pointer] of [
    [{ kind: 'percent_products', categories: ['hot'] }, '/reward/discount/percent'],
    [{ ...FIXED, quantity: 1 }, '/reward/discount/quantity'],
    [{ ...FIXED, combinable: true }, '/reward/discount/combinable'],
  ] as const) {
    const refused = readDefinition(card(discount))
    assert.deepEqual(refused.kind === 'invalid' && refused.errors.map((one) => one.pointer), [pointer])
  }
})

test('defaults are filled in once and never replace given values', () => {
  const terms = { combinable: true, on_return: 'full_return' }
  assert.deepEqual(normaliseTerms(FIXED), { ...FIXED, ...terms })
  assert.deepEqual(normaliseTerms(SOME), { ...SOME, ...terms, quantity: 1, includes_modifiers: false })
  const everything = { ...FREE, ...EVERY_TERM, includes_modifiers: true }
  assert.deepEqual(normaliseTerms(everything), everything)
  for (const kind of Object.values(KINDS)) {
    assert.deepEqual(normaliseTerms(normaliseTerms(kind)), normaliseTerms(kind))
    assert.deepEqual(normaliseDiscount(normaliseDiscount(kind)), normaliseDiscount(kind))
    assert.deepEqual(pointersOf(normaliseTerms(kind)), [])
  }
})

test('an image needs an https URL', () => {
  for (const url of ['https://shop.example/coffee.png', 'https://shop.example:8443/a%20b?w=300#x'])
    assert.deepEqual(checkImageUrl(url, '/image_url'), [], url)
  const refused = [
    '',
    'coffee.png',
    '//shop.example/a.png',
    'http://shop.example/a.png',
    'data:image/png;base64,AA==',
    'javascript:alert(1)',
    'https://',
    'https://me:secret@shop.example/a.png',
    'https://shop.example/a b.png',
    ' https://shop.example/a.png',
    'https://shop.example/a.png\n',
    'https://shop.example/صورة.png',
  ]
  for (const url of refused)
    assert.deepEqual(
      checkImageUrl(url, '/image_url').map(({ pointer }) => pointer),
      ['/image_url'],
      url,
    )
})

test('a nullable value is null or valid', () => {
  const url = Type.Union([Type.String({ maxLength: 3, title: 'Picture' }), Type.Null()])
  const schema = Type.Object({ url }, label('Change', 'التعديل', 'A change.', 'تعديل.'))
  const wrong = (url: unknown) => validate(schema, { url }).map(({ pointer, message }) => [pointer, message])
  assert.deepEqual(wrong(null), [])
  assert.deepEqual(wrong('abc'), [])
  assert.deepEqual(wrong('abcd'), [['/url', 'Picture: too long, at most 3 characters']])
  assert.deepEqual(wrong(5), [['/url', 'Picture: must be text']])
})

test('a kind has an amount or a percentage, products or the whole order, never both', () => {
  const discounts = fc.record(
    {
      kind: fc.constantFrom(...(Object.keys(KINDS) as RewardKind[])),
      discount_amount: fc.integer({ min: 1, max: 10_000 }),
      percent: fc.integer({ min: 1, max: 100 }),
      max_discount_amount: fc.integer({ min: 1, max: 10_000 }),
      products: fc.constant<string[]>(['coffee']),
      categories: fc.constant<string[]>(['hot']),
      quantity: fc.integer({ min: 1, max: 100 }),
      includes_modifiers: fc.boolean(),
    },
    { requiredKeys: ['kind'] },
  )
  const compiled = Compile(RewardTermsSchema)
  fc.assert(
    fc.property(discounts, (discount) => {
      assert.equal(compiled.Check(discount), true)
      assert.deepEqual(validate(RewardTermsSchema, discount), [])
      const given = (...fields: (keyof Discount)[]) => fields.filter((field) => field in discount).length
      const fixed = discount.kind.startsWith('fixed')
      const goods = discount.kind.endsWith('products')
      const value = fixed
        ? given('discount_amount') === 1 && given('percent', 'max_discount_amount') === 0
        : given('percent') === 1 && given('discount_amount') === 0
      const scope = goods
        ? given('products', 'categories') > 0
        : given('products', 'categories', 'quantity', 'includes_modifiers') === 0
      assert.equal(checkDiscount(discount, '').length === 0, value && scope)
    }),
    { numRuns: runs(1000) },
  )
})

/** The errors of its shape, or else of its meaning. */
function problemsOf(terms: unknown) {
  const misshapen = validate(RewardTermsSchema, terms)
  return misshapen.length > 0 ? misshapen : checkTerms(terms as RewardTermsInput)
}

function pointersOf(terms: unknown): string[] {
  return problemsOf(terms).map(({ pointer }) => pointer)
}
