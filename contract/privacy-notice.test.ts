// The plain format of privacy notices, and the text that a shop starts from.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blanksOf, defaultNotice, MAX_CONSENT, MAX_NOTICE, noticeBlocks } from './privacy-notice.ts'

test('empty lines separate blocks; headings, lists and paragraphs are all there is', () => {
  assert.deepEqual(noticeBlocks('# Why\r\nFor you.\nFor us.\n- One\n- Two\n\n\n- Three\n<b>No tag</b>'), [
    { kind: 'heading', lines: ['Why'] },
    { kind: 'paragraph', lines: ['For you.', 'For us.'] },
    { kind: 'list', lines: ['One', 'Two'] },
    { kind: 'list', lines: ['Three'] },
    { kind: 'paragraph', lines: ['<b>No tag</b>'] },
  ])
  assert.deepEqual(noticeBlocks(' \n\n'), [])
})

test('the first text has the same parts in both languages, fits the limits, and marks what the shop must fill in', () => {
  const { notice, service, marketing } = defaultNotice({ en: 'Sample Shop', ar: null })
  const [en, ar] = [noticeBlocks(notice.en), noticeBlocks(notice.ar)]
  assert.deepEqual(
    en.map(({ kind, lines }) => [kind, lines.length]),
    ar.map(({ kind, lines }) => [kind, lines.length]),
  )
  assert.equal(en.filter(({ kind }) => kind === 'heading').length, 7)
  assert.equal(blanksOf(notice.en).length, 3)
  assert.equal(blanksOf(notice.ar).length, 3)
  for (const text of Object.values(notice)) assert.ok(text.length < MAX_NOTICE && text.includes('Sample Shop'))
  for (const text of Object.values({ ...service, m: marketing.en, n: marketing.ar })) {
    assert.ok(text.length < MAX_CONSENT && blanksOf(text).length === 0)
  }
})
