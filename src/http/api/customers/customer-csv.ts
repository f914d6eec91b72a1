// The columns of the CSV file of customers.
import type { CustomerInList } from '../../../../contract/api/customers.ts'
import { formatId } from '../../../kernel/ids.ts'
import type { BusinessPrograms } from '../../../programs/store.ts'
import { type CsvColumn, csvMoney, csvTime } from '../../csv.ts'

/** One column a balance: that of each program that is or was active. */
export function customerColumns(programs: BusinessPrograms): CsvColumn<CustomerInList>[] {
  const { currency, timezone } = programs.business
  const time = (at: string | null | undefined) => csvTime(at == null ? null : Date.parse(at), timezone)
  return [
    { heading: { en: 'ID', ar: 'المعرّف' }, value: (row) => row.id },
    { heading: { en: 'Name', ar: 'الاسم' }, value: (row) => row.name },
    { heading: { en: 'Mobile number', ar: 'رقم الجوال' }, value: (row) => row.phone },
    { heading: { en: 'Email', ar: 'البريد الإلكتروني' }, value: (row) => row.email },
    { heading: { en: 'Joined', ar: 'تاريخ الانضمام' }, value: (row) => time(row.created_at) },
    { heading: { en: 'First visit', ar: 'أول زيارة' }, value: (row) => time(row.figures?.first_visit_at) },
    { heading: { en: 'Last visit', ar: 'آخر زيارة' }, value: (row) => time(row.figures?.last_visit_at) },
    { heading: { en: 'Visits', ar: 'الزيارات' }, value: (row) => row.figures?.visits ?? 0 },
    {
      heading: { en: `Spend (${currency})`, ar: `الإنفاق (${currency})` },
      value: (row) => csvMoney(row.figures?.spend ?? 0, currency),
    },
    ...[...programs.programs.values()]
      .filter(({ status }) => status !== 'draft')
      .map(({ id, type, name, nameAr }): CsvColumn<CustomerInList> => {
        const programId = formatId('program', id)
        const available = (row: CustomerInList) =>
          row.balances.find((one) => one.program_id === programId)?.available ?? 0
        return {
          heading: { en: name, ar: nameAr },
          value: (row) => (type === 'cashback' ? csvMoney(available(row), currency) : available(row)),
        }
      }),
    {
      heading: { en: 'Blacklisted', ar: 'مستبعد' },
      value: (row) => (row.blacklisted ? 1 : 0),
    },
  ]
}
