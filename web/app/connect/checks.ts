// What was checked of the latest request of a POS, in its order; the list stops at the fault.
import type { PosStatus } from '../../../contract/api/onboarding.ts'
import type { Text } from '../../words/text.ts'
import { WORDS } from './words.ts'

export interface Check {
  text: Text
  state: 'done' | 'waiting' | 'failed'
  note?: Text
}

const IN_ORDER = [
  { text: WORDS.checkReached, fault: null },
  { text: WORDS.checkToken, fault: 'wrong_token' },
  { text: WORDS.checkToken, fault: 'wrong_secret' },
  { text: WORDS.checkRead, fault: 'invalid_order' },
  { text: WORDS.checkReference, fault: 'not_connected' },
] as const

export function checksOf({ latest_order: latest, refusals: [refusal], references }: PosStatus): Check[] {
  if (refusal) {
    const fault = IN_ORDER.findIndex((one) => one.fault === refusal.reason)
    const passed = IN_ORDER.slice(0, fault).filter(({ fault: other }) => other !== 'wrong_secret')
    const failed = IN_ORDER[fault]
    return [
      ...passed.map(({ text }) => ({ text, state: 'done' as const })),
      ...(failed ? [{ text: failed.text, state: 'failed' as const }] : []),
    ]
  }
  if (!latest) {
    return [
      { text: WORDS.checkAddress, state: 'done' },
      { text: WORDS.checkReference, state: references.length > 0 ? 'done' : 'waiting' },
      { text: WORDS.checkFirst, state: 'waiting' },
    ]
  }
  const customer: Check = latest.has_customer
    ? { text: WORDS.checkCustomer, state: 'done' }
    : { text: WORDS.checkCustomer, state: 'waiting', note: WORDS.noCustomer }
  return [
    { text: WORDS.checkToken, state: 'done' },
    { text: WORDS.checkRead, state: 'done' },
    { text: WORDS.checkReference, state: 'done' },
    customer,
  ]
}
