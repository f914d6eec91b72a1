// Mail: written with what causes it, sent once, tried again only when it was certainly not sent, and
// without secrets afterwards.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import pino from 'pino'
import { testDatabase } from '../../test/support/database.ts'
import { startSmtpServer } from '../../test/support/smtp.ts'
import { createSeal } from '../businesses/seal.ts'
import type { Database } from '../db/database.ts'
import { ManualClock } from '../kernel/clock.ts'
import { createIds, type Uuid } from '../kernel/ids.ts'
import { purgeMails } from '../worker/mails.ts'
import type { FactorChange } from './content.ts'
import { type Mailer, type OutgoingMail, terminalMailer } from './mailer.ts'
import { claimMail, type NewMail, queueMail } from './outbox.ts'
import { renderMail } from './render.ts'
import { type SendDeps, sendMails } from './send-mails.ts'
import { smtpMailer } from './smtp.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const TOKEN = 'x'.repeat(43)
const FROM = 'LoyaPro <no-reply@loyapro.example>'

interface Post {
  db: Database
  clock: ManualClock
  logged: string[]
  queue(mail?: Partial<NewMail>): Promise<Uuid>
  /** Runs the job. */
  send(mailer?: Mailer): Promise<{ done: number; failed: number }>
  stateOf(id: Uuid): Promise<{ status: string; problem: string | null; attempts: number; isOpen: boolean } | undefined>
  /** What was sent by the mailer that keeps everything. */
  sent: OutgoingMail[]
}

async function openPost(t: TestContext, own: Partial<SendDeps> = {}): Promise<Post> {
  const { db } = await testDatabase(t)
  const clock = new ManualClock('2026-03-01T12:00:00Z')
  const seal = createSeal(randomBytes(32))
  const ids = createIds(clock)
  const sent: OutgoingMail[] = []
  const logged: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) })
  const keeping: Mailer = { kind: 'smtp', send: async (mail) => void sent.push(mail) }
  return {
    db,
    clock,
    logged,
    sent,
    queue: (mail = {}) =>
      db.write('system:test', (tx) =>
        queueMail(tx, { ...RESET, expiresAt: clock.now() + HOUR_MS, ...mail }, { ids, clock, seal }),
      ),
    send: (mailer = keeping) => sendMails({ db, clock, log, seal, mailer, showsMails: async () => false, ...own }),
    async stateOf(id) {
      const [row] = await db.query<{ status: string; problem: string | null; attempts: number; isOpen: boolean }>(
        'select status, problem, attempts, sealed_content is not null as "isOpen" from mails where id = $1',
        [id],
      )
      return row
    },
  }
}

const RESET = {
  businessId: null,
  recipient: 'noura@example.com',
  language: 'en',
  content: { kind: 'password_reset', url: `https://loyalty.example.com/app/reset#${TOKEN}` },
} as const satisfies Partial<NewMail>

test('a mail exists when its transaction commits, and several processes send it once', async (t) => {
  const post = await openPost(t)
  const clock = post.clock
  await assert.rejects(
    post.db.write('system:test', async (tx) => {
      const deps = { ids: createIds(clock), clock, seal: createSeal(randomBytes(32)) }
      await queueMail(tx, { ...RESET, expiresAt: clock.now() + HOUR_MS }, deps)
      throw new Error('refused')
    }),
    /refused/,
  )
  const ids = [await post.queue(), await post.queue({ recipient: 'saad@example.com' })]
  const tallies = await Promise.all([post.send(), post.send(), post.send()])
  assert.equal(
    tallies.reduce((sum, { done }) => sum + done, 0),
    2,
  )
  assert.deepEqual(post.sent.map(({ to }) => to).sort(), ['noura@example.com', 'saad@example.com'])
  assert.match(post.sent[0]?.text ?? '', new RegExp(`/app/reset#${TOKEN}$`, 'm'))
  for (const id of ids) {
    assert.deepEqual(await post.stateOf(id), { status: 'sent', problem: null, attempts: 1, isOpen: false })
  }
  const [{ dump } = { dump: '' }] = await post.db.query<{ dump: string }>(
    'select jsonb_agg(m)::text as dump from mails m',
  )
  assert(!dump.includes(TOKEN) && !dump.includes(Buffer.from(TOKEN).toString('hex')))
})

