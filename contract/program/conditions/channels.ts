// The condition on the channel that took the order.
import { listOf } from '../fields.ts'
import { choice, label } from '../label.ts'
import type { ConditionArgs } from './condition.ts'

const ChannelSchema = choice(
  {
    cashier: ['Cashier', 'الكاشير'],
    api: ['Online', 'إلكتروني'],
    call_center: ['Call center', 'مركز الاتصال'],
    other: ['Other', 'أخرى'],
  },
  label('Channel', 'القناة', 'Where the order was taken.', 'القناة التي سُجّل منها الطلب.'),
)

export const channels = {
  args: listOf(
    ChannelSchema,
    label('Channels', 'القنوات', 'Only orders from these channels.', 'الطلبات من هذه القنوات فقط.'),
  ),
} satisfies ConditionArgs
