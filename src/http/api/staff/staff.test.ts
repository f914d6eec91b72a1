// Staff: invitations, members, and new passwords, over HTTP.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf, worldOf } from '../../../../test/support/api.ts'
import { type Answer, testApp } from '../../../../test/support/app.ts'
import { costOf } from '../../../../test/support/cost.ts'
import { mailsTo, tokenFor } from '../../../../test/support/mails.ts'
import { createTestPerson, openBrowser, PASSWORD, signedIn } from '../../../../test/support/staff.ts'
import { ManualClock } from '../../../kernel/clock.ts'
import { formatId, parseId } from '../../../kernel/ids.ts'
import { acceptInvitation } from '../../../staff/accept-invitation.ts'
import { purgeSessions } from '../../../worker/retention.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const NEW_PASSWORD = 'plenty of sample words'

const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const { businessId } = app.business
const biz = formatId('business', businessId)
const world = await worldOf(app)

let addresses = 0
const newAddress = () => `invitee${++addresses}@example.com`
const account = { name: 'Sample Invitee', password: NEW_PASSWORD, language: 'en' }
const analyst = { role: 'analyst', branches: null }

type Browser = ReturnType<typeof openBrowser>

async function inviteBy(owner: Browser, email = newAddress(), rights: object = analyst) {
  const answer = await owner.send('POST', '/invitations', { email, ...rights })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return { email, id: answer.body.id as string, token: await tokenFor(app, email) }
}

const accept = (token: string, given: object = { account }, browser = openBrowser(app)): Promise<Answer> =>
  browser.send('POST', '/session/invitation/accept', { token, ...given })

const told = ({ status, body }: Answer) => [status, body.code]

test('an owner invites, and the person gets an account, the membership and a session at once', async () => {
  const owner = await signedIn(app)
  const { email, token } = await inviteBy(owner, newAddress(), { role: 'manager', branches: [world.branch] })
  const [mail] = await mailsTo(app, email)
  assert.match(mail?.text ?? '', new RegExp(`${app.url}/app/invitation#${token}`))
  const browser = openBrowser(app)
  const offer = await browser.send('POST', '/session/invitation', { token })
  assert.deepEqual(offer.body, {
    business: { id: biz, en: 'Sample North Coffee', ar: 'نورث كوفي (تجريبي)' },
    role: 'manager',
    email,
    expires_at: new Date(clock.now() + 72 * HOUR_MS).toISOString(),
    has_account: false,
  })
  const accepted = await accept(token, { account }, browser)
  assert.equal(accepted.status, 200, JSON.stringify(accepted.body))
  const { person, memberships } = accepted.body
  assert.deepEqual([person.email, person.name, person.language], [email, 'Sample Invitee', 'en'])
  const [membership] = memberships
  assert.deepEqual([membership.business.id, membership.role, membership.branches], [biz, 'manager', [world.branch]])
  assert.equal((await browser.get('/orders')).status, 200)
  assert.deepEqual(told(await browser.get('/staff')), [403, 'forbidden_scope'])
  const { body } = await owner.get('/staff')
  const member = body.data.find((one: { id: string }) => one.id === person.id)
  assert.deepEqual(member, {
    id: person.id,
    name: 'Sample Invitee',
    email,
    role: 'manager',
    branches: [world.branch],
    joined_at: new Date(clock.now()).toISOString(),
    last_seen_at: new Date(clock.now()).toISOString(),
  })
  assert(!(await owner.get('/invitations')).body.data.some((one: { email: string }) => one.email === email))
  assert.deepEqual(told(await accept(token)), [410, 'link_invalid'])
  const { body: log } = await owner.get('/activity?limit=1')
  assert.deepEqual([log.data[0].operation, log.data[0].subject], ['acceptInvitation', person.id])
})

test('somebody who has an account signs in to it and accepts; somebody else cannot', async () => {
  const owner = await signedIn(app)
  const known = await createTestPerson(app, { memberships: [] })
  const { token } = await inviteBy(owner, known.email)
  assert.equal((await openBrowser(app).send('POST', '/session/invitation', { token })).body.has_account, true)
  assert.deepEqual(told(await accept(token)), [409, 'account_exists'])
  assert.deepEqual(told(await accept(token, {}, await signedIn(app))), [409, 'account_exists'])
  const browser = openBrowser(app)
  await browser.send('POST', '/session', { email: known.email, password: PASSWORD })
  const accepted = await accept(token, {}, browser)
  assert.equal(accepted.status, 200, JSON.stringify(accepted.body))
  assert.deepEqual(
    accepted.body.memberships.map(({ role }: { role: string }) => role),
    ['analyst'],
  )
  assert.deepEqual(told(await accept(token, {}, browser)), [410, 'link_invalid'])
})

