// The tone of each result of a delivery.
import type { Delivery } from '../../../contract/api/deliveries.ts'
import type { Tone } from '../../ui/chip.tsx'

export const RESULT_TONES: Record<Delivery['result'], Tone> = {
  processed: 'good',
  stale: 'neutral',
  parked: 'hand',
  ignored: 'neutral',
  failed: 'fail',
}
