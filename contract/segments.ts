// Segments: groups of customers by how they visit and what they can redeem. Each is defined here
// once, for the filter of the API, the dashboard and the words in both languages.
import type { Text } from './errors.ts'

export const SEGMENT_NAMES = ['new', 'regular', 'almost_there', 'ready', 'quiet', 'at_risk', 'gone'] as const
export type SegmentName = (typeof SEGMENT_NAMES)[number]

/**
 * A segment by visits. `first` and `last` say how many days ago the first and the last visit was:
 * at least `from`, less than `to`, in periods of 24 hours. Without `to` there is no limit.
 */
export interface VisitRule {
  readonly by: 'visits'
  readonly minVisits: number
  readonly first?: { readonly from: number; readonly to?: number }
  readonly last?: { readonly from: number; readonly to?: number }
}

/**
 * A segment by balance. `ready`: the balance pays for a reward, or a stamp card is complete.
 * `near`: not ready in any program, and in one of them the balance is at least `NEAR_SHARE` of what
 * the cheapest reward costs.
 */
export interface BalanceRule {
  readonly by: 'balance'
  readonly is: 'ready' | 'near'
}

export interface Segment {
  /** Of the group. */
  readonly name: Text
  /** Of one customer in it. */
  readonly person: Text
  /** The definition in one sentence. */
  readonly meaning: Text
  readonly rule: VisitRule | BalanceRule
}

/** In hundredths. */
export const NEAR_SHARE = 80

export const SEGMENTS: Readonly<Record<SegmentName, Segment>> = {
  new: {
    name: { en: 'New', ar: 'جدد' },
    person: { en: 'New', ar: 'جديد' },
    meaning: { en: 'First visit in the last 30 days.', ar: 'أول زيارة خلال آخر 30 يومًا.' },
    rule: { by: 'visits', minVisits: 1, first: { from: 0, to: 30 } },
  },
  regular: {
    name: { en: 'Regular', ar: 'دائمون' },
    person: { en: 'Regular', ar: 'دائم' },
    meaning: {
      en: 'At least 4 visits, the last one in the last 30 days.',
      ar: '4 زيارات على الأقل، آخرها خلال آخر 30 يومًا.',
    },
    rule: { by: 'visits', minVisits: 4, last: { from: 0, to: 30 } },
  },
  almost_there: {
    name: { en: 'Almost there', ar: 'اقتربوا من المكافأة' },
    person: { en: 'Almost there', ar: 'قريب من المكافأة' },
    meaning: {
      en: 'Cannot redeem yet, but has at least 80% of what the cheapest reward needs.',
      ar: 'لا يكفي الرصيد بعد، لكنه يبلغ 80% على الأقل مما تحتاجه أقل مكافأة.',
    },
    rule: { by: 'balance', is: 'near' },
  },
  ready: {
    name: { en: 'Ready to redeem', ar: 'يمكنهم الاستبدال' },
    person: { en: 'Ready to redeem', ar: 'يمكنه الاستبدال' },
    meaning: {
      en: 'The balance pays for a reward, cashback has reached its minimum, or a stamp card is complete.',
      ar: 'الرصيد يكفي لمكافأة، أو بلغ الكاش باك حده الأدنى، أو اكتملت بطاقة أختام.',
    },
    rule: { by: 'balance', is: 'ready' },
  },
  quiet: {
    name: { en: 'Quiet', ar: 'قلّت زياراتهم' },
    person: { en: 'Quiet', ar: 'قلّت زياراته' },
    meaning: { en: 'Last visit 30 to 60 days ago.', ar: 'آخر زيارة قبل 30 إلى 60 يومًا.' },
    rule: { by: 'visits', minVisits: 1, last: { from: 30, to: 60 } },
  },
  at_risk: {
    name: { en: 'At risk', ar: 'على وشك الانقطاع' },
    person: { en: 'At risk', ar: 'على وشك الانقطاع' },
    meaning: { en: 'Last visit 60 to 120 days ago.', ar: 'آخر زيارة قبل 60 إلى 120 يومًا.' },
    rule: { by: 'visits', minVisits: 1, last: { from: 60, to: 120 } },
  },
  gone: {
    name: { en: 'Gone', ar: 'انقطعوا' },
    person: { en: 'Gone', ar: 'منقطع' },
    meaning: { en: 'Last visit 120 days ago or longer.', ar: 'آخر زيارة قبل 120 يومًا أو أكثر.' },
    rule: { by: 'visits', minVisits: 1, last: { from: 120 } },
  },
}

/** What decides whether a customer is in a segment. */
export interface SegmentFacts {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly visits: number
  readonly firstVisitAt: number | null
  readonly lastVisitAt: number | null
  /** Whether something can be redeemed, or nearly so; see `BalanceRule`. */
  readonly reward: 'ready' | 'near' | 'far'
}

export function isInSegment(name: SegmentName, facts: SegmentFacts): boolean {
  const { rule } = SEGMENTS[name]
  if (rule.by === 'balance') return facts.reward === rule.is
  return (
    facts.visits >= rule.minVisits &&
    isDaysAgo(facts.firstVisitAt, rule.first, facts.now) &&
    isDaysAgo(facts.lastVisitAt, rule.last, facts.now)
  )
}

/** The segments of a customer, in the order of SEGMENT_NAMES. */
export function segmentsOf(facts: SegmentFacts): SegmentName[] {
  return SEGMENT_NAMES.filter((name) => isInSegment(name, facts))
}

export const DAY_MS = 24 * 60 * 60 * 1000

function isDaysAgo(at: number | null, days: VisitRule['first'], now: number): boolean {
  if (!days) return true
  if (at === null) return false
  // A visit just now may lie ahead of the clock of this process.
  const isLongEnoughAgo = days.from === 0 || at <= now - days.from * DAY_MS
  return isLongEnoughAgo && (days.to === undefined || at > now - days.to * DAY_MS)
}