test('the answer to an invitation does not tell whether the address has an account', async () => {
  const owner = await signedIn(app)
  const known = await createTestPerson(app, { memberships: [] })
  const answers = []
  for (const email of [known.email, newAddress()]) {
    const { status, body } = await owner.send('POST', '/invitations', { email, ...analyst })
    answers.push([status, { ...body, id: '', email: '' }])
  }
  assert.deepEqual(answers[0], answers[1])
})

test('an invitation is sent again with a new link, withdrawn, and ends after 72 hours', async () => {
  const owner = await signedIn(app)
  const { id, email, token } = await inviteBy(owner)
  assert.deepEqual(told(await owner.send('POST', '/invitations', { email, ...analyst })), [409, 'conflict'])
  clock.advance(MINUTE_MS)
  const resent = await owner.send('POST', `/invitations/${id}/resend`)
  assert.deepEqual([resent.status, resent.body.expires_at], [200, new Date(clock.now() + 72 * HOUR_MS).toISOString()])
  const second = await tokenFor(app, email)
  assert.notEqual(second, token)
  assert.deepEqual(told(await accept(token)), [410, 'link_invalid'], 'the former link has ended')
  clock.advance(72 * HOUR_MS - 1)
  assert.equal((await openBrowser(app).send('POST', '/session/invitation', { token: second })).status, 200)
  clock.advance(1)
  assert.deepEqual(told(await accept(second)), [410, 'link_invalid'])
  const later = await signedIn(app)
  const third = await inviteBy(later)
  assert.equal((await later.send('DELETE', `/invitations/${third.id}`)).status, 204)
  assert.deepEqual(told(await accept(third.token)), [410, 'link_invalid'])
  assert.deepEqual(told(await later.send('DELETE', `/invitations/${third.id}`)), [404, 'not_found'])
  // A mail that waits is not sent any more.
  const email4 = newAddress()
  const fourth = await later.send('POST', '/invitations', { email: email4, ...analyst })
  await later.send('DELETE', `/invitations/${fourth.body.id}`)
  assert.deepEqual(await mailsTo(app, email4), [])
})

test('a link that is used three times at once makes one account and one membership', async () => {
  const { token, email } = await inviteBy(await signedIn(app))
  const once = () =>
    app.ctx.db.write('system:test', (tx) => {
      const browser = { former: null, origin: { address: '127.0.0.1', network: '127.0.0.1', userAgent: '' } }
      const id = app.ctx.ids.next()
      const accepting = { kind: 'new_account', id, name: 'x', language: 'en', passwordHash: 'x', browser } as const
      return acceptInvitation(tx, token, accepting, app.ctx)
    })
  const outcomes = await Promise.all([once(), once(), once()])
  assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), ['accepted', 'invalid', 'invalid'])
  assert.equal((await app.ctx.db.query('select id from staff where email = $1', [email])).length, 1)
})

test('when accepting fails at its end, there is no half account, and the link stays good', async () => {
  const { token, email } = await inviteBy(await signedIn(app))
  const browser = { former: null, origin: { address: '127.0.0.1', network: '127.0.0.1', userAgent: '' } }
  await assert.rejects(
    app.ctx.db.write('system:test', async (tx) => {
      const id = app.ctx.ids.next()
      const accepting = { kind: 'new_account', id, name: 'x', language: 'en', passwordHash: 'x', browser } as const
      assert.equal((await acceptInvitation(tx, token, accepting, app.ctx)).kind, 'accepted')
      throw new Error('killed')
    }),
    /killed/,
  )
  assert.deepEqual(await app.ctx.db.query('select id from staff where email = $1', [email]), [])
  assert.equal((await accept(token)).status, 200)
})

test('a new password must be long, and not among those that are guessed first; the link stays good meanwhile', async () => {
  const { token, email } = await inviteBy(await signedIn(app))
  for (const [password, message] of [
    ['short', /at least 10 characters/],
    ['1234567890', /guessed/],
    ['Password123', /guessed/],
    ['aaaaaaaaaaaaa', /guessed/],
    [email, /your name or email/],
    ['Sample Invitee1', /your name or email/],
    ['x1'.repeat(101), /at most 200/],
  ] as const) {
    const refused = await accept(token, { account: { ...account, password } })
    assert.equal(refused.status, 422, password)
    const [error] = refused.body.errors
    assert.equal(error.pointer, '/account/password')
    assert.match(error.message, message)
    assert.match(error.message_ar, /[\u0600-\u06ff]/)
  }
  for (const given of [{}, { account: { ...account, name: ' ' } }])
    assert.equal((await accept(token, given)).status, 422)
  assert.equal((await accept(token)).status, 200)
})

