// The HTTP server as a whole: authentication, limits, the shape of errors, security headers and
// what is never logged.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { connect as openSocket } from 'node:net'
import { test } from 'node:test'
import { ERRORS } from '../../contract/errors.ts'
import { type Answer, METRICS_TOKEN, testApp } from '../../test/support/app.ts'
import { testServer } from '../../test/support/database.ts'
import { PASSWORD, signedIn } from '../../test/support/staff.ts'
import { createApiKey } from '../businesses/api-keys.ts'
import { revokePosTokens } from '../businesses/pos-tokens.ts'
import { createDatabase } from '../db/database.ts'
import { foodicsBody } from '../integrations/foodics/fixtures/body.ts'

const app = await testApp()
const { ctx, call, post, tokens, business, url } = app

const order = () => foodicsBody()

/** Every error has the same shape, whatever produced it. */
function assertProblem(answer: Answer, status: number, code: keyof typeof ERRORS): void {
  assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body))
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
  assert.equal(ERRORS[code].status, status)
  const { type, title, detail, message, request_id } = answer.body
  assert.equal(type, `/docs/errors#${code}`)
  assert.equal(title, ERRORS[code].title.en)
  assert(detail && message)
  assert.equal(request_id, answer.headers.get('x-request-id'))
}

test('an order of the sample shop earns: HTTP, ingest and ledger work together', async () => {
  const answer = await post(order())
  assert.equal(answer.status, 200)
  assert.equal(answer.body.result, 'processed')
  // 24.00 SAR: 1 point per riyal, one hot drink, 5 % of 2400 halalas.
  assert.deepEqual(
    answer.body.movements.map(({ program_type, units }: { program_type: string; units: number }) => [
      program_type,
      units,
    ]),
    [
      ['points', 24],
      ['stamps', 1],
      ['cashback', 120],
    ],
  )
})

test('POS API: 401 before 404 before 403', async () => {
  const to = (posName: string, bearer: string | null) =>
    call({ method: 'POST', path: `/pos/1.0.0/${posName}/order`, body: order(), bearer })
  assertProblem(await to('foodics', null), 401, 'unauthenticated')
  assertProblem(await to('nowhere', null), 401, 'unauthenticated')
  assertProblem(await to('foodics', `${tokens.foodics}x`), 401, 'unauthenticated')
  assertProblem(await to('nowhere', tokens.foodics), 404, 'pos_unknown')
  assertProblem(await to('standard', tokens.foodics), 403, 'pos_mismatch')
  assertProblem(await to('FOODICS', tokens.foodics), 404, 'pos_unknown')
  assertProblem(await to('..%2Fstandard', tokens.foodics), 404, 'pos_unknown')
  assert.match((await to('foodics', null)).headers.get('www-authenticate') ?? '', /^Bearer/)
})

test('a POS token is refused by the business API, and an API key by the POS API', async () => {
  assertProblem(await call({ path: '/api/v1/programs', bearer: tokens.foodics }), 401, 'unauthenticated')
  assertProblem(
    await call({ method: 'POST', path: '/pos/1.0.0/foodics/order', body: order(), bearer: business.apiKey }),
    401,
    'unauthenticated',
  )
})

test('a revoked POS token is refused from the next request on', async (t) => {
  const own = await testApp(t)
  assert.equal((await own.post(order())).status, 200)
  await revokePosTokens(own.ctx.db.by('system:test'), 'foodics', { issuedBefore: own.ctx.clock.now() + 1_000 }, own.ctx)
  own.ctx.posKeys.forget()
  assertProblem(await own.post(order()), 401, 'unauthenticated')
})

test('messages for cashiers are in Arabic, unless the request asks for English', async () => {
  const message = async (headers: Record<string, string>) => (await post('{', { headers })).body.message
  assert.match(await message({}), /^محتوى طلب API ليس JSON/)
  assert.match(await message({ 'accept-language': 'en-GB,en;q=0.9' }), /^The request body is not valid JSON/)
  assert.match(await message({ 'accept-language': 'ar-SA' }), /^محتوى/)
})

