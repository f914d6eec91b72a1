// Second factors of a person: authenticator app, recovery codes, passkeys.
import { type Static, Type } from 'typebox'
import { choice, idOf, instant, nullable } from './common.ts'

const base64url = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[\\w-]+$', description })

export const SecondFactorCode = Type.String({
  minLength: 1,
  maxLength: 20,
  description: 'The six digits that the authenticator app shows now. Each code works once.',
  examples: ['492039'],
})

export const RecoveryCode = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'One of the recovery codes. Each works once.',
  examples: ['5vq2-8dkm-0r7t-cw3h'],
})

export const SignInBySecondFactor = Type.Object(
  { code: Type.Optional(SecondFactorCode), recovery_code: Type.Optional(RecoveryCode) },
  { additionalProperties: false, minProperties: 1, maxProperties: 1 },
)
export type SignInBySecondFactor = Static<typeof SignInBySecondFactor>

export const SecondFactor = Type.Object({
  is_on: Type.Boolean({ description: 'Signing in with the password needs a code as well.' }),
  since: nullable(instant('When it was turned on. null when it is off.')),
  recovery_codes_left: Type.Integer({ description: 'Recovery codes that are not used yet.', examples: [10] }),
})
export type SecondFactor = Static<typeof SecondFactor>

export const SecondFactorSecret = Type.Object({
  secret: Type.String({
    description: 'The secret for the authenticator app, to type by hand.',
    examples: ['GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'],
  }),
  uri: Type.String({ description: 'The secret for the authenticator app, to show as a QR code: `otpauth://totp/…`.' }),
})
export type SecondFactorSecret = Static<typeof SecondFactorSecret>

export const ConfirmSecondFactor = Type.Object({ code: SecondFactorCode }, { additionalProperties: false })
export type ConfirmSecondFactor = Static<typeof ConfirmSecondFactor>

export const RecoveryCodes = Type.Object({
  codes: Type.Array(RecoveryCode, { description: 'The recovery codes. They cannot be read again.' }),
})
export type RecoveryCodes = Static<typeof RecoveryCodes>

export const PasskeyName = Type.String({
  minLength: 1,
  maxLength: 60,
  description: 'What the person calls the passkey.',
  examples: ['Phone'],
})

export const Passkey = Type.Object({
  id: idOf('psk', 'The passkey.'),
  name: PasskeyName,
  created_at: instant('When it was registered.'),
  used_at: nullable(instant('When it was used last. null when it was never used.')),
})
export type Passkey = Static<typeof Passkey>

export const PasskeyChanges = Type.Object({ name: PasskeyName }, { additionalProperties: false })
export type PasskeyChanges = Static<typeof PasskeyChanges>

const transports = Type.Array(Type.String({ maxLength: 30 }), {
  maxItems: 10,
  description: 'How the browser reaches the authenticator, as `getTransports()` names it.',
})

const credentialId = base64url(1_400, 'ID of the credential.')
const clientData = base64url(4_000, '`clientDataJSON` of the answer of the browser.')

export const NewPasskey = Type.Object(
  {
    name: PasskeyName,
    credential_id: credentialId,
    client_data: clientData,
    attestation: base64url(20_000, '`attestationObject` of the answer of the browser.'),
    transports,
  },
  { additionalProperties: false },
)
export type NewPasskey = Static<typeof NewPasskey>

/** What `navigator.credentials.get` answers, as base64url. */
export const PasskeyAnswer = Type.Object(
  {
    credential_id: credentialId,
    client_data: clientData,
    authenticator_data: base64url(4_000, '`authenticatorData` of the answer of the browser.'),
    signature: base64url(10_000, 'Signature of the authenticator.'),
    user_handle: base64url(200, '`userHandle` of the answer of the browser.'),
  },
  { additionalProperties: false, description: 'The answer of the browser to the options, as base64url.' },
)
export type PasskeyAnswer = Static<typeof PasskeyAnswer>

const challenge = Type.String({ description: 'What the authenticator signs. It is valid once, for 5 minutes.' })
const timeout = Type.Integer({ description: 'Milliseconds that the browser waits for the person.' })
const verification = choice(['required'], { description: 'The authenticator verifies the person.' })
const keyType = choice(['public-key'], { description: 'Type of the credential.' })

/** `PublicKeyCredentialRequestOptionsJSON` of the WebAuthn standard. */
export const PasskeyOptions = Type.Object(
  {
    challenge,
    rpId: Type.String({ description: 'Domain of this website.', examples: ['loyalty.example.com'] }),
    timeout,
    userVerification: verification,
  },
  { description: 'For `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get`.' },
)
export type PasskeyOptions = Static<typeof PasskeyOptions>

/** `PublicKeyCredentialCreationOptionsJSON` of the WebAuthn standard. */
export const NewPasskeyOptions = Type.Object(
  {
    challenge,
    rp: Type.Object(
      { id: Type.String({ description: 'Its domain.' }), name: Type.String({ description: 'Its name.' }) },
      { description: 'This website.' },
    ),
    user: Type.Object(
      {
        id: Type.String({ description: 'The person, as base64url.' }),
        name: Type.String({ description: 'Their email address.' }),
        displayName: Type.String({ description: 'Their name.' }),
      },
      { description: 'The person.' },
    ),
    pubKeyCredParams: Type.Array(
      Type.Object({ type: keyType, alg: Type.Integer({ description: 'COSE number of the algorithm.' }) }),
      { description: 'Algorithms that are accepted, the best first.' },
    ),
    timeout,
    attestation: choice(['none'], { description: 'Nothing is asked about the maker of the authenticator.' }),
    excludeCredentials: Type.Array(Type.Object({ id: credentialId, type: keyType, transports }), {
      description: 'Passkeys that the person has already.',
    }),
    authenticatorSelection: Type.Object(
      {
        residentKey: choice(['required'], { description: 'The passkey is found without an email address.' }),
        requireResidentKey: Type.Boolean({ description: 'The same, for older browsers.' }),
        userVerification: verification,
      },
      { description: 'What the authenticator must be able to do.' },
    ),
  },
  { description: 'For `PublicKeyCredential.parseCreationOptionsFromJSON` and `navigator.credentials.create`.' },
)
export type NewPasskeyOptions = Static<typeof NewPasskeyOptions>
