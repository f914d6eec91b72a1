// The roles of staff in a business: each is a named set of scopes.
import type { Text } from './errors.ts'
import { SCOPES, type Scope } from './scopes.ts'

export const ROLES = ['owner', 'manager', 'support', 'analyst', 'cashier'] as const
export type Role = (typeof ROLES)[number]

/** Their names in sentences. */
export const ROLE_NAMES: Readonly<Record<Role, Text>> = {
  owner: { en: 'owner', ar: 'مالك' },
  manager: { en: 'manager', ar: 'مدير' },
  support: { en: 'support', ar: 'خدمة العملاء' },
  analyst: { en: 'analyst', ar: 'محلل' },
  cashier: { en: 'cashier', ar: 'كاشير' },
}

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text)
}

/** What only an owner may do. */
const OWNERS_ALONE: readonly Scope[] = [
  'keys:read',
  'keys:write',
  'staff:read',
  'staff:write',
  'privacy:erase',
  'demo:remove',
]

/**
 * What a person in a role may do. This is the only place that maps roles to scopes; a new scope is
 * the owner's and the manager's unless it is listed here otherwise.
 */
const SCOPES_OF: Readonly<Record<Role, readonly Scope[]>> = {
  owner: SCOPES,
  manager: SCOPES.filter((scope) => !OWNERS_ALONE.includes(scope)),
  support: [
    'business:read',
    'programs:read',
    'rewards:read',
    'customers:read',
    'customers:write',
    'ledger:adjust',
    'subscriptions:write',
    'claims:read',
    'claims:write',
    'orders:read',
    'events:read',
  ],
  analyst: [
    'business:read',
    'programs:read',
    'rewards:read',
    'customers:read',
    'claims:read',
    'orders:read',
    'events:read',
    'reports:read',
  ],
  cashier: ['claims:cashier'],
}

/**
 * What a person who is limited to branches may do at most: work with customers and orders, and read
 * what is on offer. Settings, programs and connections are those of the whole business.
 */
const SCOPES_OF_BRANCHES: readonly Scope[] = [
  'business:read',
  'programs:read',
  'rewards:read',
  'customers:read',
  'customers:write',
  'ledger:adjust',
  'subscriptions:write',
  'claims:read',
  'claims:write',
  'claims:cashier',
  'orders:read',
  'orders:write',
]

/** `isLimited`: the person is limited to some branches. */
export function scopesOf(role: Role, isLimited: boolean): Scope[] {
  return SCOPES_OF[role].filter((scope) => !isLimited || SCOPES_OF_BRANCHES.includes(scope))
}

/** Roles whose adjustments a business can limit. Owners and API keys have no limit. */
export const LIMITED_ROLES = ['support', 'manager'] as const
export type LimitedRole = (typeof LIMITED_ROLES)[number]

export function isLimitedRole(role: Role): role is LimitedRole {
  return (LIMITED_ROLES as readonly Role[]).includes(role)
}

/** What holds until an owner sets a limit: support may not adjust, a manager may without a limit. */
export function limitByDefault(role: LimitedRole): 'zero' | 'none' {
  return role === 'support' ? 'zero' : 'none'
}

/** Roles that see the phone numbers of customers masked, and cannot search by them. */
export function masksPhones(role: Role): boolean {
  return role === 'analyst'
}
