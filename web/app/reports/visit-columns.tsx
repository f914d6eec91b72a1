// The columns of visits and amounts, of a day or a branch.
import type { BranchRow, VisitRow } from '../../../contract/api/reports.ts'
import type { Column } from '../../ui/data-table.tsx'
import { Money } from '../../ui/values.tsx'
import type { Words } from '../../words/use-words.ts'
import { WORDS } from './words.ts'

type Visits = Pick<VisitRow, keyof VisitRow & keyof BranchRow>

export function visitColumns<Row extends Visits>({ t, f }: Words): Column<Row>[] {
  const count = (id: keyof Visits & string, label: string, hidden = false): Column<Row> => ({
    id,
    label,
    figure: true,
    hidden,
    cell: (row) => f.number(Number(row[id])),
  })
  const money = (id: keyof Visits & string, label: string, hidden = false): Column<Row> => ({
    id,
    label,
    figure: true,
    hidden,
    cell: (row) => (row[id] === null ? '–' : <Money minor={Number(row[id])} />),
  })
  return [
    count('visits', t(WORDS.visits)),
    count('customer_visits', t(WORDS.customers)),
    count('other_visits', t(WORDS.others)),
    money('amount', t(WORDS.sales)),
    money('customer_amount', t(WORDS.customerSales), true),
    money('other_amount', t(WORDS.otherSales), true),
    money('customer_basket', t(WORDS.customerBasket)),
    money('other_basket', t(WORDS.otherBasket)),
    count('returns', t(WORDS.returns), true),
    money('returned', t(WORDS.returned)),
  ]
}
