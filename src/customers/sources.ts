// The sources of a profile: what staff or the customer entered, and the latest values of the POS.
import type { EpochMs, IsoDate } from '../kernel/clock.ts'

/** The latest values of the POS, by field; a field that it did not state is absent. */
export interface PosProfile {
  name?: string | null | undefined
  email?: string | null | undefined
  gender?: string | null | undefined
  birth_date?: IsoDate | null | undefined
}

/** What staff or the customer entered, by column, and when. A null value was cleared. */
export type EnteredProfile = Partial<
  Record<'name' | 'email' | 'gender' | 'birth_date' | 'language', { value: string | null; at: EpochMs }>
>

/** The fields of a profile that both sources can set. */
export interface SetByBoth {
  name: string | null
  email: string | null
  gender: string | null
  birthDate: IsoDate | null
  language: string | null
}

/** The stored form of `changes`: only fields that somebody entered. */
export function enteredOf(changes: Partial<SetByBoth>, at: EpochMs): EnteredProfile {
  const { name, email, gender, birthDate: birth_date, language } = changes
  const given = Object.entries({ name, email, gender, birth_date, language })
  return Object.fromEntries(given.flatMap(([field, value]) => (value === undefined ? [] : [[field, { value, at }]])))
}
