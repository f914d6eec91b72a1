// The business that the screens show, and what the person may do in it.
import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import type { Scope } from '../../contract/scopes.ts'
import { client } from '../api/client.ts'
import type { Membership, Session } from '../api/session.ts'
import type { Text } from '../words/text.ts'
import { Place } from '../words/use-words.ts'

export interface BusinessContext extends Membership {
  person: Session['person']
  memberships: readonly Membership[]
  /** Whether the person has the scope in this business: `can('ledger:adjust')`. */
  can(scope: Scope): boolean
  /** Shows another business of the person. */
  switchTo(id: string): void
}

const Context = createContext<BusinessContext | null>(null)

export function useBusiness(): BusinessContext {
  const context = useContext(Context)
  if (context === null) throw new Error('useBusiness is used outside of the shell')
  return context
}

/** The name in both languages; the Arabic one may be missing. */
export function nameOf(name: { en: string; ar: string | null }): Text {
  return { en: name.en, ar: name.ar ?? name.en }
}

interface ProviderProps {
  session: Session
  /** Shown to a person who belongs to no business. */
  fallback: ReactNode
  children: ReactNode
}

export function BusinessProvider({ session, fallback, children }: ProviderProps) {
  const queries = useQueryClient()
  const [chosen, setChosen] = useState(() => localStorage.getItem(STORED))
  const { memberships, person } = session
  const membership = memberships.find(({ business }) => business.id === chosen) ?? memberships[0]
  // During the render: the first calls of the screens start before any effect.
  client.business = membership?.business.id ?? null
  const value = useMemo(() => {
    if (membership === undefined) return null
    return {
      ...membership,
      person,
      memberships,
      can: (scope: Scope) => membership.scopes.includes(scope),
      switchTo(id: string) {
        localStorage.setItem(STORED, id)
        client.business = id
        setChosen(id)
        // Nothing of the other business stays on the screen.
        queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
      },
    }
  }, [membership, person, memberships, queries])
  if (value === null) return fallback
  return (
    <Context value={value}>
      <Place value={{ zone: value.business.timezone, currency: value.business.currency }}>{children}</Place>
    </Context>
  )
}

const STORED = 'loyapro-business'
