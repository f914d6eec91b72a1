// The sections of Settings: each has a screen of its own.
import {
  IconBuildingStore,
  IconFileText,
  IconHistory,
  IconKey,
  IconMapPin,
  IconPalette,
  IconPlusMinus,
  IconShieldLock,
  type Icon as IconType,
  IconUsersGroup,
} from '@tabler/icons-react'
import type { Scope } from '../../../contract/scopes.ts'
import type { Text } from '../../words/text.ts'

export interface Section {
  /** A path of the router without parameters. */
  to: string
  label: Text
  /** What is set there, in one line. */
  text: Text
  icon: IconType
  /** Who sees it: those with one of these scopes. */
  scopes: readonly Scope[]
}

export const SECTIONS: readonly Section[] = [
  {
    to: '/settings/business',
    label: { en: 'Business', ar: 'المنشأة' },
    text: {
      en: 'Name, language of messages, country and time zone',
      ar: 'الاسم ولغة الرسائل والدولة والمنطقة الزمنية',
    },
    icon: IconBuildingStore,
    scopes: ['business:read'],
  },
  {
    to: '/settings/brand',
    label: { en: 'Brand', ar: 'الهوية' },
    text: { en: 'Logo, colours and the card of customers', ar: 'الشعار والألوان وبطاقة العميل' },
    icon: IconPalette,
    scopes: ['business:read'],
  },
  {
    to: '/settings/branches',
    label: { en: 'Branches', ar: 'الفروع' },
    text: { en: 'Their names and time zones', ar: 'أسماؤها ومناطقها الزمنية' },
    icon: IconMapPin,
    scopes: ['business:read'],
  },
  {
    to: '/settings/adjustments',
    label: { en: 'Adjustments', ar: 'تعديل الأرصدة' },
    text: {
      en: 'How much support and managers may give or deduct by hand',
      ar: 'حدود التعديل اليدوي لخدمة العملاء والمديرين',
    },
    icon: IconPlusMinus,
    scopes: ['staff:read'],
  },
  {
    to: '/settings/keys',
    label: { en: 'API keys', ar: 'مفاتيح API' },
    text: { en: 'What other systems may do in your name', ar: 'ما يمكن للأنظمة الأخرى فعله باسمك' },
    icon: IconKey,
    scopes: ['keys:read'],
  },
  {
    to: '/settings/activity',
    label: { en: 'Activity', ar: 'سجل النشاط' },
    text: { en: 'Who changed what, when and from where', ar: 'من غيّر ماذا ومتى ومن أين' },
    icon: IconHistory,
    scopes: ['audit:read'],
  },
  {
    to: '/settings/staff',
    label: { en: 'Staff', ar: 'الموظفون' },
    text: { en: 'Who works here, in which role', ar: 'من يعمل هنا، وبأي دور' },
    icon: IconUsersGroup,
    scopes: ['staff:read'],
  },
  {
    to: '/settings/notices',
    label: { en: 'Privacy notices', ar: 'إشعارات الخصوصية' },
    text: { en: 'What customers agree to when they join', ar: 'ما يوافق عليه العملاء عند الانضمام' },
    icon: IconFileText,
    scopes: ['privacy:read'],
  },
  {
    to: '/settings/privacy',
    label: { en: 'Privacy', ar: 'الخصوصية' },
    text: {
      en: 'Customers who were erased, and what is kept how long',
      ar: 'العملاء الذين حُذفت بياناتهم، ومدة حفظ البيانات',
    },
    icon: IconShieldLock,
    scopes: ['privacy:read'],
  },
]