test('a mail server that cannot take a mail now is asked again after 1, 2 and 4 minutes', async (t) => {
  const post = await openPost(t)
  const server = await startSmtpServer(t)
  const mailer = smtpMailer({ url: server.url, from: FROM })
  server.answers.splice(0, 1, '451 later', '451 later', '250 taken')
  const away = smtpMailer({ url: 'smtp://127.0.0.1:1', from: FROM })
  const id = await post.queue()
  assert.deepEqual(await post.send(away), { done: 0, failed: 1 })
  const waiting = { status: 'waiting', attempts: 1, isOpen: true }
  assert.deepEqual(await post.stateOf(id), { ...waiting, problem: 'connection ESOCKET' })
  assert.deepEqual(await post.send(mailer), { done: 0, failed: 0 }, 'not before a minute')
  for (const [attempts, minutes] of [
    [2, 1],
    [3, 2],
  ] as const) {
    post.clock.advance(minutes * MINUTE_MS)
    assert.deepEqual(await post.send(mailer), { done: 0, failed: 1 })
    assert.deepEqual(await post.stateOf(id), { ...waiting, attempts, problem: 'smtp 451' })
  }
  post.clock.advance(4 * MINUTE_MS)
  assert.deepEqual(await post.send(mailer), { done: 1, failed: 0 })
  assert.equal(server.mails.length, 1)
  const [mail = ''] = server.mails
  assert.match(mail, /^From: LoyaPro <no-reply@loyapro\.example>\r$/m)
  assert.match(mail, /^To: noura@example\.com\r$/m)
  assert.match(mail, new RegExp(`^Message-ID: <${id}@loyapro\\.example>\\r$`, 'm'))
  assert.deepEqual(await post.send(mailer), { done: 0, failed: 0 })
  const log = post.logged.join('')
  assert.match(log, /smtp 451/)
  assert(!log.includes('noura') && !log.includes(TOKEN))
})

test('a mail that was refused, or may have been taken, is not sent again', async (t) => {
  const post = await openPost(t)
  const server = await startSmtpServer(t)
  const mailer = smtpMailer({ url: server.url, from: FROM })
  for (const [answer, problem] of [
    ['550 nobody of this name: noura@example.com', 'smtp 550'],
    ['hang up', 'connection ECONNECTION'],
  ] as const) {
    server.answers.splice(0, server.answers.length, answer)
    const id = await post.queue()
    assert.deepEqual(await post.send(mailer), { done: 0, failed: 1 })
    assert.deepEqual(await post.stateOf(id), { status: 'failed', problem, attempts: 1, isOpen: false })
  }
  server.answers.splice(0, 1, '250 taken')
  post.clock.advance(2 * HOUR_MS)
  assert.deepEqual(await post.send(mailer), { done: 0, failed: 0 })
  assert.deepEqual(server.mails, [])
})

test('a mail whose process died while it was sent fails after ten minutes, and is not sent again', async (t) => {
  const post = await openPost(t)
  const id = await post.queue()
  assert.equal((await claimMail(post.db, post.clock.now()))?.id, id)
  assert.deepEqual(await post.send(), { done: 0, failed: 0 })
  post.clock.advance(10 * MINUTE_MS)
  assert.deepEqual(await post.send(), { done: 0, failed: 1 })
  assert.deepEqual(await post.stateOf(id), { status: 'failed', problem: 'interrupted', attempts: 1, isOpen: false })
  assert.deepEqual(post.sent, [])
})

