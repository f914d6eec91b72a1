// A first password that is handed over by a person: 80 random bits in groups that can be typed.
import { randomBytes } from 'node:crypto'
import { hexToBase32 } from '../kernel/base32.ts'

export function randomPassword(): string {
  return (hexToBase32(randomBytes(10).toString('hex')).match(/.{4}/g) ?? []).join('-')
}
