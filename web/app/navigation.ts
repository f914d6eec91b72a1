// What the side bar, the bottom bar of a phone and the command palette list: one entry for each
// screen that a person opens directly.
import {
  IconChartBar,
  IconGift,
  IconHome,
  IconInbox,
  IconPlugConnected,
  IconReceipt,
  IconRosetteDiscount,
  IconSettings,
  type Icon as IconType,
  IconUsers,
} from '@tabler/icons-react'
import type { Scope } from '../../contract/scopes.ts'
import type { Text } from '../words/text.ts'

export interface Destination {
  /** A path of the router without parameters. */
  to: string
  label: Text
  icon: IconType
  /** Who sees it: those with one of these scopes; everybody without it. */
  scopes?: readonly Scope[]
  /** `main` above the line of the side bar, `more` below it. */
  place: 'main' | 'more'
  /** The four first stand in the bottom bar of a phone. */
  onPhone?: boolean
  /** Physical key after `g`: `KeyH` opens it. */
  key: string
}

export const DESTINATIONS: readonly Destination[] = [
  { to: '/', label: { en: 'Home', ar: 'الرئيسية' }, icon: IconHome, place: 'main', onPhone: true, key: 'KeyH' },
  {
    to: '/orders',
    label: { en: 'Orders', ar: 'الطلبات' },
    icon: IconReceipt,
    scopes: ['orders:read'],
    place: 'main',
    onPhone: true,
    key: 'KeyO',
  },
  {
    to: '/customers',
    label: { en: 'Customers', ar: 'العملاء' },
    icon: IconUsers,
    scopes: ['customers:read'],
    place: 'main',
    onPhone: true,
    key: 'KeyC',
  },
  {
    to: '/programs',
    label: { en: 'Programs', ar: 'البرامج' },
    icon: IconRosetteDiscount,
    scopes: ['programs:read'],
    place: 'main',
    onPhone: true,
    key: 'KeyP',
  },
  {
    to: '/rewards',
    label: { en: 'Rewards', ar: 'المكافآت' },
    icon: IconGift,
    scopes: ['rewards:read'],
    place: 'main',
    key: 'KeyW',
  },
  {
    to: '/reports',
    label: { en: 'Reports', ar: 'التقارير' },
    icon: IconChartBar,
    scopes: ['reports:read'],
    place: 'main',
    key: 'KeyR',
  },
  {
    to: '/connect',
    label: { en: 'Point of sale', ar: 'نظام نقاط البيع' },
    icon: IconPlugConnected,
    scopes: ['connections:read'],
    place: 'more',
    key: 'KeyN',
  },
  {
    to: '/deliveries',
    label: { en: 'Webhook deliveries', ar: 'الإشعارات الواردة' },
    icon: IconInbox,
    scopes: ['deliveries:read'],
    place: 'more',
    key: 'KeyD',
  },
  {
    to: '/settings',
    label: { en: 'Settings', ar: 'الإعدادات' },
    icon: IconSettings,
    scopes: ['business:read'],
    place: 'more',
    key: 'KeyS',
  },
]

/** The destinations that a person with these scopes can open. */
export function destinationsFor(scopes: readonly string[]): readonly Destination[] {
  return DESTINATIONS.filter((one) => one.scopes === undefined || one.scopes.some((scope) => scopes.includes(scope)))
}
