// When the balances of a customer expire: twelve months, the next one in saffron and in words.
import type { BalanceWithExpiry, CustomerInFull } from '../../../contract/api/customers.ts'
import { Card } from '../../ui/card.tsx'
import { Money, Units } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import css from './lots.module.css'
import { expiryByMonth } from './lots-by-month.ts'
import { WORDS } from './words.ts'

export function Lots({ customer }: { customer: CustomerInFull }) {
  const expiring = customer.balances.filter((balance) => balance.expiring.length > 0)
  return expiring.map((balance) => <LotsOf key={balance.program_id} balance={balance} />)
}

function LotsOf({ balance }: { balance: BalanceWithExpiry }) {
  const { t, f, language, setting } = useWords()
  const { program_type: type } = balance
  const { months, next } = expiryByMonth(balance, setting.zone, new Date())
  const most = Math.max(1, ...months.map(({ units }) => units))
  const first = months.findIndex(({ units }) => units > 0)
  const short = new Intl.DateTimeFormat(language === 'ar' ? 'ar' : 'en', { month: 'short', timeZone: 'UTC' })
  return (
    <Card
      title={t(WORDS.runsOut(t(balance.program_name)))}
      action={
        next && (
          <span>
            {t(WORDS.next)}:{' '}
            <b className="hand">
              <Units type={type} units={next.units} /> · {f.day(next.at)}
            </b>{' '}
            <span className="dim">· {t(WORDS.oldestFirst)}</span>
          </span>
        )
      }
    >
      <div className={`${css.months} ${css[type]}`} aria-hidden="true">
        {months.map(({ day, units }, index) => (
          <div key={day} className={`${css.month} ${index === first ? css.next : ''}`}>
            {units > 0 && (
              <>
                <span>{type === 'cashback' ? <Money minor={units} whole={units >= 100_000} /> : f.number(units)}</span>
                <i style={{ height: Math.max(3, Math.round((units / most) * 64)) }} />
              </>
            )}
          </div>
        ))}
      </div>
      <div className={css.labels} aria-hidden="true">
        {months.map(({ day }, index) => (
          <span key={day} className={index === first ? css.next : undefined}>
            {short.format(new Date(day))}
          </span>
        ))}
      </div>
      <ul className="hidden">
        {months
          .filter(({ units }) => units > 0)
          .map(({ day, units }) => (
            <li key={day}>
              {f.month(day)}: <Units type={type} units={units} />
            </li>
          ))}
      </ul>
    </Card>
  )
}
