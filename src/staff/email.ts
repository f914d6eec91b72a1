// Email addresses of staff: checked and normalised once, so that equal addresses are equal text.
import { domainToASCII } from 'node:url'
import { isPlainText } from '../kernel/text.ts'

/**
 * The address in the form in which it is stored and compared: NFC, lower case, the domain in ASCII.
 * Null when it is not an address. Local parts in any script are valid (RFC 6531).
 */
export function normaliseEmail(text: string): string | null {
  const [local = '', domain = '', ...rest] = text.normalize('NFC').trim().toLowerCase().split('@')
  const host = domainToASCII(domain)
  const isAddress =
    rest.length === 0 &&
    isPlainText(local) &&
    !/[\s"(),:;<>[\\\]]/.test(local) &&
    /^[^.].*$/.test(local) &&
    Buffer.byteLength(local) <= 64 &&
    /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(host) &&
    local.length + host.length < 254
  return isAddress ? `${local}@${host}` : null
}
