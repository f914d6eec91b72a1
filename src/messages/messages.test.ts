// A message on the console is one line that names the phone and says everything that the customer
// would read.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { consoleSender, passwordText } from './messages.ts'

const SHOP = { name: 'Sample Shop', name_ar: 'متجر تجريبي' }

test('the console shows to whom and what', async () => {
  const lines: string[] = []
  const sender = consoleSender({ write: (text) => lines.push(text) })
  await sender.sendPassword({ phone: '+966500000001', language: 'en', text: passwordText('012345', SHOP, 'en') })
  assert.deepEqual(lines, [
    'to +966500000001: Sample Shop: 012345 is your code to use your balance. Give it only to the cashier in front of you. Valid for 5 minutes.\n',
  ])
})

test('an Arabic message names the shop in Arabic, or as it is called when it has no Arabic name', () => {
  assert.match(passwordText('012345', SHOP, 'ar'), /^متجر تجريبي: رمز التحقق 012345 /)
  assert.match(passwordText('012345', { ...SHOP, name_ar: null }, 'ar'), /^Sample Shop: رمز التحقق 012345 /)
})
