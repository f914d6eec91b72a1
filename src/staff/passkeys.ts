// Passkeys (WebAuthn): the options of both ceremonies, and their verification. The only file that
// knows the library, which is loaded when the first passkey is used.
import type { Queryable } from '../db/database.ts'
import type { Clock } from '../kernel/clock.ts'
import { bytesOfUuid, type Uuid } from '../kernel/ids.ts'
import { type Credential, findCredential, listCredentials, type NewCredential } from './passkey-store.ts'
import type { Person } from './people.ts'
import { createToken } from './tokens.ts'

/** The website that passkeys belong to. */
export interface RelyingParty {
  /** The domain. */
  id: string
  /** Scheme, domain and port of its pages. */
  origin: string
}

/** What the browser answers to the options, as base64url. */
export interface NewPasskeyAnswer {
  credentialId: string
  clientData: string
  attestation: string
  transports: readonly string[]
}

export interface PasskeyAnswer {
  credentialId: string
  clientData: string
  authenticatorData: string
  signature: string
  userHandle: string
}

/** How long the browser has to answer. */
const CHALLENGE_VALID_MS = 5 * 60_000

/** Options for `navigator.credentials.create`, with a challenge for this person. */
export async function newPasskeyOptions(
  q: Queryable,
  { person, rp }: { person: Pick<Person, 'id' | 'email' | 'name'>; rp: RelyingParty },
  { clock }: { clock: Clock },
) {
  const { generateRegistrationOptions } = await library()
  const [challenge, known] = await Promise.all([
    createToken(q, { purpose: 'new_passkey', staffId: person.id, validMs: CHALLENGE_VALID_MS }, { clock }),
    listCredentials(q, person.id),
  ])
  return generateRegistrationOptions({
    rpName: 'LoyaPro',
    rpID: rp.id,
    userID: new Uint8Array(bytesOfUuid(person.id)),
    userName: person.email,
    userDisplayName: person.name,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    timeout: CHALLENGE_VALID_MS,
    attestationType: 'none',
    // An authenticator that has a passkey of the person makes no second one.
    excludeCredentials: known.map(({ credential_id, transports }) => ({ id: textOf(credential_id), transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** Options for `navigator.credentials.get`. They name nobody: the person picks a passkey. */
export async function passkeyOptions(q: Queryable, rp: RelyingParty, { clock }: { clock: Clock }) {
  const { generateAuthenticationOptions } = await library()
  const challenge = await createToken(q, { purpose: 'passkey', staffId: null, validMs: CHALLENGE_VALID_MS }, { clock })
  return generateAuthenticationOptions({
    rpID: rp.id,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    timeout: CHALLENGE_VALID_MS,
    userVerification: 'required',
  })
}

export type Refusal = { kind: 'refused'; reason: string }

/** `challenge` must still be taken, in the transaction of what the passkey allows. */
export async function verifyNewPasskey(
  { credentialId, clientData, attestation, transports }: NewPasskeyAnswer,
  rp: RelyingParty,
): Promise<{ kind: 'verified'; challenge: string; credential: NewCredential } | Refusal> {
  const { verifyRegistrationResponse } = await library()
  const { decodeAttestationObject, isoBase64URL } = await import('@simplewebauthn/server/helpers')
  return refusingErrors(async () => {
    const challenge = challengeIn(clientData)
    // Other formats have certificates, of which the library would ask other servers.
    const format = decodeAttestationObject(isoBase64URL.toBuffer(attestation)).get('fmt')
    if (format !== 'none' && format !== 'packed') throw new Error(`attestation of the format ${format}`)
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        ...publicKey(credentialId),
        response: { clientDataJSON: clientData, attestationObject: attestation },
      },
      expectedChallenge: challenge,
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      requireUserVerification: true,
    })
    if (!verified) throw new Error('the attestation is wrong')
    const { id, publicKey: key, counter } = registrationInfo.credential
    const credential = { credential_id: bytesOf(id), public_key: Buffer.from(key), counter, transports }
    return { kind: 'verified', challenge, credential }
  })
}

/**
 * `challenge` must still be taken, and the use recorded with `counter`, in the transaction of what
 * the passkey allows.
 */
export async function verifyPasskey(
  q: Queryable,
  { credentialId, clientData, authenticatorData, signature, userHandle }: PasskeyAnswer,
  rp: RelyingParty,
): Promise<{ kind: 'verified'; challenge: string; passkeyId: Uuid; staffId: Uuid; counter: number } | Refusal> {
  const { verifyAuthenticationResponse } = await library()
  const known = await findCredential(q, bytesOf(credentialId))
  if (known === null) return { kind: 'refused', reason: 'nobody has this passkey' }
  return refusingErrors(async () => {
    const challenge = challengeIn(clientData)
    if (!bytesOf(userHandle).equals(bytesOfUuid(known.staff_id)))
      throw new Error('the passkey is that of another person')
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...publicKey(credentialId),
        response: { clientDataJSON: clientData, authenticatorData, signature, userHandle },
      },
      expectedChallenge: challenge,
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      credential: toLibrary(known),
      requireUserVerification: true,
    })
    if (!verified) throw new Error('the signature is wrong')
    const { id: passkeyId, staff_id: staffId } = known
    return { kind: 'verified', challenge, passkeyId, staffId, counter: authenticationInfo.newCounter }
  })
}

function library() {
  return import('@simplewebauthn/server')
}

/** The library throws for everything that is wrong with an answer. */
async function refusingErrors<T>(verify: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await verify()
  } catch (error) {
    return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) }
  }
}

/** The challenge that was signed; whether it is one of ours is seen when it is taken. */
function challengeIn(clientData: string): string {
  const { challenge } = JSON.parse(bytesOf(clientData).toString()) as { challenge?: unknown }
  if (typeof challenge !== 'string') throw new Error('the answer names no challenge')
  return challenge
}

function publicKey(credentialId: string) {
  return { id: credentialId, rawId: credentialId, type: 'public-key' as const, clientExtensionResults: {} }
}

function toLibrary({ credential_id, public_key, counter }: Credential) {
  return { id: textOf(credential_id), publicKey: new Uint8Array(public_key), counter }
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text, 'base64url')
}

function textOf(bytes: Buffer): string {
  return bytes.toString('base64url')
}
