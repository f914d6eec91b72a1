// The error catalogue: every code of both APIs with its HTTP status and its title in both
// languages.

/** The same text in both languages of LoyaPro. */
export interface Text {
  en: string
  ar: string
}

interface ErrorKind {
  status: number
  title: Text
}

function kind(status: number, en: string, ar: string): ErrorKind {
  return { status, title: { en, ar } }
}

/** Codes never change their meaning. A new case gets a new code. */
export const ERRORS = {
  // Any request.
  invalid_json: kind(400, 'The request body is not valid JSON', 'محتوى طلب API ليس JSON صحيحًا'),
  bad_request: kind(400, 'The request could not be read', 'تعذّرت قراءة طلب API'),
  unauthenticated: kind(401, 'Authentication failed', 'فشل التحقق من الهوية'),
  not_found: kind(404, 'Not found', 'المطلوب غير موجود'),
  method_not_allowed: kind(405, 'This address does not support this HTTP method', 'هذا العنوان لا يدعم طريقة HTTP هذه'),
  request_timeout: kind(408, 'The request took too long to arrive', 'استغرق وصول طلب API وقتًا أطول من المسموح'),
  too_large: kind(413, 'The request body is too large', 'حجم محتوى طلب API أكبر من المسموح'),
  unsupported_media_type: kind(
    415,
    'The request body must be sent as application/json',
    'يجب إرسال محتوى طلب API بصيغة application/json',
  ),
  headers_too_large: kind(431, 'The request headers are too large', 'حجم ترويسات طلب API أكبر من المسموح'),
  internal: kind(500, 'Something went wrong on our side', 'حدث خطأ من جهتنا'),
  unavailable: kind(503, 'LoyaPro is temporarily unavailable', 'لويا برو غير متاح حاليًا'),

  // Requests of a POS.
  pos_mismatch: kind(403, 'The token was issued to another POS', 'رمز الوصول صادر لنظام نقاط بيع آخر'),
  pos_unknown: kind(404, 'No POS has this name', 'لا يوجد نظام نقاط بيع بهذا الاسم'),
  invalid_order: kind(422, 'The order is not valid', 'بيانات الطلب المرسل من نظام نقاط البيع غير صحيحة'),
  connection_code_invalid: kind(404, 'The connection code is not valid', 'رمز الربط غير صالح'),
  overloaded: kind(429, 'Too many orders are waiting', 'طلبات كثيرة قيد الانتظار'),

  // A till that checks or redeems a code.
  business_unknown: kind(404, 'No business is connected to this reference', 'لا توجد منشأة مرتبطة بهذا المرجع'),
  reward_not_found: kind(404, 'This code is not valid for this customer', 'هذا الرمز غير صالح لهذا العميل'),
  reward_used: kind(409, 'The code was already used', 'سبق استخدام الرمز'),
  reward_expired: kind(409, 'The code has expired', 'انتهت صلاحية الرمز'),
  reward_cancelled: kind(409, 'The code was cancelled', 'أُلغي الرمز'),
  reward_not_here: kind(409, 'The reward is not valid at this branch', 'المكافأة غير متاحة في هذا الفرع'),
  reward_not_now: kind(409, 'The reward is not valid at this time', 'المكافأة غير متاحة في هذا الوقت'),
  use_limit_reached: kind(409, 'The daily limit of the plan has been reached', 'وصل العميل إلى الحد اليومي للباقة'),
  too_soon: kind(409, 'The plan cannot be used again yet', 'لا يمكن استخدام الباقة مرة أخرى الآن'),
  not_combinable: kind(409, 'The reward cannot be combined with another reward', 'لا يمكن جمع المكافأة مع مكافأة أخرى'),
  discount_too_high: kind(
    422,
    'The discount is higher than the reward allows',
    'الخصم أعلى من الحد المسموح في المكافأة',
  ),
  order_too_small: kind(422, 'The order is below the minimum for the reward', 'قيمة الطلب أقل من الحد الأدنى للمكافأة'),

  // Requests to the business API.
  reward_unavailable: kind(409, 'The reward cannot be claimed', 'لا يمكن حجز هذه المكافأة'),
  limit_reached: kind(409, 'The reward has reached its redemption limit', 'بلغت المكافأة الحد الأقصى لمرات الاستخدام'),
  below_minimum: kind(409, 'The balance is below the minimum for redemption', 'الرصيد أقل من الحد الأدنى للاستبدال'),
  no_card: kind(409, 'The customer has no completed stamp card', 'ليس لدى العميل بطاقة أختام مكتملة'),
  forbidden_scope: kind(403, 'The required scope is missing', 'الصلاحية المطلوبة غير متوفرة'),
  invalid_request: kind(422, 'The request is not valid', 'طلب API غير صحيح'),
  rate_limited: kind(429, 'Too many requests', 'عدد طلبات API أكبر من المسموح'),
  idempotency_key_reused: kind(
    422,
    'This Idempotency-Key was already used for a different request',
    'سبق استخدام Idempotency-Key مع طلب API مختلف',
  ),
  idempotency_in_progress: kind(
    409,
    'The first request with this Idempotency-Key is still in progress',
    'طلب API الأول بهذا الـ Idempotency-Key ما زال قيد التنفيذ',
  ),
  customer_erased: kind(410, 'The customer was erased', 'حُذفت بيانات العميل'),
  customer_merged: kind(410, 'The customer was merged into another customer', 'دُمج العميل في عميل آخر'),
  conflict: kind(409, 'The request conflicts with the current state', 'طلب API يتعارض مع الحالة الحالية للبيانات'),
  quota_reached: kind(409, 'The business has the maximum number of these', 'بلغت المنشأة الحد الأقصى من هذا النوع'),
  adjustment_limit: kind(409, 'The adjustment exceeds the limit of the person', 'يتجاوز التعديل الحد المسموح لك'),
  insufficient_units: kind(409, 'The balance is not sufficient', 'الرصيد غير كافٍ'),
  proof_required: kind(403, 'Proof from the customer is required', 'يلزم إثبات من العميل'),
  wrong_proof: kind(403, 'The proof from the customer is not valid', 'إثبات العميل غير صحيح'),
  proof_expired: kind(
    403,
    'The one-time password has expired or was already used',
    'رمز التحقق منتهي الصلاحية أو سبق استخدامه',
  ),
  too_many_attempts: kind(429, 'Too many failed attempts', 'محاولات خاطئة كثيرة'),
  pos_not_callable: kind(409, 'LoyaPro cannot connect to this POS', 'لا يمكن الاتصال بنظام نقاط البيع هذا من لويا برو'),
  consent_needed: kind(
    409,
    'The POS needs the merchant’s consent again',
    'يلزم تجديد موافقة المنشأة في نظام نقاط البيع',
  ),
  reports_building: kind(503, 'The reports are being prepared', 'يجري تجهيز التقارير'),
  phone_taken: kind(409, 'The mobile number belongs to another customer', 'رقم الجوال يخص عميلًا آخر'),
  reference_unproven: kind(
    409,
    'The connection needs proof from the POS',
    'يلزم إثبات من نظام نقاط البيع لإتمام الربط',
  ),

  // Staff who sign in.
  wrong_sign_in: kind(401, 'The email address or the password is wrong', 'البريد الإلكتروني أو كلمة المرور غير صحيحة'),
  wrong_second_factor: kind(401, 'The code is wrong', 'الرمز غير صحيح'),
  second_factor_required: kind(403, 'A code of the authenticator app is needed too', 'يلزم رمز من تطبيق المصادقة أيضًا'),
  sign_in_expired: kind(401, 'The password must be entered again', 'يلزم إدخال كلمة المرور من جديد'),
  wrong_passkey: kind(401, 'The passkey was not accepted', 'لم يُقبل مفتاح المرور'),
  link_invalid: kind(410, 'The link was already used or has expired', 'سبق استخدام الرابط أو انتهت صلاحيته'),
  wrong_origin: kind(403, 'The request came from another website', 'طلب API وارد من موقع آخر'),
  account_exists: kind(409, 'The address has an account: sign in first', 'يوجد حساب بهذا البريد: سجّل الدخول أولًا'),
  step_up_required: kind(403, 'Confirm that it is you', 'تأكيد الهوية مطلوب'),
  wrong_password: kind(422, 'The password is wrong', 'كلمة المرور غير صحيحة'),
} as const satisfies Record<string, ErrorKind>

export type ErrorCode = keyof typeof ERRORS
