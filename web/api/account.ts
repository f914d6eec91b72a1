// The account of the person who is signed in.
import type { AccountChanges, ChangedEmail, EndedSessions, RecordPlace } from '../../contract/api/account.ts'
import type { Person } from '../../contract/api/session.ts'
import { api } from './client.ts'

export function updateAccount(changes: AccountChanges): Promise<Person> {
  return api.patch('/account', changes)
}

/** Signs the person out everywhere else. */
export function changePassword(password: string): Promise<void> {
  return api.post('/account/password', { password })
}

/** Mails a link to the new address. */
export function requestEmailChange(email: string): Promise<void> {
  return api.post('/account/email-change', { email })
}

/** Uses the link of the mail up. */
export function confirmEmailChange(token: string): Promise<ChangedEmail> {
  return api.post('/account/email-change/confirm', { token }, { anonymous: true })
}

/** Signs the person out in one browser. */
export function endSession(id: string): Promise<void> {
  return api.delete(`/account/sessions/${id}`)
}

/** Signs the person out everywhere else. */
export function endOtherSessions(): Promise<EndedSessions> {
  return api.post('/account/sessions/end-others')
}

/** Which business of the person has this record. */
export function findRecord(id: string): Promise<RecordPlace> {
  return api.get(`/account/records/${id}`, { anonymous: true })
}
