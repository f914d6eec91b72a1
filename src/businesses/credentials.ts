// Reads credentials from the `Authorization` header. An absent or malformed credential is empty.

/** Of `Bearer …`. The case of the scheme does not matter (RFC 9110 §11.1). */
export function bearerIn(header: string | undefined): string {
  return /^Bearer +([!-~]+)$/i.exec(header ?? '')?.[1] ?? ''
}

/** `user:password` of `Basic …`, in UTF-8 (RFC 7617). */
export function basicIn(header: string | undefined): string {
  const encoded = /^Basic +([\w+/-]+={0,2})$/i.exec(header ?? '')?.[1] ?? ''
  return Buffer.from(encoded, 'base64').toString('utf8')
}
