// What an order earned in each program and why, and why it earned nothing in others.
import { useQuery } from '@tanstack/react-query'
import type { LedgerEntry } from '../../../contract/api/customers.ts'
import type { OrderInFull } from '../../../contract/api/orders.ts'
import { programsQuery } from '../../api/programs.ts'
import { Card } from '../../ui/card.tsx'
import { ProgramGlyph } from '../../ui/glyph.tsx'
import { Row } from '../../ui/layout.tsx'
import { Money, Units } from '../../ui/values.tsx'
import type { Text } from '../../words/text.ts'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { WhyOf } from '../why-of.tsx'
import css from './order.module.css'
import { WORDS } from './words.ts'

export function Earned({ order }: { order: OrderInFull }) {
  const { t } = useWords()
  const { can } = useBusiness()
  const { data } = useQuery({ ...programsQuery, enabled: can('programs:read') })
  const programs = new Map(data?.data.map((program) => [program.id, program]))
  const byProgram = [...Map.groupBy(order.movements, ({ program_id: id }) => id)]
  const lacks = [...(order.why_not?.programs ?? []), ...order.not_earned]
  if (byProgram.length === 0 && order.why_not === null && lacks.length === 0) return null
  return (
    <Card flush title={t(WORDS.whatItEarned)}>
      {byProgram.map(([id, movements]) => (
        <Program key={id} name={programs.get(id)?.name} movements={movements} />
      ))}
      {order.why_not && lacks.length === 0 && (
        <div className={`${css.program} ${css.nothing}`}>
          <b>{t(WORDS.earnedNothing)}</b>
          <p>{t(order.why_not)}</p>
        </div>
      )}
      {lacks.map((lack) => {
        const program = programs.get(lack.program_id)
        return (
          <div key={lack.program_id} className={`${css.program} ${css.nothing}`}>
            <Row gap={12}>
              {program && <ProgramGlyph type={program.type} />}
              <b>{program ? t(WORDS.nothingBecause(t(program.name))) : t(WORDS.earnedNothing)}</b>
            </Row>
            <p>{t(lack)}</p>
          </div>
        )
      })}
    </Card>
  )
}

function Program({ name, movements }: { name: Text | undefined; movements: readonly LedgerEntry[] }) {
  const { t, f } = useWords()
  const [first] = movements
  if (!first) return null
  const { program_type: type } = first
  const sum = movements.reduce((units, movement) => units + movement.units, 0)
  return (
    <div className={css.program}>
      <Row gap={12} align="start">
        <ProgramGlyph type={type} />
        <div>
          <div className="sub">{name && t(name)}</div>
          <b>
            <Units type={type} units={sum} />
          </b>
        </div>
      </Row>
      <div className={css.movements}>
        {movements.map((movement) => (
          <div key={movement.id}>
            <div className="dim sm">
              {f.time(movement.created_at)} ·{' '}
              <bdi className={movement.units < 0 ? 'hand' : 'good'}>
                {type === 'cashback' ? <Money minor={movement.units} signed /> : f.signed(movement.units)}
              </bdi>
            </div>
            <WhyOf why={movement.why} units={movement.units} />
          </div>
        ))}
      </div>
    </div>
  )
}
