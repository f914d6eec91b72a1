// How the figures of visits are shown, and their columns in a CSV file.
import type { Text } from '../../../../contract/errors.ts'
import { prorate } from '../../../kernel/money.ts'
import type { Visits } from '../../../reports/read-visits.ts'

export function visitsToJson({ visits, customerVisits, amount, customerAmount }: Omit<Visits, 'returns' | 'returned'>) {
  const [others, otherAmount] = [visits - customerVisits, amount - customerAmount]
  return {
    visits,
    customer_visits: customerVisits,
    other_visits: others,
    amount,
    customer_amount: customerAmount,
    other_amount: otherAmount,
    customer_basket: basketOf(customerAmount, customerVisits),
    other_basket: basketOf(otherAmount, others),
  }
}

function basketOf(amount: number, visits: number): number | null {
  return visits === 0 ? null : prorate(amount, 1, visits)
}

/** Rounded to four places, as a share is read. */
export function shareOf(part: number, whole: number): number | null {
  return whole <= 0 ? null : Math.round((part / whole) * 10_000) / 10_000
}

interface Heading<Field extends string> {
  field: Field
  heading: Text
  as?: 'money' | 'text'
}

function heading<Field extends string>(field: Field, en: string, ar: string, as?: 'money' | 'text'): Heading<Field> {
  return { field, heading: { en, ar }, ...(as && { as }) }
}

export const column = heading

export const VISIT_COLUMNS = [
  heading('visits', 'Visits', 'الزيارات'),
  heading('customer_visits', 'Visits of customers', 'زيارات العملاء'),
  heading('other_visits', 'Other visits', 'زيارات أخرى'),
  heading('amount', 'Sales', 'المبيعات', 'money'),
  heading('customer_amount', 'Sales to customers', 'مبيعات العملاء', 'money'),
  heading('other_amount', 'Other sales', 'مبيعات أخرى', 'money'),
  heading('customer_basket', 'Average basket of customers', 'متوسط سلة العملاء', 'money'),
  heading('other_basket', 'Average basket of others', 'متوسط سلة غيرهم', 'money'),
  heading('returns', 'Returns', 'المرتجعات'),
  heading('returned', 'Returned', 'قيمة المرتجعات', 'money'),
]

export const PROGRAM_COLUMNS = [
  heading('program_id', 'Program ID', 'معرّف البرنامج'),
  heading('program_type', 'Type', 'النوع'),
  heading('program_name', 'Program', 'البرنامج', 'text'),
  heading('unit', 'Unit', 'الوحدة'),
]
