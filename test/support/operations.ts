// Every operation of the business API, each with a call that succeeds once.
import type { Scope } from '../../contract/scopes.ts'
import { NOTICE_TEXTS, OFFER, POINTS_DEFINITION, type World } from './api.ts'

const TRIED = { paid_at: '2026-11-24T08:20:00Z', lines: [{ quantity: 2, total: 3600 }] }

export interface Operation {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** The path in the OpenAPI document, below /api/v1. */
  route: string
  /** One of these suffices; a refusal names the first. */
  scopes: readonly [Scope, ...Scope[]]
  /** A call that succeeds in `world`, made once. */
  path: string
  body?: object
  /** Whether it names things of the business, so that another business gets 404. */
  names: boolean
}

/** Every operation. Those that remove what others need are last. */
export function operationsOn(world: World): Operation[] {
  const at = (
    method: Operation['method'],
    route: string,
    scope: Scope | [Scope, ...Scope[]],
    { id = '', body, path = route.replace('{id}', id) }: { id?: string; body?: object; path?: string } = {},
  ): Operation => ({
    method,
    route,
    scopes: typeof scope === 'string' ? [scope] : scope,
    path,
    names: path !== route,
    ...(body && { body }),
  })
  const { program, draft, plan, reward, treat, customer, twin, order, undone } = world
  const { delivery, branch, subscription, key, reference, card, claim } = world
  const name = { en: 'Another', ar: 'آخر' }
  return [
    at('GET', '/programs', 'programs:read'),
    at('POST', '/programs', 'programs:write', { body: { name, definition: POINTS_DEFINITION, type: 'points' } }),
    at('POST', '/programs/try', 'programs:read', { body: { definition: POINTS_DEFINITION, order: TRIED } }),
    at('GET', '/programs/{id}', 'programs:read', { id: program }),
    at('PATCH', '/programs/{id}', 'programs:write', { id: program, body: { name } }),
    at('POST', '/programs/{id}/versions', 'programs:write', { id: draft, body: { definition: POINTS_DEFINITION } }),
    at('POST', '/programs/{id}/activate', 'programs:write', { id: draft, body: {} }),
    at('GET', '/programs/{id}/back-tests', 'programs:read', { id: program }),
    at('POST', '/programs/{id}/back-tests', 'programs:write', { id: program, body: { days: 30 } }),
    at('GET', '/back-tests/{id}', 'programs:read', { id: world.backTest }),
    at('POST', '/back-tests/{id}/cancel', 'programs:write', { id: world.backTest }),
    at('GET', '/programs/{id}/summary', 'programs:read', { id: program }),
    at('GET', '/ledger/summary', 'programs:read'),
    at('GET', '/rewards', 'rewards:read'),
    at('POST', '/rewards', 'rewards:write', { body: { name, program_id: program, ...OFFER } }),
    at('GET', '/rewards/{id}', 'rewards:read', { id: reward }),
    at('PATCH', '/rewards/{id}', 'rewards:write', { id: reward, body: { name } }),
    at('POST', '/rewards/{id}/versions', 'rewards:write', { id: reward, body: OFFER }),
    at('POST', '/rewards/{id}/archive', 'rewards:write', { id: reward }),
    at('POST', '/rewards/{id}/activate', 'rewards:write', { id: reward }),
    at('GET', '/customers', 'customers:read'),
    at('GET', '/segments', 'customers:read'),
    at('POST', '/customers', 'customers:write', { body: { phone: '0500000099' } }),
    at('GET', '/customers/{id}', 'customers:read', { id: customer }),
    at('PATCH', '/customers/{id}', 'customers:write', { id: customer, body: { name: 'Renamed' } }),
    at('POST', '/customers/{id}/phone', 'customers:write', {
      id: twin,
      body: { phone: '0500000097', reason: 'Sample' },
    }),
    at('DELETE', '/customers/{id}/former-phones/{phone}', 'customers:write', {
      path: `/customers/${twin}/former-phones/0500000098`,
    }),
    at('POST', '/customers/{id}/merge/preview', 'ledger:adjust', {
      id: customer,
      body: { into: world.twin, reason: 'Sample' },
    }),
    at('POST', '/customers/{id}/merge', 'ledger:adjust', { id: twin, body: { into: customer, reason: 'Sample' } }),
    at('GET', '/customers/{id}/notes', 'customers:read', { id: customer }),
    at('POST', '/customers/{id}/notes', 'customers:write', { id: customer, body: { text: 'Sample' } }),
    at('DELETE', '/customers/{id}/notes/{note}', 'customers:write', {
      path: `/customers/${customer}/notes/${world.note}`,
    }),
    at('GET', '/customers/{id}/timeline', 'customers:read', { id: customer }),
    at('GET', '/customers/{id}/ledger', 'customers:read', { id: customer }),
    at('POST', '/customers/{id}/adjustments', 'ledger:adjust', {
      id: customer,
      body: { program_id: program, units: 5, reason: 'Sample' },
    }),
    at('POST', '/customers/{id}/adjustments/preview', 'ledger:adjust', {
      id: customer,
      body: { program_id: program, units: 5, reason: 'Sample' },
    }),
    at('GET', '/customers/{id}/orders', 'orders:read', { id: customer }),
    at('POST', '/customers/{id}/subscriptions', 'subscriptions:write', { id: customer, body: { program_id: plan } }),
    at('POST', '/subscriptions/{id}/end', 'subscriptions:write', { id: subscription }),
    at('GET', '/customers/{id}/card', 'claims:write', { id: customer }),
    at('POST', '/cards/read', 'claims:cashier', { body: { token: card } }),
    at('POST', '/customers/{id}/card/renew', 'claims:write', { id: customer }),
    at('POST', '/customers/{id}/one-time-passwords', ['claims:cashier', 'claims:write'], { id: customer }),
    at('POST', '/customers/{id}/claims', ['claims:write', 'claims:cashier'], {
      id: customer,
      body: { reward_id: treat },
    }),
    at('GET', '/customers/{id}/claims', 'claims:read', { id: customer }),
    at('GET', '/claims/{id}', 'claims:read', { id: claim }),
    at('POST', '/claims/{id}/cancel', ['claims:write', 'claims:cashier'], { id: claim }),
    at('POST', '/claims/{id}/return', 'claims:write', { id: world.redeemed, body: { reason: 'Sample' } }),
    at('GET', '/customers/{id}/export', 'privacy:export', { id: customer }),
    at('GET', '/customers/{id}/erasure', 'privacy:erase', { id: customer }),
    at('GET', '/erasures', 'privacy:read'),
    at('GET', '/erasures/{id}', 'privacy:read', { id: world.erasure }),
    at('GET', '/privacy-notices', 'privacy:read'),
    at('GET', '/privacy-notices/{id}', 'privacy:read', { id: world.notice }),
    at('PATCH', '/privacy-notices/{id}', 'business:write', { id: world.notice, body: { texts: NOTICE_TEXTS } }),
    at('POST', '/privacy-notices/{id}/publish', 'business:write', { id: world.notice }),
    at('POST', '/privacy-notices', 'business:write', { body: {} }),
    at('DELETE', '/privacy-notices/{id}', 'business:write', { id: world.unwanted }),
    at('DELETE', '/customers/{id}', 'privacy:erase', { id: world.leaver }),
    at('GET', '/orders', 'orders:read'),
    at('GET', '/orders/{id}', 'orders:read', { id: order }),
    at('POST', '/orders/{id}/apply-void', 'orders:write', { id: undone }),
    at('POST', '/orders/{id}/release', 'orders:write', { id: world.large }),
    at('POST', '/orders/{id}/reject', 'orders:write', { id: world.larger }),
    at('GET', '/home', 'reports:read'),
    at('GET', '/reports/visits', 'reports:read'),
    at('GET', '/reports/liability', 'reports:read'),
    at('GET', '/reports/redemption', 'reports:read'),
    at('GET', '/reports/rewards', 'reports:read'),
    at('GET', '/reports/branches', 'reports:read'),
    at('GET', '/reports/cohorts', 'reports:read'),
    at('GET', '/deliveries', 'deliveries:read'),
    at('GET', '/deliveries/{id}', 'deliveries:read', { id: delivery }),
    at('POST', '/deliveries/{id}/replay', 'deliveries:write', { id: delivery }),
    at('GET', '/unmatched-deliveries', 'deliveries:read'),
    at('GET', '/business', 'business:read'),
    at('PATCH', '/business', 'business:write', { body: { language: 'en' } }),
    at('GET', '/business/brand', 'business:read'),
    at('PATCH', '/business/brand', 'business:write', { body: { colors: { shop: '#123456' } } }),
    at('GET', '/branches', 'business:read'),
    at('PATCH', '/branches/{id}', 'business:write', { id: branch, body: { timezone: 'Asia/Dubai' } }),
    at('GET', '/connections', 'connections:read'),
    at('POST', '/connections', 'connections:write', { body: { pos: 'foodics', reference } }),
    at('POST', '/connections/{pos}/{reference}/secret', 'connections:write', {
      path: `/connections/standard/${reference}/secret`,
      body: {},
    }),
    at('DELETE', '/connections/{pos}/{reference}/secret', 'connections:write', {
      path: `/connections/standard/${reference}/secret`,
    }),
    at('GET', '/connection-codes', 'connections:read'),
    at('POST', '/connection-codes', 'connections:write', { body: { pos: 'foodics' } }),
    at('GET', '/pos-systems', 'connections:read'),
    at('POST', '/pos-systems', 'connections:write', { body: { title: 'Own POS' } }),
    at('POST', '/pos-systems/{pos}/tokens', 'connections:write', {
      path: `/pos-systems/${world.ownPos}/tokens`,
      body: {},
    }),
    at('GET', '/pos-accounts', 'connections:read'),
    at('POST', '/pos-accounts/{pos}/consent', 'connections:write', { path: '/pos-accounts/foodics/consent' }),
    at('GET', '/pos-accounts/{pos}', 'connections:read', { path: '/pos-accounts/foodics' }),
    at('POST', '/pos-accounts/{pos}/sync', 'connections:write', { path: '/pos-accounts/foodics/sync' }),
    at('POST', '/pos-accounts/{pos}/backfill', 'connections:write', {
      path: '/pos-accounts/foodics/backfill',
      body: { from: '2026-01-01' },
    }),
    at('GET', '/products', 'programs:read'),
    at('GET', '/categories', 'programs:read'),
    at('GET', '/adjustment-allowance', 'ledger:adjust'),
    at('GET', '/adjustment-limits', 'staff:read'),
    at('PATCH', '/adjustment-limits', 'staff:write', { body: { support: { per_adjustment: 5000, per_day: 20_000 } } }),
    at('GET', '/activity', 'audit:read'),
    at('GET', '/activity/actors', 'audit:read'),
    at('GET', '/keys', 'keys:read'),
    at('POST', '/keys', 'keys:write', { body: { name: 'Third', scopes: ['keys:write'] } }),
    at('POST', '/programs/{id}/end', 'programs:write', { id: program, body: {} }),
    at('DELETE', '/keys/{id}', 'keys:write', { id: key }),
    at('DELETE', '/pos-systems/{pos}/tokens/{token}', 'connections:write', {
      path: `/pos-systems/${world.ownPos}/tokens/old`,
    }),
    at('DELETE', '/pos-accounts/{pos}', 'connections:write', { path: '/pos-accounts/foodics' }),
    at('DELETE', '/connections/{pos}/{reference}', 'connections:write', { path: `/connections/foodics/${reference}` }),
    at('GET', '/work-list', 'orders:read'),
    at('GET', '/pos-systems/{pos}/status', 'connections:read', { path: '/pos-systems/foodics/status' }),
    at('POST', '/test-orders', 'connections:write', { body: {} }),
    at('POST', '/test-orders/{id}/void', 'connections:write', { id: world.testOrder, body: {} }),
    at('GET', '/events', 'events:read'),
    at('GET', '/staff', 'staff:read'),
    at('PATCH', '/staff/{id}', 'staff:write', { id: world.member, body: { role: 'manager', branches: null } }),
    at('GET', '/invitations', 'staff:read'),
    at('POST', '/invitations', 'staff:write', {
      body: { email: 'invited@example.com', role: 'analyst', branches: null },
    }),
    at('POST', '/invitations/{id}/resend', 'staff:write', { id: world.invitation }),
    at('DELETE', '/invitations/{id}', 'staff:write', { id: world.invitation }),
    at('DELETE', '/staff/{id}', 'staff:write', { id: world.member }),
    at('GET', '/demo/mails', 'staff:read'),
    at('GET', '/demo', 'business:read'),
    at('POST', '/demo/remove', 'demo:remove', { body: { name: { en: 'My Shop' } } }),
  ]
}
