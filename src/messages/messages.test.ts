// The console sender writes one line with the phone and the whole message.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { consoleSender, passwordText } from './messages.ts'

const SHOP = { name: 'Sample Shop', name_ar: 'متجر تجريبي' }

test('the console shows the phone and the message', async () => {
  const lines: string[] = []
  const sender = consoleSender({ write: (text) => lines.push(text) })
  await sender.sendPassword({ phone: '+966500000001', language: 'en', text: passwordText('012345', SHOP, 'en') })
  assert.deepEqual(lines, [
    'to +966500000001: Sample Shop: 012345 is your code to use your balance. Give it only to the cashier in front of you. Valid for 5 minutes.\n',
  ])
})

test('an Arabic message has the Arabic name of the shop, or its name if it has no Arabic one', () => {
  assert.match(passwordText('012345', SHOP, 'ar'), /^متجر تجريبي: رمز التحقق 012345 /)
  assert.match(passwordText('012345', { ...SHOP, name_ar: null }, 'ar'), /^Sample Shop: رمز التحقق 012345 /)
})
