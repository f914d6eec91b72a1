// Asks the browser for a passkey, and for a new one (WebAuthn).
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser'
import type { NewPasskey, PasskeyAnswer } from '../../contract/api/factors.ts'
import { getNewPasskeyOptions, getPasskeyOptions } from './factors.ts'

/**
 * Whether this browser has passkeys for this page. Browsers keep them for names, not for IP
 * addresses.
 */
export function hasPasskeys(): boolean {
  return browserSupportsWebAuthn() && !/^[\d.]+$|:/.test(location.hostname.replace(/[[\]]/g, ''))
}

/** Throws PasskeyStopped when the person or the device ended it. */
export async function askPasskey(): Promise<PasskeyAnswer> {
  const optionsJSON = await getPasskeyOptions()
  const { id, response } = await startAuthentication({ optionsJSON }).catch(stopped)
  return {
    credential_id: id,
    client_data: response.clientDataJSON,
    authenticator_data: response.authenticatorData,
    signature: response.signature,
    user_handle: response.userHandle ?? '',
  }
}

/** A new passkey to register. Throws PasskeyStopped when the person or the device ended it. */
export async function makePasskey(name: string): Promise<NewPasskey> {
  const options = await getNewPasskeyOptions()
  const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON
  const { id, response } = await startRegistration({ optionsJSON }).catch(stopped)
  return {
    name,
    credential_id: id,
    client_data: response.clientDataJSON,
    attestation: response.attestationObject,
    transports: response.transports ?? [],
  }
}

export class PasskeyStopped extends Error {
  override name = 'PasskeyStopped'
  /** The device has a passkey of this person already. */
  readonly isThereAlready: boolean

  constructor(cause: unknown) {
    super('no passkey', { cause })
    this.isThereAlready = cause instanceof WebAuthnError && cause.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED'
  }
}

function stopped(cause: unknown): never {
  throw new PasskeyStopped(cause)
}
