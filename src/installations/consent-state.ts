// The `state` of an OAuth consent: it identifies the consent and is signed, so that it cannot be
// forged.
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Uuid } from '../kernel/ids.ts'

export interface ConsentKey {
  businessId: Uuid
  id: Uuid
}

/**
 * A separate key, derived from the configured one: a signature made with it is valid nowhere else.
 */
export function stateKey(secretKey: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', 'loyapro consent state', 32))
}

export function signState(key: Buffer, { businessId, id }: ConsentKey): string {
  const name = Buffer.from(`${businessId}${id}`.replaceAll('-', ''), 'hex')
  return `${name.toString('base64url')}.${signatureOf(key, name).toString('base64url')}`
}

/** Null when the signature is not valid. */
export function readState(key: Buffer, state: string): ConsentKey | null {
  const [text = '', signature = ''] = state.split('.')
  const name = Buffer.from(text, 'base64url')
  const given = Buffer.from(signature, 'base64url')
  const expected = signatureOf(key, name)
  if (name.length !== 32 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  return { businessId: uuidOf(name.subarray(0, 16)), id: uuidOf(name.subarray(16)) }
}

function signatureOf(key: Buffer, name: Buffer): Buffer {
  return createHmac('sha256', key).update(name).digest()
}

function uuidOf(bytes: Buffer): Uuid {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
