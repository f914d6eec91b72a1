// Where the subject of an entry of the activity log is shown.
import type { LinkProps } from '@tanstack/react-router'

const SCREENS = {
  cus: '/customers/$id',
  prg: '/programs/$id',
  rwd: '/rewards/$id',
  ord: '/orders/$id',
  dlv: '/deliveries/$id',
  bkt: '/back-tests/$id',
} as const

/** Null for what has no screen of its own. */
export function subjectLink(subject: string | null): LinkProps | null {
  if (subject === null) return { to: '/settings/business' }
  const prefix = subject.slice(0, 3)
  if (prefix === 'brn') return { to: '/settings/branches' }
  if (prefix === 'key') return { to: '/settings/keys' }
  const to = subject.charAt(3) === '_' && prefix in SCREENS ? SCREENS[prefix as keyof typeof SCREENS] : undefined
  return to ? { to, params: { id: subject } } : null
}
