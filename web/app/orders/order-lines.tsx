// What was bought, what was returned of it, and what remains.
import type { OrderInFull } from '../../../contract/api/orders.ts'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Money } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import css from './order.module.css'
import { WORDS } from './words.ts'

export function Lines({ order }: { order: OrderInFull }) {
  const { t, f } = useWords()
  const returned = new Map(order.returned.map((one) => [one.line_id, one]))
  const hasReturns = returned.size > 0
  return (
    <Card title={t(WORDS.bought)}>
      <div className={css.scroll}>
        <table className={css.lines}>
          <thead>
            <tr>
              <th scope="col">{t(WORDS.item)}</th>
              <th scope="col" className={css.figure}>
                {t(WORDS.sold)}
              </th>
              {hasReturns && (
                <th scope="col" className={css.figure}>
                  {t(WORDS.back)}
                </th>
              )}
              <th scope="col" className={css.figure}>
                {t(WORDS.price)}
              </th>
              {hasReturns && (
                <th scope="col" className={css.figure}>
                  {t(WORDS.kept)}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {order.lines.map((line) => {
              const back = returned.get(line.id)
              return (
                <tr key={line.id} className={line.status === 'voided' ? css.gone : undefined}>
                  <td>
                    {t({ en: line.name, ar: line.name_ar ?? line.name })}
                    {line.options.map(({ id, name }) => (
                      <div key={id} className="dim sm">
                        {name}
                      </div>
                    ))}
                  </td>
                  <td className={css.figure}>{f.number(line.quantity)}</td>
                  {hasReturns && (
                    <td className={css.figure}>{back ? <Chip tone="hand">{f.number(back.quantity)}</Chip> : '·'}</td>
                  )}
                  <td className={css.figure}>
                    <Money minor={line.total_incl_tax} />
                  </td>
                  {hasReturns && (
                    <td className={css.figure}>
                      <b>
                        <Money minor={line.total_incl_tax - (back?.total_incl_tax ?? 0)} />
                      </b>
                    </td>
                  )}
                </tr>
              )
            })}
            <tr>
              <td>
                <b>{t(WORDS.total)}</b>
              </td>
              <td colSpan={hasReturns ? 3 : 2} className={css.figure}>
                <b>
                  <Money minor={order.total} />
                </b>
              </td>
              {hasReturns && <td />}
            </tr>
          </tbody>
        </table>
      </div>
    </Card>
  )
}
