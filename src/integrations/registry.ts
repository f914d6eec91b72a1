// The registry: which adapter reads which POS.
import { foodics } from './foodics/adapter.ts'
import { standard } from './standard/adapter.ts'

/**
 * By the name that `pos_systems.adapter` holds. A POS without an adapter of its own sends the
 * standard shape.
 */
export const adapters = { foodics, standard }

export type AdapterName = keyof typeof adapters
