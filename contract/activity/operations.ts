// The operations of the API that the activity log records: what each is about, and its words.
import type { Text } from '../errors.ts'

export const ACTIVITY_KINDS = [
  'customers',
  'programs',
  'rewards',
  'orders',
  'pos',
  'business',
  'staff',
  'keys',
  'privacy',
] as const
export type ActivityKind = (typeof ACTIVITY_KINDS)[number]

export const KIND_NAMES: Readonly<Record<ActivityKind, Text>> = {
  customers: { en: 'Customers and balances', ar: 'العملاء والأرصدة' },
  programs: { en: 'Programs', ar: 'البرامج' },
  rewards: { en: 'Rewards and codes', ar: 'المكافآت والرموز' },
  orders: { en: 'Orders and deliveries', ar: 'الطلبات والإشعارات الواردة' },
  pos: { en: 'Points of sale', ar: 'أنظمة نقاط البيع' },
  business: { en: 'Business and branches', ar: 'المنشأة والفروع' },
  staff: { en: 'Staff', ar: 'الموظفون' },
  keys: { en: 'API keys', ar: 'مفاتيح API' },
  privacy: { en: 'Privacy', ar: 'الخصوصية' },
}

interface RecordedOperation {
  kind: ActivityKind
  /** What was done, for a sentence that begins with who did it. */
  text: Text
}

const op = (kind: ActivityKind, en: string, ar: string): RecordedOperation => ({ kind, text: { en, ar } })

