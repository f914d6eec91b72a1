// Words that the screens of programs share.
import type { ProgramType } from '../../../contract/program.ts'
import type { Tone } from '../../ui/chip.tsx'
import type { Text } from '../../words/text.ts'

export const TYPES: Record<ProgramType, Text> = {
  points: { en: 'Points', ar: 'نقاط' },
  stamps: { en: 'Stamps', ar: 'أختام' },
  cashback: { en: 'Cashback', ar: 'كاش باك' },
  subscription: { en: 'Subscription', ar: 'اشتراك' },
}

export const STATES: Record<'draft' | 'active' | 'scheduled' | 'ended', { text: Text; tone: Tone }> = {
  draft: { text: { en: 'Draft', ar: 'مسودة' }, tone: 'neutral' },
  active: { text: { en: 'Active', ar: 'مفعّل' }, tone: 'good' },
  scheduled: { text: { en: 'Scheduled', ar: 'مجدول' }, tone: 'note' },
  ended: { text: { en: 'Ended', ar: 'منتهٍ' }, tone: 'neutral' },
}

/** An active program without a version in force begins later; an ended one with a version still runs. */
export function stateOf({ status, version }: { status: 'draft' | 'active' | 'ended'; version: number | null }) {
  if (status === 'active') return version === null ? STATES.scheduled : STATES.active
  return STATES[status]
}
