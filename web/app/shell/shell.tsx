// The frame around every screen: side bar, rail or bottom bar by the width of the window, and the top
// bar above.

import { useQuery } from '@tanstack/react-query'
import { Outlet, useRouteContext, useRouterState } from '@tanstack/react-router'
import { Suspense, useRef } from 'react'
import { demoQuery } from '../../api/home.ts'
import { sessionQuery } from '../../api/session.ts'
import { Loading } from '../../ui/states.tsx'
import { useWords } from '../../words/use-words.ts'
import { BusinessProvider, useBusiness } from '../business.tsx'
import { BottomBar } from './bottom-bar.tsx'
import { DemoBanner } from './demo-banner.tsx'
import { Keyboard } from './keyboard.tsx'
import { NoBusiness } from './no-business.tsx'
import { SessionGate } from './session-gate.tsx'
import css from './shell.module.css'
import { SideBar } from './side-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { WORDS } from './words.ts'

export function Shell() {
  const first = useRouteContext({ from: '/shell' }).session
  const { data } = useQuery(sessionQuery)
  return (
    <BusinessProvider session={data ?? first} fallback={<NoBusiness />}>
      <Frame />
      <SessionGate email={(data ?? first).person.email} />
    </BusinessProvider>
  )
}

function Frame() {
  const { t } = useWords()
  const { business, can } = useBusiness()
  const demo = useQuery({ ...demoQuery, enabled: can('business:read') })
  const isDrawn = useRef(false)
  // The screen that is drawn, and not the one that is still loading.
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname })
  // The banner stands above everything: what is below it waits until it is known whether there is one.
  if (demo.isLoading && demo.failureCount === 0 && !isDrawn.current) return null
  isDrawn.current = true
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#screen">
        {t(WORDS.skip)}
      </a>
      <SideBar />
      <div className={css.main}>
        <DemoBanner />
        <TopBar />
        {/* A screen starts afresh for another business. */}
        <main id="screen" tabIndex={-1} className={css.screen} key={business.id} data-path={path}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <BottomBar />
      <Keyboard />
    </div>
  )
}
