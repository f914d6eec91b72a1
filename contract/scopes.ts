// The scopes of API keys and of staff. Each operation of the business API requires one of them.

export const SCOPES = [
  'business:read',
  'business:write',
  'programs:read',
  'programs:write',
  'customers:read',
  'customers:write',
  'ledger:adjust',
  'subscriptions:write',
  'rewards:read',
  'rewards:write',
  'claims:read',
  'claims:write',
  'claims:cashier',
  'orders:read',
  'orders:write',
  'events:read',
  'reports:read',
  'deliveries:read',
  'deliveries:body',
  'deliveries:write',
  'connections:read',
  'connections:write',
  'keys:read',
  'keys:write',
  'audit:read',
  'staff:read',
  'staff:write',
  'demo:remove',
  'privacy:read',
  'privacy:export',
  'privacy:erase',
] as const

export type Scope = (typeof SCOPES)[number]

export function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text)
}
