// The timeline of a customer: every movement opens to its equation.
import {
  IconArrowsExchange,
  IconNote,
  IconPhone,
  IconReceiptOff,
  IconRotateClockwise,
  IconTicket,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import type { TimelineEntry as Entry } from '../../../contract/api/customer-timeline.ts'
import { branchesQuery } from '../../api/business.ts'
import { useList } from '../../api/use-list.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ProgramGlyph, Spot } from '../../ui/glyph.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { Timeline, TimelineDay, TimelineEntry } from '../../ui/timeline.tsx'
import { Money } from '../../ui/values.tsx'
import { Why } from '../../ui/why.tsx'
import { useWords } from '../../words/use-words.ts'
import { actorText } from '../actor-text.ts'
import { nameOf, useBusiness } from '../business.tsx'
import { WhyOf } from '../why-of.tsx'
import { WORDS } from './words.ts'

type Show = 'all' | 'earned' | 'used' | 'lost'

export function Story({ customerId }: { customerId: string }) {
  const { t, f } = useWords()
  const [show, setShow] = useState<Show>('all')
  const list = useList<Entry>(`/customers/${customerId}/timeline`, show === 'all' ? {} : { show }, { limit: 30 })
  const { items, error, hasMore, isLoadingMore, more, retry } = list
  const shows: Show[] = ['all', 'earned', 'used', 'lost']
  let day = ''
  return (
    <Card
      flush
      title={t(WORDS.story)}
      action={
        <Segmented<Show>
          label={t(WORDS.story)}
          value={show}
          options={shows.map((value) => ({ value, label: t(WORDS[value]) }))}
          onChange={setShow}
        />
      }
    >
      {items === undefined && (error ? <Failed error={error} retry={retry} /> : <Loading shape="table" rows={5} />)}
      {items?.length === 0 && (
        <p className="sub" style={{ padding: 20 }}>
          {t(WORDS.nothingYet)}
        </p>
      )}
      <Timeline>
        {items?.map((entry, index) => {
          const of = f.fullDay(entry.at)
          const isNewDay = of !== day
          day = of
          return (
            <Fragment key={`${entry.type} ${entry.at} ${index}`}>
              {isNewDay && <TimelineDay>{of}</TimelineDay>}
              <Happening entry={entry} isOpen={index === 0} />
            </Fragment>
          )
        })}
      </Timeline>
      {hasMore && (
        <div style={{ padding: '12px 20px' }}>
          <Button size="small" busy={isLoadingMore} onClick={more}>
            {t(WORDS.showMore)}
          </Button>
        </div>
      )}
    </Card>
  )
}

function Happening({ entry, isOpen }: { entry: Entry; isOpen: boolean }) {
  const { t, f } = useWords()
  const { order, claim, subscription, merge, phone, note } = entry
  const time = f.time(entry.at)
  if (entry.movement) return <Movement entry={entry} movement={entry.movement} isOpen={isOpen} />
  if (order) {
    const number = order.reference ?? order.id.slice(-6)
    return (
      <TimelineEntry
        glyph={<Spot tone="hand">{<Icon of={IconReceiptOff} />}</Spot>}
        title={t(WORDS.earnedNothing(number))}
        note={<Where order={order} time={time} />}
        amount={<Money minor={order.total} />}
        why={
          <Why {...(order.reason_text && { note: t(order.reason_text) })}>
            <OrderLink id={order.id} number={number} />
          </Why>
        }
      />
    )
  }
  if (claim) {
    const by = actorText(claim.created_by)
    return (
      <TimelineEntry
        glyph={<Spot tone="note">{<Icon of={IconTicket} />}</Spot>}
        title={t(WORDS.claimOf(t(claim.name)))}
        note={[time, by && t(by), t(WORDS.claimStatus[claim.status])].filter(Boolean).join(' · ')}
        amount={<bdi className="ltr">{claim.code.replace(/^(\d{4})/, '$1 ')}</bdi>}
      />
    )
  }
  if (subscription) {
    return (
      <TimelineEntry
        glyph={<Spot tone="note">{<Icon of={IconRotateClockwise} />}</Spot>}
        title={t(WORDS.subscription)}
        note={`${f.day(subscription.started_at)} – ${f.day(subscription.ends_at)}`}
      />
    )
  }
  if (merge) {
    return (
      <TimelineEntry
        glyph={<Spot>{<Icon of={IconArrowsExchange} />}</Spot>}
        title={t(WORDS.mergedFrom(merge.name ?? merge.phone))}
        note={`${time} · ${merge.reason}`}
      />
    )
  }
  if (phone) {
    return (
      <TimelineEntry
        glyph={<Spot>{<Icon of={IconPhone} />}</Spot>}
        title={t(WORDS.phoneWas(`\u2066${phone.from}\u2069`))}
        note={`${time} · ${phone.reason}`}
      />
    )
  }
  if (note) return <TimelineEntry glyph={<Spot>{<Icon of={IconNote} />}</Spot>} title={note.text} note={time} />
  return null
}

interface MovementProps {
  entry: Entry
  movement: NonNullable<Entry['movement']>
  isOpen: boolean
}

function Movement({ entry: { order, at }, movement, isOpen }: MovementProps) {
  const { t, f } = useWords()
  const { program_type: type, kind, units, balance, why, actor } = movement
  const number = order && (order.reference ?? order.id.slice(-6))
  const by = actorText(actor)
  const title = number ? `${t(WORDS.kinds[kind])} · ${t(WORDS.order(number))}` : t(WORDS.kinds[kind])
  const isMoney = type === 'cashback'
  return (
    <TimelineEntry
      glyph={<ProgramGlyph type={type} />}
      title={title}
      note={order ? <Where order={order} time={f.time(at)} /> : [f.time(at), by && t(by)].filter(Boolean).join(' · ')}
      amount={
        <span className={units > 0 ? 'good' : units < 0 ? 'hand' : undefined}>
          {isMoney ? <Money minor={units} signed /> : <bdi className="ltr">{f.signed(units)}</bdi>}
        </span>
      }
      after={isMoney ? <Money minor={balance} /> : f.number(balance)}
      isOpen={isOpen}
      why={
        <WhyOf why={why} units={units}>
          {order && <OrderLink id={order.id} number={number ?? ''} />}
        </WhyOf>
      }
    />
  )
}

function Where({ order, time }: { order: NonNullable<Entry['order']>; time: string }) {
  const { t } = useWords()
  const { can } = useBusiness()
  const { data } = useQuery({ ...branchesQuery, enabled: can('business:read') })
  const branch = data?.data.find(({ id }) => id === order.branch_id)
  return (
    <>
      {branch && `${t(nameOf(branch.name))} · `}
      {time}
    </>
  )
}

function OrderLink({ id, number }: { id: string; number: string }) {
  const { t } = useWords()
  const { can } = useBusiness()
  if (!can('orders:read')) return null
  return (
    <Link to="/orders/$id" params={{ id }} className="link">
      {t(WORDS.openOrder(number))}
    </Link>
  )
}
