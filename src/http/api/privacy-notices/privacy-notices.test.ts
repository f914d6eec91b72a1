// Privacy notices over HTTP: drafts, versions that never change, and what may not be published.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf, keyActor, NOTICE_TEXTS } from '../../../../test/support/api.ts'
import { testApp } from '../../../../test/support/app.ts'
import { ManualClock } from '../../../kernel/clock.ts'

const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const { get, send } = callerOf(app)

test('the first draft has a text to start from, with the name of the shop, and is not published with its blanks', async () => {
  const { status, body } = await send('POST', '/privacy-notices', {})
  assert.equal(status, 201)
  assert.deepEqual([body.status, body.version, body.published_at], ['draft', null, null])
  assert.match(body.texts.notice.en, /Sample North Coffee/)
  assert.match(body.texts.notice.ar, /نورث كوفي/)
  const refused = await send('POST', `/privacy-notices/${body.id}/publish`)
  assert.equal(refused.status, 422)
  assert.deepEqual(
    refused.body.errors.map(({ pointer }: { pointer: string }) => pointer),
    ['/texts/notice/en', '/texts/notice/ar'],
  )
  assert.match(refused.body.errors[0].message, /\[number\]/)
  assert.equal((await send('DELETE', `/privacy-notices/${body.id}`)).status, 204)
  assert.equal((await get(`/privacy-notices/${body.id}`)).status, 404)
})

test('a new version replaces the one in force, which keeps its texts; a published one is never changed or deleted', async () => {
  const first = await send('POST', '/privacy-notices', { texts: NOTICE_TEXTS })
  const published = await send('POST', `/privacy-notices/${first.body.id}/publish`)
  assert.deepEqual([published.body.status, published.body.version], ['in_force', 1])
  assert.deepEqual(published.body.published_by, await keyActor(app))
  clock.advance(86_400_000)
  // The next draft starts from what is in force.
  const second = await send('POST', '/privacy-notices', {})
  assert.deepEqual(second.body.texts, NOTICE_TEXTS)
  const texts = { ...NOTICE_TEXTS, marketing: { en: '  Offers, please. ', ar: 'العروض من فضلكم.' } }
  const changed = await send('PATCH', `/privacy-notices/${second.body.id}`, { texts })
  assert.equal(changed.body.texts.marketing.en, 'Offers, please.')
  assert.equal((await send('POST', `/privacy-notices/${second.body.id}/publish`)).body.version, 2)
  const list = (await get('/privacy-notices')).body.data
  assert.deepEqual(
    list.map(({ version, status }: { version: number; status: string }) => [version, status]),
    [
      [2, 'in_force'],
      [1, 'replaced'],
    ],
  )
  const old = (await get(`/privacy-notices/${first.body.id}`)).body
  assert.deepEqual(old, { ...published.body, status: 'replaced' })
  for (const [method, path, body] of [
    ['PATCH', '', { texts }],
    ['POST', '/publish', undefined],
    ['DELETE', '', undefined],
  ] as const) {
    const refused = await send(method, `/privacy-notices/${first.body.id}${path}`, body)
    assert.deepEqual([refused.status, refused.body.code], [409, 'conflict'], method)
  }
  assert.deepEqual((await get(`/privacy-notices/${first.body.id}`)).body, old)
  const [entry] = (await get('/activity?operation=updatePrivacyNotice')).body.data
  assert.deepEqual(entry.before.texts.marketing, NOTICE_TEXTS.marketing)
})

test('texts have limits, and both languages', async () => {
  const { notice } = NOTICE_TEXTS
  for (const [texts, pointer] of [
    [{ ...NOTICE_TEXTS, notice: { ...notice, en: 'a'.repeat(8_001) } }, '/texts/notice/en'],
    [{ ...NOTICE_TEXTS, notice: { ...notice, ar: '' } }, '/texts/notice/ar'],
    [{ ...NOTICE_TEXTS, service: { en: ' \n ', ar: 'نعم' } }, '/texts/service/en'],
    [{ ...NOTICE_TEXTS, service: { en: 'Yes' } }, '/texts/service/ar'],
    [{ ...NOTICE_TEXTS, tracking: { en: 'Yes', ar: 'نعم' } }, '/texts/tracking'],
  ] as const) {
    const refused = await send('POST', '/privacy-notices', { texts })
    assert.deepEqual([refused.status, refused.body.errors?.[0]?.pointer], [422, pointer], JSON.stringify(refused.body))
  }
})
