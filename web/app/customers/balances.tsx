// The balances of a customer, one tile a program.
import { useQuery } from '@tanstack/react-query'
import type { BalanceWithExpiry, CustomerInFull } from '../../../contract/api/customers.ts'
import type { ProgramInFull } from '../../../contract/api/programs.ts'
import { api } from '../../api/client.ts'
import { activeRewardsQuery } from '../../api/programs.ts'
import { ProgramGlyph } from '../../ui/glyph.tsx'
import { Row } from '../../ui/layout.tsx'
import { Tile, Tiles } from '../../ui/tile.tsx'
import { Money, Units } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { WORDS } from './words.ts'

export function Balances({ customer }: { customer: CustomerInFull }) {
  const { t } = useWords()
  const { can } = useBusiness()
  const { data } = useQuery({ ...activeRewardsQuery, enabled: can('rewards:read') })
  if (customer.balances.length === 0) return null
  return (
    <div style={{ marginBottom: 20 }}>
      <Tiles>
        {customer.balances.map((balance) => (
          <Tile
            key={balance.program_id}
            label={
              <Row>
                <ProgramGlyph type={balance.program_type} />
                {t(balance.program_name)}
              </Row>
            }
            value={<Value balance={balance} />}
            comparison={<Comparison balance={balance} customer={customer} prices={pricesOf(balance, data?.data)} />}
          />
        ))}
      </Tiles>
    </div>
  )
}

function Value({ balance: { program_id: id, program_type: type, available } }: { balance: BalanceWithExpiry }) {
  const { t, f } = useWords()
  const { can } = useBusiness()
  const isStamps = type === 'stamps'
  const { data } = useQuery({
    queryKey: ['/programs', id],
    queryFn: ({ signal }) => api.get<ProgramInFull>(`/programs/${id}`, { signal }),
    enabled: isStamps && can('programs:read'),
    staleTime: 60_000,
  })
  const goal = data?.versions.find(({ version }) => version === data.version)?.definition.goal
  if (type === 'cashback') return <Money minor={available} />
  if (isStamps && typeof goal === 'number') return t(WORDS.ofGoal(f.number(available), f.number(goal)))
  return f.number(available)
}

interface ComparisonProps {
  balance: BalanceWithExpiry
  customer: CustomerInFull
  /** Prices of the rewards of its program; undefined when they are not known. */
  prices: readonly number[] | undefined
}

function Comparison({ balance, customer, prices }: ComparisonProps) {
  const { t, f } = useWords()
  const { program_id: id, program_type: type, available, pending, held, debt } = balance
  const cards = customer.stamp_cards.filter(({ program_id: of }) => of === id).length
  const [plan] = customer.subscriptions.filter(({ program_id: of }) => of === id)
  const parts = [
    debt > 0 && <span className="hand">{t(WORDS.debt)}</span>,
    cards > 0 && (
      <b className="good">
        {t(WORDS.cardReady)}
        {cards > 1 && ` × ${f.number(cards)}`}
      </b>
    ),
    pending > 0 && (
      <>
        <Units type={type} units={pending} /> {t(WORDS.pending)}
      </>
    ),
    held > 0 && (
      <>
        <Units type={type} units={held} /> {t(WORDS.held)}
      </>
    ),
    plan && `${t(WORDS.endsOn)} ${f.day(plan.ends_at)}`,
    prices !== undefined &&
      prices.length > 0 &&
      t(WORDS.enoughFor(prices.filter((price) => price <= available).length)),
  ].filter(Boolean)
  return (
    <>
      {parts.map((part, index) => (
        <span key={index}>
          {index > 0 && ' · '}
          {part}
        </span>
      ))}
    </>
  )
}

function pricesOf(
  { program_id: id }: BalanceWithExpiry,
  rewards: readonly { program_id: string; price: number }[] | undefined,
): number[] | undefined {
  return rewards?.filter(({ program_id: of }) => of === id).map(({ price }) => price)
}
