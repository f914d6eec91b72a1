// What each scope allows, in a plain sentence.
import type { Text } from './errors.ts'
import type { Scope } from './scopes.ts'

export const SCOPE_NAMES: Readonly<Record<Scope, Text>> = {
  'business:read': { en: 'See the business and its branches', ar: 'عرض المنشأة وفروعها' },
  'business:write': { en: 'Change the business and its branches', ar: 'تعديل المنشأة وفروعها' },
  'programs:read': { en: 'See programs and what customers hold in them', ar: 'عرض البرامج وأرصدة العملاء فيها' },
  'programs:write': { en: 'Create, change, start and end programs', ar: 'إنشاء البرامج وتعديلها وتفعيلها وإنهاؤها' },
  'customers:read': { en: 'See customers with their numbers and balances', ar: 'عرض العملاء وأرقامهم وأرصدتهم' },
  'customers:write': { en: 'Add and change customers', ar: 'إضافة العملاء وتعديل بياناتهم' },
  'ledger:adjust': { en: 'Adjust balances and merge customers', ar: 'تعديل الأرصدة ودمج العملاء' },
  'subscriptions:write': { en: 'Create and end subscriptions', ar: 'إنشاء الاشتراكات وإنهاؤها' },
  'rewards:read': { en: 'See rewards', ar: 'عرض المكافآت' },
  'rewards:write': { en: 'Create, change and archive rewards', ar: 'إنشاء المكافآت وتعديلها وأرشفتها' },
  'claims:read': { en: 'See codes of customers', ar: 'عرض رموز العملاء' },
  'claims:write': { en: 'Issue, cancel and give back codes', ar: 'إصدار الرموز وإلغاؤها وإعادتها' },
  'claims:cashier': {
    en: 'Issue codes at the till, with proof of the customer',
    ar: 'إصدار الرموز عند الكاشير بعد إثبات هوية العميل',
  },
  'orders:read': { en: 'See orders', ar: 'عرض الطلبات' },
  'orders:write': { en: 'Decide on orders that need a review', ar: 'البتّ في الطلبات التي تحتاج مراجعة' },
  'events:read': { en: 'Follow what happens, live', ar: 'متابعة ما يحدث مباشرة' },
  'reports:read': { en: 'See reports', ar: 'عرض التقارير' },
  'deliveries:read': { en: 'See webhook deliveries and their result', ar: 'عرض الإشعارات الواردة ونتائجها' },
  'deliveries:body': { en: 'See the content of webhook deliveries', ar: 'عرض محتوى الإشعارات الواردة' },
  'deliveries:write': { en: 'Process webhook deliveries again', ar: 'إعادة معالجة الإشعارات الواردة' },
  'connections:read': { en: 'See points of sale', ar: 'عرض أنظمة نقاط البيع' },
  'connections:write': {
    en: 'Connect points of sale and create their tokens',
    ar: 'ربط أنظمة نقاط البيع وإنشاء رموز وصولها',
  },
  'keys:read': { en: 'See API keys', ar: 'عرض مفاتيح API' },
  'keys:write': { en: 'Create and revoke API keys', ar: 'إنشاء مفاتيح API وإلغاؤها' },
  'audit:read': { en: 'See the activity log', ar: 'عرض سجل النشاط' },
  'staff:read': { en: 'See staff and their limits', ar: 'عرض الموظفين وحدودهم' },
  'staff:write': {
    en: 'Invite, change and remove staff, and set limits',
    ar: 'دعوة الموظفين وتعديلهم وإزالتهم وتحديد حدودهم',
  },
  'demo:remove': { en: 'Remove the demo', ar: 'إزالة النسخة التجريبية' },
  'privacy:read': { en: 'See which customers were erased', ar: 'عرض سجل حذف بيانات العملاء' },
  'privacy:export': { en: 'Export all that is known of a customer', ar: 'تصدير كل ما يُعرف عن عميل' },
  'privacy:erase': { en: 'Erase customers for good', ar: 'حذف بيانات العملاء نهائيًا' },
}
