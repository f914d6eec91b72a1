// When a call needs the person (the session has ended, or the act needs a recent proof), a dialog asks
// over the screen, and the call is sent again. Nothing on the screen is lost.
import { lazy, Suspense, useEffect, useState } from 'react'
import { client, type Demand } from '../../api/client.ts'

const SessionDialog = lazy(() => import('./session-dialog.tsx').then((file) => ({ default: file.SessionDialog })))

export function SessionGate({ email }: { email: string }) {
  const [demand, setDemand] = useState<Demand | null>(null)
  const [waiting] = useState<((again: boolean) => void)[]>([])
  useEffect(() => {
    // Several calls may fail at once; one dialog serves them all.
    client.ask = (asked) =>
      new Promise((resolve) => {
        waiting.push(resolve)
        // Signing in confirms who the person is too.
        setDemand((open) => (open === 'sign_in' ? open : asked))
      })
    return () => {
      client.ask = null
    }
  }, [waiting])
  const end = (again: boolean) => {
    setDemand(null)
    for (const resolve of waiting.splice(0)) resolve(again)
  }
  if (demand === null) return null
  return (
    <Suspense>
      <SessionDialog
        demand={demand}
        email={email}
        onDone={() => end(true)}
        onEnded={() => setDemand('sign_in')}
        onCancel={() => end(false)}
      />
    </Suspense>
  )
}
