// The business that the screens show, and what the person may do in it.
import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import type { Scope } from '../../contract/scopes.ts'
import { client } from '../api/client.ts'
import { chooseBusiness, chosenBusiness, type Membership, membershipOf, type Session } from '../api/session.ts'
import { toast } from '../ui/toast.tsx'
import type { Text } from '../words/text.ts'
import { Place } from '../words/use-words.ts'
import { businessOf, recordIn } from './record-elsewhere.ts'

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
  const [chosen, setChosen] = useState(chosenBusiness)
  const { memberships, person } = session
  const membership = membershipOf(session, chosen)
  // During the render: the first calls of the screens start before any effect.
  client.business = membership?.business.id ?? null
  const value = useMemo(() => {
    if (membership === undefined) return null
    const switchTo = (id: string) => {
      chooseBusiness(id)
      client.business = id
      setChosen(id)
      // Nothing of the other business stays on the screen.
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
    }
    return {
      ...membership,
      person,
      memberships,
      can: (scope: Scope) => membership.scopes.includes(scope),
      switchTo,
    }
  }, [membership, person, memberships, queries])
  client.onMissing =
    value === null || memberships.length === 1 ? null : (path) => openElsewhere(path, memberships, value.switchTo)
  if (value === null) return fallback
  return (
    <Context value={value}>
      <Place value={{ zone: value.business.timezone, currency: value.business.currency }}>{children}</Place>
    </Context>
  )
}

/**
 * When the address names a record that this business does not have, and `path` is a call about it,
 * the business that has it is opened.
 */
async function openElsewhere(
  path: string,
  memberships: readonly Membership[],
  switchTo: (id: string) => void,
): Promise<void> {
  const record = recordIn(location.pathname)
  if (record === null || !path.includes(record)) return
  const owner = await businessOf(record)
  const found = memberships.find(({ business }) => business.id === owner)
  // Another call of the same screen may have opened it already.
  if (!found || client.business === owner) return
  switchTo(found.business.id)
  toast(openedText(nameOf(found.business.name)))
}

const openedText = (name: Text): Text => ({
  en: `Opened in ${name.en}, which has this record`,
  ar: `فُتح السجل في ${name.ar}، وهي المنشأة التي يتبع لها`,
})
