// What forms read in the schemas of programs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PlanSchema } from '../../../contract/program/plan.ts'
import { CashbackSchema } from '../../../contract/program/types/cashback.ts'
import { PointsSchema } from '../../../contract/program/types/points.ts'
import { RewardTermsSchema } from '../../../contract/reward.ts'
import {
  beginOf,
  branchOf,
  constantOf,
  controlOf,
  type FormSchema,
  switchBranch,
  titleOf,
  withMember,
} from './schema.ts'

const points = PointsSchema as unknown as FormSchema
const cashback = CashbackSchema as unknown as FormSchema
const rule = points.properties?.rules?.items ?? {}
const earn = rule.properties?.earn ?? {}

test('every field of a program has a control and a title in both languages', () => {
  const visit = (schema: FormSchema, at: string): string[] => {
    const control = controlOf(schema)
    const { en, ar } = titleOf(schema)
    const isNamed = control === 'constant' || at === '' || (en !== '' && /[\u0600-\u06ff]/.test(ar))
    const inside = [
      ...Object.entries(schema.properties ?? {}).flatMap(([name, one]) => visit(one, `${at}/${name}`)),
      ...(schema.anyOf ?? []).flatMap((one, index) => visit(one, `${at}|${index}`)),
      ...(schema.items && control === 'list' ? visit(schema.items, `${at}/-`) : []),
    ]
    return [...(isNamed ? [] : [`${at}: ${control}`]), ...inside]
  }
  assert.deepEqual(
    [points, cashback].flatMap((schema) => visit(schema, '')).filter((fault) => !fault.includes('earn:')),
    [],
  )
})

test('every list of ids says what the ids refer to', () => {
  const visit = (schema: FormSchema, at: string): string[] => [
    ...(controlOf(schema) === 'ids' ? [`${at}: ${schema.items?.['x-refers-to']}`] : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, one]) => visit(one, `${at}/${name}`)),
    ...(schema.items ? visit(schema.items, at) : []),
  ]
  const all = [points, PlanSchema, RewardTermsSchema].map((schema) => visit(schema as unknown as FormSchema, ''))
  assert.deepEqual(all[0], [
    '/rules/when/branches: branch',
    '/rules/when/products/include: product',
    '/rules/when/products/exclude: product',
    '/rules/when/categories/include: category',
    '/rules/when/categories/exclude: category',
  ])
  assert.deepEqual(all[2], ['/products: product', '/categories: category', '/branches: branch'])
  assert.equal(
    all[1]?.some((line) => line.endsWith('undefined')),
    false,
  )
})

test('a new rule begins with what it must have', () => {
  const begun = beginOf(rule) as { earn: { kind: string } }
  assert.equal(typeof begun.earn.kind, 'string')
  assert.deepEqual(beginOf(points.properties?.rules ?? {}), [begun])
})

test('another branch of a union keeps what both have', () => {
  const branches = earn.anyOf ?? []
  const [from, to] = branches.filter(({ properties }) => properties?.units !== undefined)
  assert.ok(from && to)
  const value = { kind: constantOf(earn, from), units: 3 }
  assert.equal(branchOf(earn, value), from)
  assert.deepEqual(
    { ...(switchBranch(earn, value, to) as object) },
    { ...(beginOf(to) as object), kind: constantOf(earn, to), units: 3 },
  )
})

test('what is emptied is removed', () => {
  assert.deepEqual(withMember({ a: 1, b: 2 }, 'a', undefined), { b: 2 })
  assert.deepEqual(withMember(undefined, 'a', 1), { a: 1 })
})