test('400 invalid_json names the position of the error', async () => {
  const cases: [string | Uint8Array, RegExp][] = [
    ['', /empty/],
    ['{"a":', /ends too early/],
    ['{"a":1\n,}', /at line 2, column 2/],
    ['{"a":1} x', /at line 1, column 9/],
    ['nope', /unexpected character o/],
    [Buffer.from([0x7b, 0xff, 0x7d]), /not valid UTF-8/],
    [Buffer.from('{}', 'utf16le'), /not valid JSON/],
  ]
  for (const [body, detail] of cases) {
    const answer = await post(body)
    assertProblem(answer, 400, 'invalid_json')
    assert.match(answer.body.detail, detail)
  }
})

test('unusual but valid JSON content types and a byte order mark are accepted; other types are 415', async () => {
  const send = (type: string, body: string | Uint8Array) => post(body, { headers: { 'content-type': type } })
  const text = JSON.stringify(order())
  for (const type of [
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'Application/JSON',
    'application/vnd.foodics.v2+json',
  ]) {
    assert.equal((await send(type, text)).status, 200, type)
  }
  assert.equal((await send('application/json', `\uFEFF${text}`)).status, 200)
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'text/json',
    'multipart/form-data; boundary=x',
  ]) {
    assertProblem(await send(type, text), 415, 'unsupported_media_type')
  }
})

test('a body above 1 MiB is 413 in both APIs; a smaller one is read', async () => {
  const big = JSON.stringify({ ...order(), padding: 'x'.repeat(1024 * 1024) })
  assertProblem(await post(big), 413, 'too_large')
  assertProblem(
    await call({ method: 'POST', path: '/api/v1/programs', body: big, bearer: business.apiKey }),
    413,
    'too_large',
  )
  const fits = JSON.stringify({ ...order(), padding: 'x'.repeat(1000 * 1024) })
  assert.equal((await post(fits)).status, 200)
})

test('keys such as __proto__ are plain keys in the POS API, and refused in the business API', async () => {
  const text = JSON.stringify(order()).replace(
    '{',
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
  )
  assert.equal((await post(text)).status, 200)
  const answer = await call({ method: 'POST', path: '/api/v1/programs', body: text, bearer: business.apiKey })
  assertProblem(answer, 400, 'invalid_json')
  assert.equal(Reflect.get({}, 'polluted'), undefined)
})

test('an order that cannot be parsed is 422 with a pointer for each field', async () => {
  const { order: inner, ...rest } = order()
  const answer = await post({ ...rest, order: { ...inner, id: '' } })
  assertProblem(answer, 422, 'invalid_order')
  assert.deepEqual(
    answer.body.errors.map(({ pointer }: { pointer: string }) => pointer),
    ['/order/id'],
  )
})

test('an unknown URL is 404; an unsupported method is 405 with the supported ones', async () => {
  assertProblem(await call({ path: '/nowhere' }), 404, 'not_found')
  assertProblem(await call({ path: '/api/v1/nowhere', bearer: business.apiKey }), 404, 'not_found')
  assertProblem(await call({ method: 'POST', path: '/pos/1.0.0/foodics/nowhere', body: {} }), 404, 'not_found')
  const wrong = await call({ path: '/pos/1.0.0/foodics/order' })
  assertProblem(wrong, 405, 'method_not_allowed')
  assert.equal(wrong.headers.get('allow'), 'POST')
  assertProblem(await call({ path: '/%zz' }), 400, 'bad_request')
  assertProblem(await call({ path: `/pos/1.0.0/${'x'.repeat(300)}/order`, method: 'POST' }), 400, 'bad_request')
})

test('a key without the scope is 403, and the answer names the scope', async () => {
  const { secret } = await createApiKey(
    ctx.db.by('system:test'),
    { businessId: business.businessId, name: 'reads orders', scopes: ['orders:read'] },
    ctx,
  )
  const answer = await call({ path: '/api/v1/programs', bearer: secret })
  assertProblem(answer, 403, 'forbidden_scope')
  assert.equal(answer.body.scope, 'programs:read')
})

