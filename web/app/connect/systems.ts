// The POS systems that the screen lists: those that are connected or registered, and Foodics.
import type { Connection } from '../../../contract/api/business.ts'
import type { PosSystem } from '../../../contract/api/connections.ts'
import type { Text } from '../../words/text.ts'

export interface System {
  pos: string
  title: Text
  references: string[]
  /** Several businesses use it, so a reference needs proof. */
  isShared: boolean
}

/** Names of systems that the operator shares. */
const SHARED: { foodics: Text } & Partial<Record<string, Text>> = {
  foodics: { en: 'Foodics', ar: 'فودكس' },
  standard: { en: 'Open order format', ar: 'الصيغة المفتوحة' },
}

/** Connected ones first. */
export function systemsOf(own: readonly PosSystem[], connections: readonly Connection[]): System[] {
  const titles = new Map<string, Text>([['foodics', SHARED.foodics]])
  for (const { pos } of connections) if (!titles.has(pos)) titles.set(pos, SHARED[pos] ?? { en: pos, ar: pos })
  for (const { pos, title } of own) titles.set(pos, { en: title, ar: title })
  const systems = [...titles].map(([pos, title]) => ({
    pos,
    title,
    references: connections.filter((one) => one.pos === pos).map(({ reference }) => reference),
    isShared: !own.some((one) => one.pos === pos),
  }))
  return systems.sort((a, b) => b.references.length - a.references.length)
}
