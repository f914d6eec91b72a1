// The columns of the CSV file of orders.
import type { OrderSummary } from '../../../../contract/api/orders.ts'
import { listBranches } from '../../../businesses/branches.ts'
import type { Queryable } from '../../../db/database.ts'
import { formatId, type Uuid } from '../../../kernel/ids.ts'
import { type CsvColumn, csvMoney, csvTime } from '../../csv.ts'

const BRANCHES = 200

/** The names of all branches, by API id. */
export async function branchNames(q: Queryable, businessId: Uuid): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (let after: Uuid | null = null; ; ) {
    const page = await listBranches(q, businessId, after, BRANCHES)
    for (const { id, name } of page) names.set(formatId('branch', id), name)
    after = page.at(-1)?.id ?? null
    if (page.length < BRANCHES) return names
  }
}

export function orderColumns(
  timezone: string,
  branches: ReadonlyMap<string, string>,
  withCustomer: boolean,
): CsvColumn<OrderSummary>[] {
  const customer: CsvColumn<OrderSummary>[] = [
    { heading: { en: 'Customer', ar: 'العميل' }, value: (row) => row.customer?.name ?? null },
    { heading: { en: 'Mobile number', ar: 'رقم الجوال' }, value: (row) => row.customer?.phone ?? null },
  ]
  return [
    { heading: { en: 'ID', ar: 'المعرّف' }, value: (row) => row.id },
    { heading: { en: 'Number', ar: 'رقم الطلب' }, value: (row) => row.reference },
    { heading: { en: 'POS', ar: 'نظام نقاط البيع' }, value: (row) => row.pos },
    { heading: { en: 'ID in the POS', ar: 'المعرّف في نظام نقاط البيع' }, value: (row) => row.pos_order_id },
    { heading: { en: 'Type', ar: 'النوع' }, value: (row) => row.kind },
    { heading: { en: 'Status', ar: 'الحالة' }, value: (row) => row.status },
    {
      heading: { en: 'Branch', ar: 'الفرع' },
      value: (row) => (row.branch_id === null ? null : (branches.get(row.branch_id) ?? row.branch_id)),
    },
    { heading: { en: 'Customer ID', ar: 'معرّف العميل' }, value: (row) => row.customer_id },
    ...(withCustomer ? customer : []),
    { heading: { en: 'Business day', ar: 'يوم العمل' }, value: (row) => row.business_date },
    { heading: { en: 'Time', ar: 'الوقت' }, value: (row) => csvTime(Date.parse(row.occurred_at), timezone) },
    { heading: { en: 'Total', ar: 'الإجمالي' }, value: (row) => csvMoney(row.total, row.currency) },
    { heading: { en: 'Currency', ar: 'العملة' }, value: (row) => row.currency },
    { heading: { en: 'Earned nothing because', ar: 'سبب عدم الكسب' }, value: (row) => row.reason },
    { heading: { en: 'Flags', ar: 'ملاحظات للمراجعة' }, value: (row) => row.flags.map(({ code }) => code).join(' ') },
  ]
}