test('the request ID of the caller is used if it is safe to log; otherwise a new one is created', async () => {
  const id = async (header: string) =>
    (await call({ path: '/healthz', headers: { 'x-request-id': header } })).headers.get('x-request-id')
  assert.equal(await id('pos-7:42.a_b'), 'pos-7:42.a_b')
  assert.match((await id('"><script>')) ?? '', /^[0-9a-f-]{36}$/)
  assert.match((await id('x'.repeat(129))) ?? '', /^[0-9a-f-]{36}$/)
})

test('requests per key and minute are limited, and each answer has the remaining number', async (t) => {
  const own = await testApp(t, { app: { apiRequestsPerMinute: 2 } })
  const other = await own.newBusiness('other')
  const remaining = []
  for (let i = 0; i < 2; i++) remaining.push((await own.get('/programs')).headers.get('ratelimit-remaining'))
  assert.deepEqual(remaining, ['1', '0'])
  const refused = await own.get('/programs')
  assertProblem(refused, 429, 'rate_limited')
  assert.equal(refused.headers.get('ratelimit-limit'), '2')
  assert(Number(refused.headers.get('retry-after')) > 0)
  assert.equal((await own.get('/programs', other.apiKey)).status, 200, 'another key has its own limit')
  assert.equal((await own.post(order())).status, 200, 'this limit does not apply to orders')
})

test('malformed HTTP is answered as a problem too', async () => {
  const { hostname, port } = new URL(url)
  const talk = async (text: string) => {
    const socket = openSocket(Number(port), hostname)
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.write(text)
    await once(socket, 'close')
    return answer
  }
  const garbage = await talk('HELLO\r\n\r\n')
  assert.match(garbage, /^HTTP\/1\.1 400 /)
  assert.match(garbage, /"code":"bad_request"/)
  const headers = await talk(`GET / HTTP/1.1\r\nhost: x\r\ncookie: ${'x'.repeat(20_000)}\r\n\r\n`)
  assert.match(headers, /^HTTP\/1\.1 431 /)
  assert.match(headers, /"code":"headers_too_large"/)
})

test('metrics count deliveries by result and name no business', async (t) => {
  const own = await testApp(t)
  await own.post(order())
  await own.post(order())
  await own.post('{')
  const { body: metrics } = await own.call({ path: '/metrics', bearer: METRICS_TOKEN })
  const lines: string[] = metrics.split('\n')
  const value = (name: string) => lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1)
  const route = 'method="POST",route="/pos/1.0.0/:pos_name/order"'
  assert.equal(value('loyapro_deliveries_total{pos="foodics",result="processed"}'), '1')
  assert.equal(value('loyapro_deliveries_total{pos="foodics",result="duplicate"}'), '1')
  assert.equal(value(`loyapro_http_request_duration_seconds_count{${route},status="200"}`), '2')
  assert.equal(value(`loyapro_http_request_duration_seconds_count{${route},status="400"}`), '1')
  assert.equal(value('loyapro_ingest_waiting'), '0')
  assert.equal(value('loyapro_ingest_batch_size_sum'), '2')
  assert(!metrics.includes(own.business.businessId))
})

test('health checks and documentation need no authentication', async () => {
  assert.deepEqual((await call({ path: '/healthz' })).body, { status: 'alive' })
  assert.deepEqual((await call({ path: '/readyz' })).body, { status: 'ready' })
  const { body: errors } = await call({ path: '/docs/errors' })
  for (const code of Object.keys(ERRORS)) assert(errors.includes(`id="${code}"`), code)
  const moved = await fetch(`${url}/docs`, { redirect: 'manual' })
  assert.deepEqual(
    [moved.status, moved.headers.get('location'), moved.headers.get('content-type')],
    [301, '/docs/', null],
  )
  const { body: document } = await call({ path: '/openapi.json' })
  assert.equal(document.openapi, '3.1.0')
  const operation = document.paths['/pos/1.0.0/{pos_name}/order'].post
  assert.deepEqual(operation.security, [{ posToken: [] }])
  assert.deepEqual(
    ['400', '401', '403', '404', '413', '415', '422', '429', '503'].filter((status) => !operation.responses[status]),
    [],
  )
})

