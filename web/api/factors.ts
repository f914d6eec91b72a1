// Two-step verification and passkeys of the person who is signed in, and signing in with a passkey.
import type {
  NewPasskey,
  NewPasskeyOptions,
  Passkey,
  PasskeyAnswer,
  PasskeyOptions,
  RecoveryCodes,
  SecondFactorSecret,
} from '../../contract/api/factors.ts'
import type { SignInResult } from '../../contract/api/session.ts'
import { api } from './client.ts'

export function getPasskeyOptions(): Promise<PasskeyOptions> {
  return api.post('/session/passkey/options', undefined, { anonymous: true })
}

export function signInByPasskey(answer: PasskeyAnswer): Promise<SignInResult> {
  return api.post('/session/passkey', answer, { anonymous: true })
}

export const SECOND_FACTOR_PATH = '/account/second-factor'

/** A new secret, which counts once a code of it is confirmed. */
export function beginSecondFactor(): Promise<SecondFactorSecret> {
  return api.post(SECOND_FACTOR_PATH)
}

export function confirmSecondFactor(code: string): Promise<RecoveryCodes> {
  return api.post(`${SECOND_FACTOR_PATH}/confirm`, { code })
}

export function turnOffSecondFactor(): Promise<void> {
  return api.delete(SECOND_FACTOR_PATH)
}

/** The former ones are not valid any more. */
export function replaceRecoveryCodes(): Promise<RecoveryCodes> {
  return api.post('/account/recovery-codes')
}

export const PASSKEYS_PATH = '/account/passkeys'

export function getNewPasskeyOptions(): Promise<NewPasskeyOptions> {
  return api.post(`${PASSKEYS_PATH}/options`)
}

export function addPasskey(passkey: NewPasskey): Promise<Passkey> {
  return api.post(PASSKEYS_PATH, passkey)
}

export function renamePasskey(id: string, name: string): Promise<Passkey> {
  return api.patch(`${PASSKEYS_PATH}/${id}`, { name })
}

/** It signs in no more, and every other session of the person ends. */
export function deletePasskey(id: string): Promise<void> {
  return api.delete(`${PASSKEYS_PATH}/${id}`)
}
