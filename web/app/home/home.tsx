// Home: what needs a hand and what happens now; before the first order, the steps of setting up.
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { homeQuery, workListQuery } from '../../api/home.ts'
import { Column, Grid } from '../../ui/layout.tsx'
import { Page } from '../../ui/page.tsx'
import { Forbidden, QueryView } from '../../ui/states.tsx'
import { useWords } from '../../words/use-words.ts'
import { nameOf, useBusiness } from '../business.tsx'
import { useScope } from '../use-scope.ts'
import { HomePrograms, HomeTiles, HomeVisits } from './figures.tsx'
import { greeting } from './greeting.ts'
import { LiveOrders } from './live-orders.tsx'
import { Setup } from './setup.tsx'
import { WORDS } from './words.ts'
import { WorkCard } from './work-card.tsx'

export function Home() {
  const { t, f } = useWords()
  const { person, business, can } = useBusiness()
  const { branch } = useScope()
  const work = useQuery({ ...workListQuery, enabled: can('orders:read') })
  const figures = useQuery({ ...homeQuery(branch), enabled: can('orders:read') && can('reports:read') })
  // The work list is drawn first. The rest comes at once when the figures are there: cards that came one
  // by one would move each other.
  const hasRest = useDeferredValue(!figures.isLoading, false)
  const now = new Date()
  const isNew = work.data !== undefined && !work.data.setup.first_order
  return (
    <Page
      name={t(WORDS.home)}
      title={t(isNew ? WORDS.welcome(person.name) : greeting(person.name, now, business.timezone))}
      subtitle={isNew ? t(WORDS.setupIntro(nameOf(business.name))) : `${f.fullDay(now)} · ${f.hijri(now)}`}
    >
      {can('orders:read') ? (
        <QueryView query={work}>
          {({ setup, data }) =>
            isNew ? (
              <Setup setup={setup} />
            ) : (
              <Grid>
                <Column span={7}>
                  <WorkCard items={data} />
                  {hasRest && can('reports:read') && <HomeVisits />}
                  {hasRest && can('reports:read') && <HomePrograms />}
                </Column>
                {hasRest && (
                  <Column span={5}>
                    {can('reports:read') && <HomeTiles />}
                    <LiveOrders branch={branch} />
                  </Column>
                )}
              </Grid>
            )
          }
        </QueryView>
      ) : (
        <Forbidden />
      )}
    </Page>
  )
}