test('the API reference loads everything from this server, and its policy allows no other', async () => {
  const page = await call({ path: '/docs/' })
  assert.equal(page.status, 200)
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/)
  assert.equal(page.headers.get('location'), null)
  assert.deepEqual(page.body.match(/(?:src|href)="[^"]*"/g), ['src="js/scalar.js"'])
  const script = await call({ path: '/docs/js/scalar.js' })
  assert.equal(script.status, 200)
  assert.match(script.headers.get('content-type') ?? '', /javascript/)
  assert.match(page.headers.get('content-security-policy') ?? '', /connect-src 'self'/)
  assert.doesNotMatch(page.headers.get('content-security-policy') ?? '', /https?:/)
})

test('answers for browsers have a content security policy; answers of the POS API have only a few headers', async () => {
  const policyOf = async (path: string) => (await call({ path })).headers.get('content-security-policy')
  for (const path of ['/api/v1/programs', '/healthz', '/docs/errors', '/openapi.json', '/nowhere', '/pos/nowhere']) {
    assert.match((await policyOf(path)) ?? '', /frame-ancestors 'none'/, path)
  }
  for (const answer of [await post(order()), await post('{')]) {
    const names = [...answer.headers.keys()].filter((name) => !/^(connection|date|keep-alive)$/.test(name))
    assert.deepEqual(names.sort(), [
      'cache-control',
      'content-length',
      'content-type',
      'x-content-type-options',
      'x-request-id',
    ])
  }
})

test('every answer, errors included, is safe for a browser: no sniffing, no caching, no scripts', async () => {
  const answers = [
    await call({ path: '/api/v1/customers', bearer: business.apiKey }),
    await call({ path: '/api/v1/customers' }),
    await call({ path: '/api/v1/customers?limit=x', bearer: business.apiKey }),
    await call({ path: '/api/v1/nowhere', bearer: business.apiKey }),
    await call({ method: 'POST', path: '/api/v1/branches', body: {}, bearer: business.apiKey }),
    await call({ path: '/nowhere' }),
    await call({ path: '/%zz' }),
    await call({ path: '/healthz' }),
    await call({ path: '/readyz' }),
    await call({ path: '/metrics' }),
    await call({ path: '/openapi.json' }),
    await call({ path: '/docs/errors' }),
    await call({ path: '/docs/' }),
    await call({ path: '/consent/foodics' }),
    await call({ path: '/pos/1.0.0/foodics/order' }),
  ]
  for (const { status, headers } of answers) {
    assert.equal(headers.get('x-content-type-options'), 'nosniff', String(status))
    assert.equal(headers.get('cache-control'), 'no-store', String(status))
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'.*frame-ancestors 'none'/, String(status))
    assert.doesNotMatch(policy, /unsafe-eval|script-src[^;]*unsafe-inline/)
  }
})

test('metrics need the metrics token; without one configured, nobody can read them', async (t) => {
  assertProblem(await call({ path: '/metrics' }), 401, 'unauthenticated')
  assertProblem(await call({ path: '/metrics', bearer: `${METRICS_TOKEN}x` }), 401, 'unauthenticated')
  assertProblem(await call({ path: '/metrics', bearer: business.apiKey }), 401, 'unauthenticated')
  assert.equal((await call({ path: '/metrics', bearer: METRICS_TOKEN })).status, 200)
  const own = await testApp(t, { metricsToken: null })
  assertProblem(await own.call({ path: '/metrics' }), 401, 'unauthenticated')
  assertProblem(await own.call({ path: '/metrics', bearer: 'undefined' }), 401, 'unauthenticated')
})