test('a business invites at most 50 people a day, and only with proof in the last five minutes', async () => {
  const other = await app.newBusiness('invites')
  const owner = await signedIn(app, { memberships: [{ businessId: other.businessId, role: 'owner' }] })
  const send = () => owner.send('POST', '/invitations', { email: newAddress(), ...analyst })
  for (let i = 0; i < 50; i++) assert.equal((await send()).status, 201)
  const refused = await send()
  assert.deepEqual(told(refused), [429, 'rate_limited'])
  assert.equal(refused.headers.get('retry-after'), String((24 * 3600) / 50))
  clock.advance(24 * HOUR_MS)
  assert.deepEqual(told(await send()), [401, 'unauthenticated'])
  const again = await signedIn(app, { memberships: [{ businessId: other.businessId, role: 'owner' }] })
  clock.advance(5 * MINUTE_MS + 1)
  assert.deepEqual(told(await again.send('POST', '/invitations', { email: newAddress(), ...analyst })), [
    403,
    'step_up_required',
  ])
  for (const [method, path] of [
    ['PATCH', `/staff/${world.member}`],
    ['DELETE', `/staff/${world.member}`],
    ['DELETE', `/invitations/${world.invitation}`],
  ] as const) {
    assert.equal(
      (await again.send(method, path, method === 'PATCH' ? analyst : undefined)).body.code,
      'step_up_required',
    )
  }
  assert.equal((await again.get('/staff')).status, 200)
})

test('what is given is checked: the address, the role, and the branches', async () => {
  const owner = await signedIn(app)
  const other = await app.newBusiness('branches')
  const foreign = await worldOf(app, other)
  const send = (given: object) => owner.send('POST', '/invitations', { email: newAddress(), ...analyst, ...given })
  for (const [given, status, pointer] of [
    [{ email: 'nobody' }, 422, '/email'],
    [{ role: 'king' }, 422, '/role'],
    [{ role: 'owner', branches: [world.branch] }, 422, '/branches'],
    [{ branches: [] }, 422, '/branches'],
    [{ branches: [foreign.branch] }, 404, undefined],
    [{ branches: ['brn_x'] }, 404, undefined],
    [{ email: owner.person.email }, 409, undefined],
  ] as const) {
    const answer = await send(given)
    assert.deepEqual([answer.status, answer.body.errors?.[0].pointer], [status, pointer], JSON.stringify(given))
  }
})

test('an API key gives no role that can do more than the key, and removes nobody who can', async () => {
  const own = callerOf(app)
  const made = await own.send('POST', '/keys', {
    name: 'Staff',
    scopes: ['staff:read', 'staff:write', 'claims:cashier'],
  })
  const key = callerOf(app, { apiKey: made.body.secret })
  const owner = await createTestPerson(app)
  const send = (role: string) => key.send('POST', '/invitations', { email: newAddress(), role, branches: null })
  assert.deepEqual(told(await send('owner')), [403, 'forbidden_scope'])
  assert.equal((await send('cashier')).status, 201)
  const id = formatId('staff', owner.id)
  assert.deepEqual(told(await key.send('DELETE', `/staff/${id}`)), [403, 'forbidden_scope'])
  assert.deepEqual(told(await key.send('PATCH', `/staff/${id}`, { role: 'cashier', branches: null })), [
    403,
    'forbidden_scope',
  ])
})

