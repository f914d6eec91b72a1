// The filters of the list of deliveries in the URL.
import { filters, oneOf, text } from '../filters.ts'

export const RESULTS = ['failed', 'parked', 'processed', 'stale', 'ignored'] as const

export const readDeliveryFilters = filters({ result: oneOf(...RESULTS), pos: text })

export type DeliveryFilters = ReturnType<typeof readDeliveryFilters>
