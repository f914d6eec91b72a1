// What a mail says: the values of each kind. The texts are in texts.ts.
import type { Role } from '../../contract/roles.ts'

/**
 * A new kind gets an entry here and its texts in texts.ts. `url`: with the token behind `#`, which
 * browsers send to no server.
 */
export type MailContent =
  | {
      kind: 'invitation'
      business: { en: string; ar: string | null }
      /** Who invites; null when a program does. */
      inviter: string | null
      role: Role
      url: string
    }
  | { kind: 'password_reset'; url: string }
  | { kind: 'password_changed'; by: PasswordChange }
  | { kind: 'email_change'; url: string }
  /** To the address that the person had. */
  | { kind: 'email_changed' }
  | { kind: 'factors_changed'; change: FactorChange }

/** By the link of a mail, which ends every session, or in the account, which ends the others. */
export type PasswordChange = 'reset' | 'account'

/** What happened to the ways in which a person signs in. */
export type FactorChange =
  | { what: 'second_factor_on' }
  | { what: 'second_factor_off' }
  | { what: 'second_factor_removed_by_operator' }
  | { what: 'recovery_codes_replaced' }
  | { what: 'recovery_code_used'; left: number }
  | { what: 'passkey_added'; name: string }
  | { what: 'passkey_deleted'; name: string }

export type MailLanguage = 'ar' | 'en'