test('a person who loses rights is signed out everywhere; one who gains some is not', async () => {
  const owner = await signedIn(app)
  const member = await signedIn(app, { memberships: [{ businessId, role: 'analyst' }] })
  const id = formatId('staff', member.person.id)
  const change = (rights: object) => owner.send('PATCH', `/staff/${id}`, rights)
  const raised = await change({ role: 'manager', branches: null })
  assert.deepEqual([raised.status, raised.body.role], [200, 'manager'])
  assert.equal((await member.send('PATCH', '/business', { language: 'ar' })).status, 200)
  const { body: log } = await owner.get('/activity?operation=changeMember&limit=1')
  assert.deepEqual([log.data[0].before, log.data[0].after], [{ role: 'analyst' }, { role: 'manager' }])
  assert.equal((await change({ role: 'manager', branches: [world.branch] })).status, 200)
  assert.equal((await member.get('/session')).status, 401)
  const removed = await signedIn(app, { memberships: [{ businessId, role: 'support' }] })
  const staffId = formatId('staff', removed.person.id)
  assert.equal((await owner.send('DELETE', `/staff/${staffId}`)).status, 204)
  assert.equal((await removed.get('/session')).status, 401)
  assert.deepEqual(told(await owner.send('DELETE', `/staff/${staffId}`)), [404, 'not_found'])
  const again = openBrowser(app)
  const entered = await again.send('POST', '/session', { email: removed.person.email, password: PASSWORD })
  assert.deepEqual(entered.body.session.memberships, [], 'the account stays')
})

test('the last owner cannot be removed, demoted or leave', async () => {
  const other = await app.newBusiness('last-owner')
  const memberships = [{ businessId: other.businessId, role: 'owner' as const }]
  const owner = await signedIn(app, { memberships })
  const id = formatId('staff', owner.person.id)
  const otherBiz = formatId('business', other.businessId)
  for (const answer of [
    await owner.send('PATCH', `/staff/${id}`, analyst),
    await owner.send('DELETE', `/staff/${id}`),
    await owner.send('DELETE', `/session/memberships/${otherBiz}`),
    await callerOf(app, other).send('DELETE', `/staff/${id}`),
  ]) {
    assert.deepEqual(told(answer), [409, 'conflict'])
  }
  assert.equal((await owner.send('PATCH', `/staff/${id}`, { role: 'owner', branches: null })).status, 200)
  const second = await signedIn(app, { memberships })
  assert.equal((await second.send('DELETE', `/session/memberships/${otherBiz}`)).status, 204)
  assert.equal((await second.get('/session')).body.memberships.length, 0)
  assert.deepEqual(told(await second.send('DELETE', `/session/memberships/${otherBiz}`)), [404, 'not_found'])
  const { body: log } = await owner.get('/activity?limit=1')
  assert.deepEqual(log.data[0].operation, 'leaveBusiness')
})

test('of two owners who demote or remove each other at the same time, one remains an owner', async () => {
  for (let round = 0; round < 6; round++) {
    const other = await app.newBusiness(`rivals-${round}`)
    const memberships = [{ businessId: other.businessId, role: 'owner' as const }]
    const [one, two] = [await signedIn(app, { memberships }), await signedIn(app, { memberships })]
    const [id1, id2] = [formatId('staff', one.person.id), formatId('staff', two.person.id)]
    const act = (by: Browser, id: string) =>
      round % 2 === 0 ? by.send('PATCH', `/staff/${id}`, analyst) : by.send('DELETE', `/staff/${id}`)
    const answers = await Promise.all([act(one, id2), act(two, id1)])
    const won = answers.filter(({ status }) => status < 300)
    assert.equal(won.length, 1, JSON.stringify(answers.map(told)))
    const owners = await app.ctx.db.query(
      `select staff_id from memberships where business_id = $1 and role = 'owner'`,
      [other.businessId],
    )
    assert.equal(owners.length, 1)
  }
})

test('a password is reset with the link of a mail, once and within an hour, and ends all sessions', async () => {
  const person = await signedIn(app)
  const { email } = person.person
  const ask = () => openBrowser(app).send('POST', '/session/password-reset', { email, language: 'ar' })
  const set = (token: string, password = NEW_PASSWORD) =>
    openBrowser(app).send('POST', '/session/password-reset/complete', { token, password })
  assert.equal((await ask()).status, 204)
  const first = await tokenFor(app, email)
  assert.match((await mailsTo(app, email)).at(-1)?.subject ?? '', /new password/, 'in the language of the person')
  assert.equal((await ask()).status, 204)
  const token = await tokenFor(app, email)
  assert.deepEqual(told(await set(token, 'short')), [422, 'invalid_request'])
  const answers = await Promise.all([set(token), set(token), set(token)])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 410, 410])
  assert.equal((await person.get('/session')).status, 401)
  assert.deepEqual(told(await set(first)), [410, 'link_invalid'], 'the other link has ended, too')
  const signIn = (password: string) => openBrowser(app).send('POST', '/session', { email, password })
  assert.equal((await signIn(PASSWORD)).status, 401)
  assert.equal((await signIn(NEW_PASSWORD)).status, 200)
  assert.match((await mailsTo(app, email)).at(-1)?.subject ?? '', /was changed/)
  await ask()
  const late = await tokenFor(app, email)
  clock.advance(HOUR_MS)
  assert.deepEqual(told(await set(late)), [410, 'link_invalid'])
})

