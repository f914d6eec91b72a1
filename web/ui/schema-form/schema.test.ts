// What forms read in the schemas of programs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CashbackSchema } from '../../../contract/program/types/cashback.ts'
import { PointsSchema } from '../../../contract/program/types/points.ts'
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
