// Which language an Accept-Language header asks for.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedLanguage } from './language.ts'

test('the heavier wish wins, the first of equals, and other languages do not count', () => {
  const cases: [string | undefined, 'ar' | 'en' | null][] = [
    [undefined, null],
    ['', null],
    ['ar', 'ar'],
    ['en-GB', 'en'],
    ['AR-SA', 'ar'],
    ['ar, en', 'ar'],
    ['en, ar', 'en'],
    ['en;q=0.5, ar;q=0.9', 'ar'],
    ['fr-FR, fr;q=0.9, en;q=0.8, ar;q=0.2', 'en'],
    ['ar;q=0', null],
    ['ar;q=0, en;q=0.1', 'en'],
    ['*', null],
    ['fr', null],
    ['arn', null],
    ['ar;q=2', null],
    ['ar;q=x', null],
    [`${'fr,'.repeat(100_000)}ar`, null],
  ]
  for (const [header, expected] of cases) assert.equal(askedLanguage(header), expected, `${header}`.slice(0, 40))
})
