// Who set which value of a profile: what staff or the customer entered, and what the POS said last.
import type { EpochMs, IsoDate } from '../kernel/clock.ts'

/** What the POS said last, by field; absent is not said. */
export interface PosProfile {
  name?: string | null | undefined
  email?: string | null | undefined
  gender?: string | null | undefined
  birth_date?: IsoDate | null | undefined
}

/** What staff or the customer entered, by column, and when. A value of null was cleared. */
export type EnteredProfile = Partial<
  Record<'name' | 'email' | 'gender' | 'birth_date' | 'language', { value: string | null; at: EpochMs }>
>

/** The fields of a profile that both can set, as it has them. */
export interface SetByBoth {
  name: string | null
  email: string | null
  gender: string | null
  birthDate: IsoDate | null
  language: string | null
}

/** `changes` as they are kept: only the fields that somebody entered. */
export function enteredOf(changes: Partial<SetByBoth>, at: EpochMs): EnteredProfile {
  const { name, email, gender, birthDate: birth_date, language } = changes
  const given = Object.entries({ name, email, gender, birth_date, language })
  return Object.fromEntries(given.flatMap(([field, value]) => (value === undefined ? [] : [[field, { value, at }]])))
}