test('log lines contain no phone, name, token or body', async (t) => {
  const own = await testApp(t)
  const customer = { name: 'Sample Secretname', phone: '500000077', email: 'secret@example.com' }
  assert.equal((await own.post(foodicsBody({ customer }))).status, 200)
  await own.post({ ...foodicsBody({ customer }), business: { reference: 'unknown' } })
  await own.post('{"customer":"Sample Secretname"')
  await own.get('/customers?phone=%2B966500000077')
  own.ctx.log.info({ customer: { phone: '+966500000077', name: 'Sample Secretname' } }, 'careless')
  own.ctx.log.error({ err: new Error('duplicate +966500000077 of secret@example.com') }, 'careless too')

  const log = own.logLines.join('')
  for (const secret of ['Secretname', '500000077', 'secret@example', own.tokens.foodics, own.business.apiKey]) {
    assert(!log.includes(secret), `${secret} was logged`)
  }
  const lines = own.logLines.map((line) => JSON.parse(line))
  const line = lines.find(({ route }) => route === '/pos/1.0.0/:pos_name/order')
  assert.deepEqual(Object.keys(line).sort(), [
    'business_id',
    'level',
    'method',
    'ms',
    'msg',
    'request_id',
    'route',
    'status',
    'time',
  ])
  assert.equal(line.business_id, own.business.businessId)
})

test('while the database is unavailable, answers are 503 with Retry-After; afterwards requests succeed', async (t) => {
  const own = await testApp(t)
  const browser = await signedIn(own)
  const { cookie } = browser
  const token = 'x'.repeat(43)
  const admin = createDatabase({ url: testServer().adminUrl, max: 1 })
  t.after(() => admin.close())
  const name = new URL(own.ctx.config.databaseUrl ?? '').pathname.slice(1)
  await admin.query(`alter database ${name} allow_connections false`)
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
  own.ctx.posKeys.forget()
  for (const answer of [await own.get('/programs'), await own.post(order()), await own.call({ path: '/readyz' })]) {
    assertProblem(answer, 503, 'unavailable')
    assert(Number(answer.headers.get('retry-after')) > 0)
  }
  for (const answer of [
    await browser.get('/session'),
    await browser.send('POST', '/session/step-up', { password: PASSWORD }),
    await browser.send('PATCH', '/account', { name: 'Other' }),
    await browser.send('POST', '/session', { email: browser.person.email, password: PASSWORD }),
    await browser.get('/staff'),
    await browser.send('POST', '/session/password-reset', { email: browser.person.email, language: 'en' }),
    await browser.send('POST', '/session/password-reset/complete', { token, password: 'x' }),
    await browser.send('POST', '/session/invitation/accept', { token }),
    await browser.send('DELETE', '/session'),
  ]) {
    assertProblem(answer, 503, 'unavailable')
    assert(Number(answer.headers.get('retry-after')) > 0)
    assert.deepEqual(answer.headers.getSetCookie(), [], 'the cookie is left alone')
  }
  assert.equal((await own.call({ path: '/healthz' })).status, 200, 'the process itself is alive')

  await admin.query(`alter database ${name} allow_connections true`)
  assert.equal((await own.post(order())).body.result, 'processed')
  assert.equal((await own.call({ path: '/readyz' })).status, 200)
  assert.equal((await browser.get('/session')).status, 200, 'the session lives: nobody was told that it ended')
  assert.equal((await browser.send('DELETE', '/session')).status, 204)
  assert.equal((await Object.assign(browser, { cookie }).get('/session')).status, 401)
})

test('without LOYAPRO_PUBLIC_URL a browser on this machine gets the dashboard at localhost, for passkeys', async (t) => {
  const publicUrl = ctx.config.publicUrl
  t.after(() => void Object.assign(ctx.config, { publicUrl }))
  // `fetch` does not let a test set the host.
  const open = async (host: string) => {
    const [response] = (await once(get(`${url}/app/orders?period=7d`, { headers: { host } }), 'response')) as [
      IncomingMessage,
    ]
    response.resume()
    return response.headers.location ?? null
  }
  assert.equal(await open('127.0.0.1:3000'), null)
  Object.assign(ctx.config, { publicUrl: undefined })
  assert.equal(await open('127.0.0.1:3000'), 'http://localhost:3000/app/orders?period=7d')
  assert.equal(await open('[::1]:3000'), 'http://localhost:3000/app/orders?period=7d')
  for (const host of ['localhost:3000', '127.0.0.1.example:3000', 'shop.example'])
    assert.equal(await open(host), null, host)
})