test('a mail is not sent after what it offers has ended, or with another key, or when nobody gets it', async (t) => {
  const post = await openPost(t)
  const late = await post.queue({ expiresAt: post.clock.now() + MINUTE_MS })
  const nobodys = await post.queue({ isDiscarded: true })
  post.clock.advance(MINUTE_MS)
  assert.deepEqual(await post.send(), { done: 0, failed: 1 })
  assert.deepEqual(await post.stateOf(late), { status: 'failed', problem: 'expired', attempts: 0, isOpen: false })
  assert.equal((await post.stateOf(nobodys))?.status, 'discarded')
  const sealed = await post.queue()
  const other = { ...post, seal: createSeal(randomBytes(32)) }
  const log = pino({ level: 'silent' })
  const mailer = terminalMailer({ write: () => undefined })
  await sendMails({ db: post.db, clock: post.clock, log, seal: other.seal, mailer, showsMails: async () => false })
  assert.deepEqual(await post.stateOf(sealed), {
    status: 'failed',
    problem: 'sealed with another key',
    attempts: 1,
    isOpen: false,
  })
  assert.deepEqual(post.sent, [])
})

test('without a mail server a mail is printed; a demo keeps its content until it expires', async (t) => {
  const post = await openPost(t, { showsMails: async () => true })
  const printed: string[] = []
  const terminal = terminalMailer({ write: (text) => printed.push(text) })
  const businessId = createIds(post.clock).next()
  const [kept, own] = [await post.queue({ businessId }), await post.queue()]
  await post.send(terminal)
  assert.match(
    printed.join(''),
    new RegExp(`^Mail to noura@example.com: Choose a new password[\\s\\S]*#${TOKEN}$`, 'm'),
  )
  assert.deepEqual([(await post.stateOf(kept))?.isOpen, (await post.stateOf(own))?.isOpen], [true, false])
  const throughServer = await post.queue({ businessId })
  await post.send()
  assert.equal((await post.stateOf(throughServer))?.isOpen, false, 'a mail server has delivered it')
  post.clock.advance(HOUR_MS + 1)
  assert.deepEqual(await purgeMails(post), { done: 0, failed: 0 })
  assert.equal((await post.stateOf(kept))?.isOpen, false)
  post.clock.advance(30 * 24 * HOUR_MS)
  assert.deepEqual(await purgeMails(post), { done: 3, failed: 0 })
})

test('every kind of mail has both languages; Arabic runs from right to left, and values cannot add markup', () => {
  const name = 'Sara <b>& "Co"</b>'
  const invitation = {
    kind: 'invitation',
    business: { en: name, ar: 'مقهى' },
    inviter: name,
    role: 'analyst',
    url: `https://loyalty.example.com/app/invitation#${TOKEN}`,
  } as const
  const changes: FactorChange[] = [
    { what: 'second_factor_on' },
    { what: 'second_factor_off' },
    { what: 'second_factor_removed_by_operator' },
    { what: 'recovery_codes_replaced' },
    { what: 'recovery_code_used', left: 9 },
    { what: 'passkey_added', name: 'Phone' },
    { what: 'passkey_deleted', name: 'Phone' },
  ]
  const factors = changes.map((change) => ({ kind: 'factors_changed', change }) as const)
  const passwords = (['reset', 'account'] as const).map((by) => ({ kind: 'password_changed', by }) as const)
  const url = `https://loyalty.example.com/app/email-change#${TOKEN}`
  const emails = [{ kind: 'email_change', url } as const, { kind: 'email_changed' } as const]
  for (const content of [invitation, RESET.content, ...passwords, ...emails, ...factors]) {
    const [en, ar] = [renderMail(content, 'en'), renderMail(content, 'ar')]
    assert.match(en.html, /<html lang="en" dir="ltr">/)
    assert.match(ar.html, /<html lang="ar" dir="rtl">/)
    assert.match(ar.subject, /[\u0600-\u06ff]/)
    assert(!/[\u0600-\u06ff]/.test(en.subject + en.text + en.html))
    for (const { html, text } of [en, ar]) {
      assert(!/<(b|script|img|link|style)\b/.test(html), html)
      if ('url' in content) assert(html.includes(`href="${content.url}"`) && text.includes(content.url))
    }
  }
  assert.match(renderMail(invitation, 'en').html, /Sara &lt;b&gt;&amp; &quot;Co&quot;&lt;\/b&gt; invites you/)
  assert.match(renderMail(invitation, 'ar').text, /للانضمام إلى مقهى في لويا برو\. دورك: محلل\./)
})
