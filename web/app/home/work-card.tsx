// The work list: what, since when, what it concerns, one button.
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCloudX,
  IconEye,
  IconHourglass,
  type Icon as IconType,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { WorkItem } from '../../../contract/api/onboarding.ts'
import { programsQuery } from '../../api/programs.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Spot } from '../../ui/glyph.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Empty } from '../../ui/states.tsx'
import { Money, Units } from '../../ui/values.tsx'
import { plural } from '../../words/text.ts'
import { useWords } from '../../words/use-words.ts'
import { nameOf, useBusiness } from '../business.tsx'
import css from './home.module.css'
import { ACTS, expiringTitle, MEANINGS, TITLES, WORDS } from './words.ts'

export function WorkCard({ items }: { items: readonly WorkItem[] }) {
  const { t, f } = useWords()
  const title = (
    <>
      {t(WORDS.needsHand)}
      {items.length > 0 && <Chip tone="hand">{f.number(items.length)}</Chip>}
    </>
  )
  return (
    <Card title={title} flush>
      {items.length === 0 ? (
        <Empty title={t(WORDS.nothing)}>{t(WORDS.nothingText)}</Empty>
      ) : (
        <ul className={css.work}>
          {items.map((item) => (
            <Item key={`${item.kind} ${item.program_id}`} item={item} />
          ))}
        </ul>
      )}
    </Card>
  )
}

const LOOKS: Record<WorkItem['kind'], { icon: IconType; tone: 'hand' | 'fail' | 'note' }> = {
  failed_deliveries: { icon: IconAlertTriangle, tone: 'fail' },
  refused_deliveries: { icon: IconCloudX, tone: 'fail' },
  parked_returns: { icon: IconArrowBackUp, tone: 'hand' },
  flagged_orders: { icon: IconEye, tone: 'hand' },
  expiring_units: { icon: IconHourglass, tone: 'note' },
}

function Item({ item }: { item: WorkItem }) {
  const { t, f } = useWords()
  const { kind, count, from, to, total } = item
  const { icon, tone } = LOOKS[kind]
  const span = f.shortDay(from) === f.shortDay(to) ? f.shortDay(from) : `${f.shortDay(from)} – ${f.shortDay(to)}`
  return (
    <li>
      <Spot tone={tone}>
        <Icon of={icon} />
      </Spot>
      <div className={css.what}>
        <b>{t(kind === 'expiring_units' ? expiringTitle(count, f.shortDay(from)) : plural(count, TITLES[kind]))}</b>
        {kind === 'expiring_units' ? (
          <Program item={item} />
        ) : (
          <span className="sub">
            {span}
            {total !== null && total !== 0 && (
              <>
                {' · '}
                <Money minor={Math.abs(total)} />
              </>
            )}
            {` · ${t(MEANINGS[kind])}`}
          </span>
        )}
      </div>
      <Act item={item} />
    </li>
  )
}

function Program({ item }: { item: WorkItem }) {
  const { t } = useWords()
  const { can } = useBusiness()
  const { data } = useQuery({ ...programsQuery, enabled: can('programs:read') })
  const program = data?.data.find(({ id }) => id === item.program_id)
  return (
    <span className="sub">
      {/* A line as high before the programs are known. */}
      {program ? t(nameOf(program.name)) : '\u00a0'}
      {program && item.units !== null && (
        <>
          {' · '}
          <Units type={program.type} units={item.units} />
        </>
      )}
    </span>
  )
}

function Act({ item: { kind, pos } }: { item: WorkItem }) {
  const { t } = useWords()
  const { can } = useBusiness()
  const label = t(ACTS[kind])
  if (kind === 'refused_deliveries' && pos !== null && can('connections:read')) {
    return (
      <ButtonLink to="/connect/$pos" params={{ pos }} size="small">
        {label}
      </ButtonLink>
    )
  }
  if (kind === 'expiring_units') {
    return (
      <ButtonLink to="/customers" size="small">
        {label}
      </ButtonLink>
    )
  }
  const search = kind === 'flagged_orders' ? { flagged: true } : {}
  return (
    <ButtonLink to="/orders" search={search as never} size="small">
      {label}
    </ButtonLink>
  )
}
