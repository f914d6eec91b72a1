// Who is signed in, what they may do where, and how they sign in and out.
import { queryOptions } from '@tanstack/react-query'
import type { SignInBySecondFactor } from '../../contract/api/factors.ts'
import type { Session, SessionMembership, SignIn, SignInResult, StepUp } from '../../contract/api/session.ts'
import { api } from './client.ts'
import { ApiError } from './error.ts'

export type Membership = SessionMembership
export type { Session } from '../../contract/api/session.ts'

/** Null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) =>
    api.get<Session>('/session', { anonymous: true, signal }).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 401) return null
      throw error
    }),
  staleTime: 60_000,
})

/** The business of the last visit in this browser. */
export function chosenBusiness(): string | null {
  return localStorage.getItem(STORED)
}

/** The business that the screens show when they open next. */
export function chooseBusiness(id: string): void {
  localStorage.setItem(STORED, id)
}

const STORED = 'loyapro-business'

/** The person in the business that is shown: the chosen one, else the first. */
export function membershipOf({ memberships }: Session, chosen = chosenBusiness()): Membership | undefined {
  return memberships.find(({ business }) => business.id === chosen) ?? memberships[0]
}

export function signIn(given: SignIn): Promise<SignInResult> {
  return api.post('/session', given, { anonymous: true })
}

export function signInByLink(token: string): Promise<SignInResult> {
  return api.post('/session/link', { token }, { anonymous: true })
}

/** The second step, after the password. */
export function signInBySecondFactor(given: SignInBySecondFactor): Promise<SignInResult> {
  return api.post('/session/second-factor', given, { anonymous: true })
}

/** Proves again who the person is, for what asks for a recent proof. */
export function stepUp(proof: StepUp): Promise<Session> {
  return api.post('/session/step-up', proof, { anonymous: true })
}

export function signOut(): Promise<void> {
  return api.delete('/session', { anonymous: true })
}
