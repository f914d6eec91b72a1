// An authenticator in software: makes and uses passkeys as a device does (WebAuthn level 3, ES256, no
// attestation), for tests without a browser.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { NewPasskey, PasskeyAnswer } from '../../contract/api/factors.ts'

/** What options of both ceremonies have in common, as the tests change it. */
export interface Circumstances {
  /** The page that asks. */
  origin: string
  /** The authenticator has verified the person. Default: true. */
  isVerified?: boolean
  /** The domain of the passkey. Default: localhost. */
  rpId?: string
}

export interface TestAuthenticator {
  /** The body of `POST /account/passkeys`. */
  create(options: { challenge: string; user: { id: string } }, around: Circumstances): NewPasskey
  /** The body of `POST /session/passkey`. */
  get(options: { challenge: string }, around: Circumstances): PasskeyAnswer
  /** Uses so far; a copy of the authenticator begins with the same. */
  counter: number
}

export function createAuthenticator(): TestAuthenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credentialId = randomBytes(16)
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  let user = ''
  const authenticator: TestAuthenticator = {
    counter: 0,
    create({ challenge, user: { id } }, around) {
      user = id
      const length = Buffer.from([0, credentialId.length])
      const coseKey = Buffer.concat([COSE_ES256, COSE_X, fromText(x), COSE_Y, fromText(y)])
      const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, coseKey])
      const data = Buffer.concat([authenticatorData(around, HAS_CREDENTIAL, authenticator.counter), attested])
      return {
        name: 'Sample passkey',
        credential_id: toText(credentialId),
        client_data: toText(clientData('webauthn.create', challenge, around)),
        attestation: toText(
          Buffer.concat([NO_ATTESTATION, Buffer.from([0x59, data.length >> 8, data.length & 0xff]), data]),
        ),
        transports: ['internal'],
      }
    },
    get({ challenge }, around) {
      const client = clientData('webauthn.get', challenge, around)
      const data = authenticatorData(around, 0, ++authenticator.counter)
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
      return {
        credential_id: toText(credentialId),
        client_data: toText(client),
        authenticator_data: toText(data),
        signature: toText(sign('sha256', signed, privateKey)),
        user_handle: user,
      }
    },
  }
  return authenticator
}

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const HAS_CREDENTIAL = 0x40

/** CBOR: a map of three, `{ fmt: 'none', attStmt: {}, authData: …`. */
const NO_ATTESTATION = Buffer.concat([
  Buffer.from([0xa3, 0x63]),
  Buffer.from('fmt'),
  Buffer.from([0x64]),
  Buffer.from('none'),
  Buffer.from([0x67]),
  Buffer.from('attStmt'),
  Buffer.from([0xa0, 0x68]),
  Buffer.from('authData'),
])
/** CBOR: a map of five, `{ 1: 2, 3: -7, -1: 1, -2: x, -3: y }`. */
const COSE_ES256 = Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01])
const COSE_X = Buffer.from([0x21, 0x58, 0x20])
const COSE_Y = Buffer.from([0x22, 0x58, 0x20])

function authenticatorData({ isVerified = true, rpId = 'localhost' }: Circumstances, flags: number, counter: number) {
  const count = Buffer.alloc(4)
  count.writeUInt32BE(counter)
  const flag = USER_PRESENT | (isVerified ? USER_VERIFIED : 0) | flags
  return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flag]), count])
}

function clientData(type: string, challenge: string, { origin }: Circumstances): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
}

function toText(bytes: Buffer): string {
  return bytes.toString('base64url')
}

function fromText(text: string): Buffer {
  return Buffer.from(text, 'base64url')
}
