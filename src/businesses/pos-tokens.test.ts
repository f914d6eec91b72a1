// Tokens of POS systems: the decisions in their order of precedence, and known forgeries.
import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { testDatabase } from '../../test/support/database.ts'
import { shippedIntegrations as integrations } from '../integrations/registry.ts'
import { ManualClock } from '../kernel/clock.ts'
import { createIds } from '../kernel/ids.ts'
import { loadPosKeys, type PosKeys } from './pos-keys.ts'
import { addPosSecret, registerPos, retirePosSecret } from './pos-systems.ts'
import { checkToken, issuePosToken, revokePosTokens } from './pos-tokens.ts'
import { createSeal } from './seal.ts'
import { createTokenVerifier } from './token-verifier.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const FOODICS_SECRET = 'a sample secret of foodics, 32 bytes and more'
const OTHER_SECRET = 'a sample secret of another POS, 32 bytes and more'

/** The claims of the token in LoyaPro's POS documentation: no `exp`, no `jti`, issued in 2018. */
const DOCUMENTED = { platform: 'pos', name: 'foodics', iat: 1516239022 }

function encode(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
}

function token(claims: unknown, secret = FOODICS_SECRET, header: unknown = { alg: 'HS256', typ: 'JWT' }): string {
  const input = `${encode(header)}.${encode(claims)}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

function posKeys(name: string, secrets: string[], rest: Partial<PosKeys> = {}): [string, PosKeys] {
  const verifiers = secrets.map(createTokenVerifier)
  const authentication = { kind: 'jwt' } as const
  return [name, { name, adapter: 'standard', authentication, secrets: [], verifiers, revocations: [], ...rest }]
}

const keys = new Map([posKeys('foodics', [FOODICS_SECRET]), posKeys('other', [OTHER_SECRET])])

function decisionOf(text: string, posName = 'foodics', among: ReadonlyMap<string, PosKeys> = keys): string {
  return checkToken(among, text, posName, NOW).kind
}

test('the documented token authenticates foodics: it has no expiry and identifies the POS, not a merchant', () => {
  assert.deepEqual(checkToken(keys, token(DOCUMENTED), 'foodics', NOW), {
    kind: 'pos',
    pos: { name: 'foodics', adapter: 'standard', credentialId: null },
  })
})

test('while a secret is rotated, tokens of the old and of the new one are valid, and those of a third are not', () => {
  const rotating = new Map([posKeys('foodics', ['the new secret', 'the old secret'])])
  assert.equal(decisionOf(token(DOCUMENTED, 'the new secret'), 'foodics', rotating), 'pos')
  assert.equal(decisionOf(token(DOCUMENTED, 'the old secret'), 'foodics', rotating), 'pos')
  assert.equal(decisionOf(token(DOCUMENTED, 'a third secret'), 'foodics', rotating), 'unauthenticated')
})

test('precedence: an unauthenticated caller gets 401 even for a POS that does not exist; an authenticated one 404, then 403', () => {
  assert.equal(decisionOf('', 'nowhere'), 'unauthenticated')
  assert.equal(decisionOf(token(DOCUMENTED, 'wrong'), 'nowhere'), 'unauthenticated')
  assert.equal(decisionOf(token(DOCUMENTED), 'nowhere'), 'pos_unknown')
  assert.equal(decisionOf(token(DOCUMENTED), 'other'), 'pos_mismatch')
  assert.equal(decisionOf(token({ ...DOCUMENTED, platform: 'web' })), 'pos_mismatch')
  assert.equal(decisionOf(token({ ...DOCUMENTED, platform: 'web' }), 'nowhere'), 'pos_unknown')
  assert.equal(decisionOf(token({ name: 'foodics', iat: 1 })), 'pos_mismatch', 'no platform at all')
  assert.equal(decisionOf(token({ platform: 'pos', iat: 1 })), 'pos_mismatch', 'signed by foodics, but names nobody')
})

test('a token that names another POS but was signed by this one authenticates neither', () => {
  const forged = token({ ...DOCUMENTED, name: 'other' })
  assert.equal(decisionOf(forged, 'other'), 'unauthenticated')
  assert.equal(decisionOf(forged, 'foodics'), 'pos_mismatch')
})

test('times: expired, not yet valid and issued in the future are refused; a clock that runs 5 minutes ahead is not', () => {
  const second = NOW / 1000
  assert.equal(decisionOf(token({ ...DOCUMENTED, exp: second + 1 })), 'pos')
  assert.equal(
    decisionOf(token({ ...DOCUMENTED, exp: second })),
    'unauthenticated',
    'exp is the first moment of not being valid',
  )
  assert.equal(decisionOf(token({ ...DOCUMENTED, nbf: second })), 'pos')
  assert.equal(decisionOf(token({ ...DOCUMENTED, nbf: second + 1 })), 'unauthenticated')
  assert.equal(decisionOf(token({ ...DOCUMENTED, iat: second + 300 })), 'pos')
  assert.equal(decisionOf(token({ ...DOCUMENTED, iat: second + 301 })), 'unauthenticated')
})

test('claims of a wrong type are never read as absent', () => {
  for (const wrong of ['1516239022', null, true, [1], {}]) {
    assert.equal(decisionOf(token({ ...DOCUMENTED, iat: wrong })), 'unauthenticated', `iat ${JSON.stringify(wrong)}`)
    assert.equal(decisionOf(token({ ...DOCUMENTED, exp: wrong })), 'unauthenticated', `exp ${JSON.stringify(wrong)}`)
    assert.equal(decisionOf(token({ ...DOCUMENTED, nbf: wrong })), 'unauthenticated', `nbf ${JSON.stringify(wrong)}`)
  }
  for (const wrong of [7, null, ['a']])
    assert.equal(decisionOf(token({ ...DOCUMENTED, jti: wrong })), 'unauthenticated')
  assert.equal(decisionOf(token({ platform: 'pos', name: 'foodics' })), 'unauthenticated', 'iat is required')
})

test('revoked by id, or with all that were issued before an instant', () => {
  const revocations = [
    { jti: 'stolen', issuedBefore: null, from: 0 },
    { jti: null, issuedBefore: NOW, from: 0 },
  ]
  const among = new Map([posKeys('foodics', [FOODICS_SECRET], { revocations })])
  const fresh = { ...DOCUMENTED, iat: NOW / 1000 }
  assert.equal(decisionOf(token(fresh), 'foodics', among), 'pos')
  assert.equal(decisionOf(token({ ...fresh, jti: 'kept' }), 'foodics', among), 'pos')
  assert.equal(decisionOf(token({ ...fresh, jti: 'stolen' }), 'foodics', among), 'unauthenticated')
  assert.equal(decisionOf(token({ ...fresh, iat: NOW / 1000 - 1 }), 'foodics', among), 'unauthenticated')
})

test('a revocation that takes effect later leaves the token valid until then', () => {
  const among = (from: number) =>
    new Map([posKeys('foodics', [FOODICS_SECRET], { revocations: [{ jti: 'old', issuedBefore: null, from }] })])
  assert.equal(decisionOf(token({ ...DOCUMENTED, jti: 'old' }), 'foodics', among(NOW + 1)), 'pos')
  assert.equal(decisionOf(token({ ...DOCUMENTED, jti: 'old' }), 'foodics', among(NOW)), 'unauthenticated')
})

test('a POS whose secrets are all retired authenticates nobody', () => {
  assert.equal(decisionOf(token(DOCUMENTED), 'foodics', new Map([posKeys('foodics', [])])), 'unauthenticated')
})

test('forged: no algorithm, other algorithms, keys brought along, and broken tokens', () => {
  const body = encode(DOCUMENTED)
  const good = token(DOCUMENTED)
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const jwk = publicKey.export({ format: 'jwk' })
  const rsa = (header: object) => {
    const input = `${encode({ alg: 'RS256', typ: 'JWT', ...header })}.${body}`
    return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`
  }
  const hs512Input = `${encode({ alg: 'HS512', typ: 'JWT' })}.${body}`
  const forged: Record<string, string> = {
    none: `${encode({ alg: 'none', typ: 'JWT' })}.${body}.`,
    'none in capitals': `${encode({ alg: 'NONE' })}.${body}.`,
    'none with a signature': token(DOCUMENTED, FOODICS_SECRET, { alg: 'none' }),
    'HS256 without signature': `${encode({ alg: 'HS256' })}.${body}.`,
    'RS256 with its own key': rsa({}),
    'RS256 with jwk': rsa({ jwk }),
    'RS256 with jku': rsa({ jku: 'https://example.com/keys.json' }),
    'HS256 keyed with a public key': token(DOCUMENTED, pem),
    'HS256 with jwk of an empty key': token(DOCUMENTED, ' ', { alg: 'HS256', jwk: { kty: 'oct', k: '' } }),
    'HS256 with kid of an empty file': token(DOCUMENTED, ' ', { alg: 'HS256', kid: '/dev/null' }),
    'HS512 of the right secret': `${hs512Input}.${createHmac('sha512', FOODICS_SECRET).update(hs512Input).digest('base64url')}`,
    'unknown critical header': token(DOCUMENTED, FOODICS_SECRET, { alg: 'HS256', crit: ['b64'], b64: false }),
    'two algorithms': token(DOCUMENTED, FOODICS_SECRET, { alg: ['HS256'] }),
    'signature cut short': good.slice(0, -4),
    'signature of other claims': `${good.slice(0, good.indexOf('.'))}.${encode({ ...DOCUMENTED, x: 1 })}${good.slice(good.lastIndexOf('.'))}`,
    'two parts': good.slice(0, good.lastIndexOf('.')),
    'four parts': `${good}.${body}`,
    'claims are not an object': token([DOCUMENTED]),
    'claims are not JSON': token('{"platform":'),
    'padding in the signature': `${good}=`,
    empty: '',
    dots: '..',
  }
  for (const [name, text] of Object.entries(forged)) assert.equal(decisionOf(text), 'unauthenticated', name)
})

