// Sets of scopes that a new API key usually needs.
import { SCOPES, type Scope } from '../../../contract/scopes.ts'
import type { Text } from '../../words/text.ts'

export interface Preset {
  id: string
  name: Text
  scopes: readonly Scope[]
}

/** What a key that only reads has no use for: secrets, the content of deliveries, staff. */
const NOT_TO_READ: readonly Scope[] = ['keys:read', 'staff:read', 'audit:read', 'privacy:read']

export const PRESETS: readonly Preset[] = [
  {
    id: 'read',
    name: { en: 'Read only', ar: 'عرض فقط' },
    scopes: SCOPES.filter((scope) => scope.endsWith(':read') && !NOT_TO_READ.includes(scope)),
  },
  {
    id: 'customers',
    name: { en: 'Customers and codes', ar: 'العملاء والرموز' },
    scopes: ['programs:read', 'rewards:read', 'customers:read', 'customers:write', 'claims:read', 'claims:write'],
  },
  {
    id: 'reports',
    name: { en: 'Reports', ar: 'التقارير' },
    scopes: ['business:read', 'programs:read', 'reports:read'],
  },
]

/** The preset that has exactly these scopes. */
export function presetOf(scopes: ReadonlySet<Scope>): Preset | undefined {
  return PRESETS.find((preset) => preset.scopes.length === scopes.size && preset.scopes.every((one) => scopes.has(one)))
}
