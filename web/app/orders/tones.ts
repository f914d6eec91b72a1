// The tone of each status of an order.
import type { OrderSummary } from '../../../contract/api/orders.ts'
import type { Tone } from '../../ui/chip.tsx'

export const STATUS_TONES: Record<OrderSummary['status'], Tone> = {
  initiated: 'note',
  paid: 'good',
  void: 'fail',
  refunded: 'hand',
  joined: 'neutral',
}