test('a token above 4 KB is refused unread, though it is signed', () => {
  const long = token(DOCUMENTED, FOODICS_SECRET, { alg: 'HS256', typ: 'JWT', x: 'x'.repeat(4096) })
  assert.equal(decisionOf(long), 'unauthenticated')
  assert.equal(decisionOf(token({ ...DOCUMENTED, x: 'x'.repeat(2500) })), 'pos', 'the limit leaves room for real ones')
})

test('a claim that comes twice counts as its last, which the secret has signed like the first', () => {
  assert.equal(decisionOf(token('{"platform":"pos","name":"other","name":"foodics","iat":1516239022}')), 'pos')
  assert.equal(decisionOf(token('{"platform":"pos","name":"foodics","name":"other","iat":1516239022}')), 'pos_mismatch')
})

test('no arbitrary text authenticates or throws', () => {
  const part = fc.oneof(fc.base64String(), fc.string(), fc.json().map(encode))
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.tuple(part, part, part).map((parts) => parts.join('.')),
  )
  fc.assert(fc.property(text, (forged) => assert.equal(decisionOf(forged), 'unauthenticated')))
})

test('the life of a POS: registered, token issued, secret rotated, token revoked', async (t) => {
  const { db } = await testDatabase(t)
  const clock = new ManualClock(NOW)
  const parts = { seal: createSeal(Buffer.alloc(32, 7)), ids: createIds(clock), clock, integrations }
  const pos = { name: 'foodics', title: 'Foodics', adapter: 'foodics' as const }
  const decide = async (text: string) =>
    checkToken(await loadPosKeys(db, parts.seal, integrations), text, 'foodics', clock.now()).kind
  const addSecret = (given?: { text: string; allowShort: boolean }) =>
    db.write('system:test', (tx) => addPosSecret(tx, 'foodics', given, parts))
  const issue = async (expiresAt: number | null = null) => {
    const outcome = await issuePosToken(db, 'foodics', expiresAt, parts)
    assert(outcome.kind === 'issued')
    return outcome
  }

  assert.equal((await addSecret()).kind, 'pos_unknown')
  assert.equal(await registerPos(db.by('system:test'), { ...pos, name: 'Foodics!' }, parts), 'bad_name')
  assert.equal(await registerPos(db.by('system:test'), { ...pos, adapter: 'nowhere' }, parts), 'adapter_unknown')
  assert.equal(await registerPos(db.by('system:test'), pos, parts), 'registered')
  assert.equal(await registerPos(db.by('system:test'), pos, parts), 'exists')
  assert.equal((await issuePosToken(db, 'foodics', null, parts)).kind, 'no_secret')
  assert.equal((await issuePosToken(db, 'nowhere', null, parts)).kind, 'pos_unknown')

  // The secret behind a vendor's existing tokens may be shorter than the standard wants: it is
  // taken only on request.
  assert.equal((await addSecret({ text: 'short', allowShort: false })).kind, 'weak_secret')
  assert.equal((await addSecret({ text: '', allowShort: true })).kind, 'weak_secret')
  const old = await addSecret({ text: 'short', allowShort: true })
  assert(old.kind === 'added')
  assert.equal(await decide(token(DOCUMENTED, 'short')), 'pos')

  const added = await Promise.all([addSecret(), addSecret(), addSecret()])
  assert.deepEqual(
    added.map(({ kind }) => kind).sort(),
    ['added', 'two_active', 'two_active'],
    'one more, however many ask',
  )
  const first = await issue()
  assert.equal(await decide(first.token), 'pos')

  assert.equal(await retirePosSecret(db.by('system:test'), 'foodics', old.id, clock), 'retired')
  assert.equal(await retirePosSecret(db.by('system:test'), 'other', old.id, clock), 'not_found')
  assert.equal(await decide(token(DOCUMENTED, 'short')), 'unauthenticated')
  assert.equal(await decide(first.token), 'pos')

  const short = await issue(NOW + 60_000)
  clock.advance(60_000)
  assert.equal(await decide(short.token), 'unauthenticated', 'it has run out')

  assert.equal(await revokePosTokens(db.by('system:test'), 'foodics', { jti: first.jti }, parts), 'revoked')
  assert.equal(await decide(first.token), 'unauthenticated')
  const second = await issue()
  clock.advance(1_000)
  assert.equal(await decide(second.token), 'pos')
  assert.equal(await revokePosTokens(db.by('system:test'), 'foodics', { issuedBefore: clock.now() }, parts), 'revoked')
  assert.equal(await decide(second.token), 'unauthenticated')
  assert.equal(await decide((await issue()).token), 'pos')
  assert.equal(await revokePosTokens(db.by('system:test'), 'nowhere', { jti: 'x' }, parts), 'pos_unknown')
})
