// The columns of the CSV file of webhook deliveries.
import type { Delivery } from '../../../../contract/api/deliveries.ts'
import { type CsvColumn, csvTime } from '../../csv.ts'

export function deliveryColumns(timezone: string): CsvColumn<Delivery>[] {
  return [
    { heading: { en: 'ID', ar: 'المعرّف' }, value: (row) => row.id },
    {
      heading: { en: 'Received', ar: 'وقت الاستلام' },
      value: (row) => csvTime(Date.parse(row.received_at), timezone),
    },
    { heading: { en: 'POS', ar: 'نظام نقاط البيع' }, value: (row) => row.pos },
    { heading: { en: 'Event', ar: 'الحدث' }, value: (row) => row.event },
    { heading: { en: 'Result', ar: 'النتيجة' }, value: (row) => row.result },
    { heading: { en: 'Reason', ar: 'السبب' }, value: (row) => row.reason },
    { heading: { en: 'Error', ar: 'الخطأ' }, value: (row) => row.error },
    { heading: { en: 'Order ID', ar: 'معرّف الطلب' }, value: (row) => row.order_id },
  ]
}
