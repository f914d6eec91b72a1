// Who did something, in a few words.
import type { ActorObject } from '../../contract/actor.ts'
import type { Text } from '../words/text.ts'

/** Null where the POS of an order did it, and where nobody is recorded. */
export function actorText(actor: ActorObject | null): Text | null {
  if (actor === null || actor.kind === 'pos') return null
  return KINDS[actor.kind]
}

const KINDS: Record<Exclude<ActorObject['kind'], 'pos'>, Text> = {
  key: { en: 'by an API key', ar: 'بمفتاح API' },
  staff: { en: 'by staff', ar: 'بواسطة الموظفين' },
  device: { en: 'at the till', ar: 'عند الكاشير' },
  customer: { en: 'by the customer', ar: 'بواسطة العميل' },
  job: { en: 'automatically', ar: 'تلقائيًا' },
  system: { en: 'automatically', ar: 'تلقائيًا' },
}
