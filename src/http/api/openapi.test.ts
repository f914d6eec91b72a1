// The OpenAPI document says everything that a caller needs: what each operation is for, takes,
// answers and refuses.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../test/support/app.ts'

const app = await testApp()
const { body: document } = await app.call({ path: '/openapi.json' })

type Json = Record<string, unknown>

interface Described {
  what: string
  path: string
  operation: {
    operationId?: string
    summary?: string
    tags?: string[]
    security?: object[]
    parameters?: { name: string; in: string; description?: string; required?: boolean }[]
    requestBody?: { content: Record<string, { schema: Json }> }
    responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>
  }
}

/** Operations of people who are not signed in. */
const SESSION_SCHEMES: Record<string, string[]> = {
  'post /api/v1/session': [],
  'post /api/v1/session/link': [],
  'delete /api/v1/session': [],
  'post /api/v1/session/second-factor': [],
  'post /api/v1/session/passkey/options': [],
  'post /api/v1/session/passkey': [],
  'post /api/v1/session/password-reset': [],
  'post /api/v1/session/password-reset/complete': [],
  'post /api/v1/account/email-change/confirm': [],
  'post /api/v1/session/invitation': [],
  'post /api/v1/session/invitation/accept': [],
}

const METHODS = ['get', 'post', 'patch', 'put', 'delete']

const operations: Described[] = Object.entries<Record<string, Described['operation']>>(document.paths).flatMap(
  ([path, methods]) =>
    path.startsWith('/api/v1/')
      ? Object.entries(methods).map(([method, operation]) => ({ what: `${method} ${path}`, path, operation }))
      : [],
)

test('the document is OpenAPI 3.1, and every reference in it leads somewhere', () => {
  assert.match(document.openapi, /^3\.1\./)
  assert(document.info.title && document.info.version && document.info.description)
  assert(operations.length >= 40)
  for (const [path, methods] of Object.entries<object>(document.paths)) {
    assert.match(path, /^\//)
    for (const method of Object.keys(methods)) assert(METHODS.includes(method), `${method} ${path}`)
  }
  for (const reference of JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g)) {
    const target = (reference[1] ?? '')
      .split('/')
      .slice(1)
      .reduce<unknown>((at, key) => (at as Json | undefined)?.[key], document)
    assert(target !== undefined, `${reference[1]} leads nowhere`)
  }
})

test('each operation has a name of its own, a summary, a tag and the key that it needs', () => {
  const ids = operations.map(({ operation }) => operation.operationId)
  assert.equal(new Set(ids).size, operations.length)
  for (const { what, operation } of operations) {
    assert.match(operation.operationId ?? '', /^[a-z][A-Za-z]+$/, what)
    assert(operation.summary && operation.summary.length < 40, what)
    assert.equal(operation.tags?.length, 1, what)
    const schemes = (operation.security ?? []).flatMap((scheme) => Object.keys(scheme))
    assert.deepEqual(
      schemes,
      operation.tags?.[0] === 'Session' ? (SESSION_SCHEMES[what] ?? ['session']) : ['apiKey', 'session'],
      what,
    )
    for (const scheme of schemes) assert(document.components.securitySchemes[scheme])
  }
})

test('each parameter is described, and each of the path is declared', () => {
  for (const { what, path, operation } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
    assert.deepEqual(
      declared.map((parameter) => parameter.name),
      named,
      what,
    )
    for (const { name, description } of operation.parameters ?? []) assert(description, `${what}: ${name}`)
  }
})

test('each operation says how it succeeds and how it refuses', () => {
  for (const { what, path, operation } of operations) {
    const statuses = Object.keys(operation.responses)
    assert.equal(statuses.filter((status) => status.startsWith('2')).length, 1, what)
    const isPublic = operation.security?.length === 0
    for (const status of [...(isPublic ? [] : ['401']), '403', '422', '429', '500', '503'])
      assert(statuses.includes(status), `${what}: ${status}`)
    if (path.includes('{')) assert(statuses.includes('404'), `${what}: 404`)
    for (const [status, { description, content }] of Object.entries(operation.responses)) {
      assert(description, `${what}: ${status}`)
      const types = Object.keys(content ?? {})
      const expected =
        status === '204' ? [] : [status.startsWith('2') ? 'application/json' : 'application/problem+json']
      assert.deepEqual(types, expected, `${what}: ${status}`)
    }
  }
})

/** Names that say what they hold. */
const PLAIN = ['en', 'ar', 'data']

/**
 * Fields without a word of description, however deep. Program definitions have tests of their own.
 */
function undescribed(schema: Json, where: string): string[] {
  const fields = Object.entries((schema.properties ?? {}) as Record<string, Json>).filter(
    ([name]) => name !== 'definition',
  )
  const choices = (schema.anyOf ?? []) as Json[]
  const items = schema.items as Json | undefined
  return [
    ...fields.flatMap(([name, field]) => {
      const told = [field, ...((field.anyOf ?? []) as Json[])].some((one) => one.description || one.properties)
      return [...(told || PLAIN.includes(name) ? [] : [`${where}.${name}`]), ...undescribed(field, `${where}.${name}`)]
    }),
    ...choices.flatMap((one) => undescribed(one, where)),
    ...(items ? undescribed(items, `${where}[]`) : []),
  ]
}

test('each field that is taken or given is described, and no unknown one is taken', () => {
  for (const { what, operation } of operations) {
    for (const { schema } of Object.values(operation.requestBody?.content ?? {})) {
      assert.equal(schema.additionalProperties, false, what)
      assert(Object.keys(schema.properties as Json).length > 0, what)
      assert.deepEqual(undescribed(schema, what), [])
    }
    for (const [status, { content = {} }] of Object.entries(operation.responses)) {
      if (!status.startsWith('2')) continue
      for (const { schema } of Object.values(content)) assert.deepEqual(undescribed(schema, what), [])
    }
  }
})

test('a reward is documented field by field, and what it must have is what every kind needs', () => {
  const created = operations.find(({ operation }) => operation.operationId === 'createReward')
  const schema = created?.operation.requestBody?.content['application/json']?.schema ?? {}
  assert.deepEqual([...(schema.required as string[])].sort(), ['kind', 'name', 'price', 'program_id'])
  for (const word of ['percent_products', 'max_discount_amount', 'minimum_order_amount', 'per_customer', 'weekdays'])
    assert(JSON.stringify(schema).includes(word), word)
})

test('a program definition is documented field by field, as the contract has it', () => {
  const created = operations.find(({ operation }) => operation.operationId === 'createProgram')
  const schema = JSON.stringify(created?.operation.requestBody)
  for (const word of ['per_amount', 'basis_points', 'uses_per_period', 'goal', 'month_end'])
    assert(schema.includes(word), word)
})