/** By operationId. */
export const RECORDED_OPERATIONS: Readonly<Record<string, RecordedOperation>> = {
  createCustomer: op('customers', 'Added a customer', 'أضاف عميلًا'),
  updateCustomer: op('customers', 'Changed a customer', 'عدّل بيانات عميل'),
  changeCustomerPhone: op('customers', 'Changed a mobile number', 'غيّر رقم جوال'),
  releaseFormerPhone: op('customers', 'Released a former mobile number', 'حرّر رقم جوال سابقًا'),
  mergeCustomer: op('customers', 'Merged two customers', 'دمج عميلين'),
  addNote: op('customers', 'Added a note', 'أضاف ملاحظة'),
  removeNote: op('customers', 'Deleted a note', 'حذف ملاحظة'),
  adjustBalance: op('customers', 'Adjusted a balance', 'عدّل رصيدًا'),
  createSubscription: op('customers', 'Created a subscription', 'أنشأ اشتراكًا'),
  endSubscription: op('customers', 'Ended a subscription', 'أنهى اشتراكًا'),
  renewCard: op('customers', 'Renewed the card of a customer', 'جدّد بطاقة عميل'),
  sendOneTimePassword: op('customers', 'Sent a one-time password', 'أرسل رمز تحقق'),
  createProgram: op('programs', 'Created a program', 'أنشأ برنامجًا'),
  createVersion: op('programs', 'Changed the rules of a program', 'عدّل قواعد برنامج'),
  renameProgram: op('programs', 'Renamed a program', 'غيّر اسم برنامج'),
  activateProgram: op('programs', 'Started a program', 'فعّل برنامجًا'),
  endProgram: op('programs', 'Ended a program', 'أنهى برنامجًا'),
  createBackTest: op('programs', 'Tried a program on past orders', 'جرّب برنامجًا على الطلبات السابقة'),
  cancelBackTest: op('programs', 'Cancelled a trial on past orders', 'ألغى تجربة على الطلبات السابقة'),
  createReward: op('rewards', 'Created a reward', 'أنشأ مكافأة'),
  updateReward: op('rewards', 'Changed a reward', 'عدّل مكافأة'),
  createRewardVersion: op('rewards', 'Changed the terms of a reward', 'عدّل شروط مكافأة'),
  archiveReward: op('rewards', 'Archived a reward', 'أرشف مكافأة'),
  activateReward: op('rewards', 'Activated a reward', 'فعّل مكافأة'),
  createClaim: op('rewards', 'Issued a code', 'أصدر رمزًا'),
  cancelClaim: op('rewards', 'Cancelled a code', 'ألغى رمزًا'),
  returnRedemption: op('rewards', 'Gave a redeemed reward back', 'أعاد مكافأة مستبدلة'),
  applyVoid: op('orders', 'Applied the void of an order', 'طبّق إلغاء طلب'),
  releaseOrder: op('orders', 'Released the units of a large order', 'اعتمد كسب طلب كبير'),
  rejectOrder: op('orders', 'Rejected the units of a large order', 'رفض كسب طلب كبير'),
  replayDelivery: op('orders', 'Processed a delivery again', 'أعاد معالجة إشعار وارد'),
  sendTestOrder: op('orders', 'Sent a test order', 'أرسل طلبًا تجريبيًا'),
  voidTestOrder: op('orders', 'Took a test order back', 'ألغى طلبًا تجريبيًا'),
  connect: op('pos', 'Connected a point of sale', 'ربط نظام نقاط بيع'),
  disconnect: op('pos', 'Disconnected a point of sale', 'فصل نظام نقاط بيع'),
  createConnectionSecret: op('pos', 'Created a connection secret', 'أنشأ رمزًا سريًا للربط'),
  removeConnectionSecret: op('pos', 'Removed the connection secret', 'أزال الرمز السري للربط'),
  createConnectionCode: op('pos', 'Created a connection code', 'أنشأ رمز ربط'),
  registerPos: op('pos', 'Registered a point of sale', 'سجّل نظام نقاط بيع'),
  createPosToken: op('pos', 'Created a token of a point of sale', 'أنشأ رمز وصول لنظام نقاط بيع'),
  revokePosToken: op('pos', 'Revoked a token of a point of sale', 'ألغى رمز وصول لنظام نقاط بيع'),
  startPosConsent: op('pos', 'Asked for access to a POS account', 'طلب الوصول إلى حساب نظام نقاط البيع'),
  syncPosAccount: op('pos', 'Synchronised a POS account', 'حدّث بيانات حساب نظام نقاط البيع'),
  startPosBackfill: op('pos', 'Imported past orders', 'استورد الطلبات السابقة'),
  removePosAccount: op('pos', 'Removed a POS account', 'أزال حساب نظام نقاط البيع'),
  updateBusiness: op('business', 'Changed the business', 'عدّل بيانات المنشأة'),
  updateBrand: op('business', 'Changed the brand', 'عدّل الهوية'),
  updateBranch: op('business', 'Changed a branch', 'عدّل فرعًا'),
  removeDemo: op('business', 'Removed the demo', 'أزال النسخة التجريبية'),
  setAdjustmentLimits: op('staff', 'Set the limits of adjustments', 'حدّد حدود تعديل الأرصدة'),
  createInvitation: op('staff', 'Invited somebody', 'دعا موظفًا'),
  resendInvitation: op('staff', 'Sent an invitation again', 'أعاد إرسال دعوة'),
  withdrawInvitation: op('staff', 'Withdrew an invitation', 'سحب دعوة'),
  acceptInvitation: op('staff', 'Accepted an invitation', 'قبل دعوة'),
  changeMember: op('staff', 'Changed a member of staff', 'عدّل بيانات موظف'),
  removeMember: op('staff', 'Removed a member of staff', 'أزال موظفًا'),
  beginSecondFactor: op('staff', 'Began to turn on their two-step verification', 'بدأ تفعيل التحقق بخطوتين لحسابه'),
  confirmSecondFactor: op('staff', 'Turned on their two-step verification', 'فعّل التحقق بخطوتين لحسابه'),
  turnOffSecondFactor: op('staff', 'Turned off two-step verification', 'أوقف التحقق بخطوتين'),
  replaceRecoveryCodes: op('staff', 'Made new recovery codes', 'أنشأ رموز استرداد جديدة'),
  addPasskey: op('staff', 'Added a passkey', 'أضاف مفتاح مرور'),
  renamePasskey: op('staff', 'Renamed a passkey', 'غيّر اسم مفتاح مرور'),
  deletePasskey: op('staff', 'Deleted a passkey', 'حذف مفتاح مرور'),
  changePassword: op('staff', 'Changed their own password', 'غيّر كلمة مروره'),
  resetPassword: op('staff', 'Reset a password', 'أعاد تعيين كلمة مرور'),
  requestEmailChange: op('staff', 'Asked to change their own email address', 'طلب تغيير بريده الإلكتروني'),
  confirmEmailChange: op('staff', 'Changed their own email address', 'غيّر بريده الإلكتروني'),
  leaveBusiness: op('staff', 'Left the business', 'غادر المنشأة'),
  createKey: op('keys', 'Created an API key', 'أنشأ مفتاح API'),
  revokeKey: op('keys', 'Revoked an API key', 'ألغى مفتاح API'),
  exportCustomer: op('privacy', 'Exported a customer', 'صدّر بيانات عميل'),
  eraseCustomer: op('privacy', 'Erased a customer', 'حذف بيانات عميل'),
  createPrivacyNotice: op('privacy', 'Created a privacy notice', 'أنشأ إشعار خصوصية'),
  updatePrivacyNotice: op('privacy', 'Changed a privacy notice', 'عدّل إشعار خصوصية'),
  publishPrivacyNotice: op('privacy', 'Published a privacy notice', 'نشر إشعار خصوصية'),
  deletePrivacyNotice: op('privacy', 'Deleted a privacy notice', 'حذف إشعار خصوصية'),
}

/** What was done; the operation itself when it has no words yet. */
export function operationText(operation: string): Text {
  return RECORDED_OPERATIONS[operation]?.text ?? { en: operation, ar: operation }
}

export function operationsOfKind(kind: ActivityKind): string[] {
  return Object.entries(RECORDED_OPERATIONS).flatMap(([name, one]) => (one.kind === kind ? [name] : []))
}
