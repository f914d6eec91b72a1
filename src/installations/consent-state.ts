// The `state` of an OAuth consent: it identifies the consent and is signed, so that it cannot be
// forged.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { deriveKey } from '../kernel/derived-key.ts'
import { bytesOfUuid, type Uuid, uuidOfBytes } from '../kernel/ids.ts'

export interface ConsentKey {
  businessId: Uuid
  id: Uuid
}

/**
 * A separate key, derived from the configured one: a signature made with it is valid nowhere else.
 */
export function stateKey(secretKey: Buffer): Buffer {
  return deriveKey(secretKey, 'loyapro consent state')
}

export function signState(key: Buffer, { businessId, id }: ConsentKey): string {
  const name = Buffer.concat([bytesOfUuid(businessId), bytesOfUuid(id)])
  return `${name.toString('base64url')}.${signatureOf(key, name).toString('base64url')}`
}

/** Null when the signature is not valid. */
export function readState(key: Buffer, state: string): ConsentKey | null {
  const [text = '', signature = ''] = state.split('.')
  const name = Buffer.from(text, 'base64url')
  const given = Buffer.from(signature, 'base64url')
  const expected = signatureOf(key, name)
  if (name.length !== 32 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  return { businessId: uuidOfBytes(name.subarray(0, 16)), id: uuidOfBytes(name.subarray(16)) }
}

function signatureOf(key: Buffer, name: Buffer): Buffer {
  return createHmac('sha256', key).update(name).digest()
}
