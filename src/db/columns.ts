// Column types whose written form is not the form that they are read in.
import type { ColumnType } from 'kysely'
import type { EpochMs } from '../kernel/clock.ts'

/** Read as epoch milliseconds, written with instant() of values.ts. */
export type Instant = ColumnType<EpochMs, string, string>
export type OptionalInstant = ColumnType<EpochMs | null, string | null, string | null>
/** Written with json() of values.ts. */
export type Json<T> = ColumnType<T, string, string>
export type OptionalJson<T> = ColumnType<T | null, string | null, string | null>