test('asking for a password is limited by account and address, alike for known and unknown addresses', async () => {
  const known = await createTestPerson(app)
  for (const email of [known.email, newAddress(), 'not an address']) {
    const ask = () => openBrowser(app).send('POST', '/session/password-reset', { email, language: 'en' })
    for (let i = 0; i < 3; i++) assert.equal((await ask()).status, 204)
    const refused = await ask()
    assert.deepEqual([...told(refused), refused.headers.get('retry-after')], [429, 'too_many_attempts', '300'], email)
  }
})

test('asking for a password costs the same work for an unknown address as for a known one', async () => {
  const known = await createTestPerson(app)
  const costs = []
  for (const email of [known.email, 'unknown-person@example.com']) {
    const browser = openBrowser(app)
    const ask = () => browser.send('POST', '/session/password-reset', { email, language: 'en' })
    await ask()
    const { result, cost } = await costOf(ask)
    assert.equal(result.status, 204)
    costs.push(cost)
  }
  const [one, two] = costs
  assert.equal(one?.statements, two?.statements)
  assert((one?.statements ?? 0) >= 8, 'the statements are seen')
  // The ids of the account and its business, and longer words.
  assert(Math.abs((one?.bytes ?? 0) - (two?.bytes ?? 0)) < 150, JSON.stringify(costs))
})

test('neither the log nor an answer nor the database has a token or a password', async () => {
  const owner = await signedIn(app)
  const { token, email } = await inviteBy(owner)
  await openBrowser(app).send('POST', '/session/invitation', { token })
  const accepted = await accept(token)
  await openBrowser(app).send('POST', '/session/password-reset', { email, language: 'en' })
  const reset = await tokenFor(app, email)
  await openBrowser(app).send('POST', '/session/password-reset/complete', { token: reset, password: 'short' })
  const answers = [accepted, await owner.get('/invitations'), await owner.get('/activity?limit=5')]
  const tables = ['mails', 'invitations', 'staff_tokens', 'staff', 'activity', 'idempotency_keys']
  const rows = await Promise.all(
    tables.map((table) => app.ctx.db.query(`select coalesce(jsonb_agg(t), '[]')::text as dump from ${table} t`)),
  )
  const text = [app.logLines, answers.map(({ body }) => body), rows].map((one) => JSON.stringify(one)).join('')
  for (const secret of [token, reset, NEW_PASSWORD]) {
    assert(!text.includes(secret))
    assert(!text.includes(Buffer.from(secret).toString('hex')))
  }
  assert(!app.logLines.join('').includes(email))
})

test('the mails of a demo are read by its owner, and by nobody else', async () => {
  const owner = await signedIn(app)
  const { email, token } = await inviteBy(owner)
  const [mail] = (await owner.get('/demo/mails')).body.data
  assert.deepEqual([mail.to, mail.status], [email, 'sent'])
  assert.match(mail.text, new RegExp(`/app/invitation#${token}`))
  const [withKey] = (await callerOf(app).get('/demo/mails')).body.data
  assert.deepEqual(withKey, { ...mail, subject: null, text: null }, 'a key does not see links')
  const manager = await signedIn(app, { memberships: [{ businessId, role: 'manager' }] })
  assert.deepEqual(told(await manager.get('/demo/mails')), [403, 'forbidden_scope'])
  clock.advance(72 * HOUR_MS)
  const [later] = (await (await signedIn(app)).get('/demo/mails')).body.data
  assert.deepEqual([later.id, later.text], [mail.id, null])
  const other = await app.newBusiness('no-demo')
  const stranger = await signedIn(app, { memberships: [{ businessId: other.businessId, role: 'owner' }] })
  await inviteBy(stranger)
  assert.deepEqual((await stranger.get('/demo/mails')).body.data, [])
})

test('invitations are forgotten 30 days after their link has ended', async () => {
  const { id } = await inviteBy(await signedIn(app))
  const left = () => app.ctx.db.query('select id from invitations where id = $1', [parseId('invitation', id)])
  clock.advance(32 * 24 * HOUR_MS)
  await purgeSessions(app.ctx)
  assert.equal((await left()).length, 1, 'it can be sent again')
  clock.advance(2 * 24 * HOUR_MS)
  await purgeSessions(app.ctx)
  assert.equal((await left()).length, 0)
})
