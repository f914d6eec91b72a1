// Holds for orders from these channels; an unknown channel is in no list.
import { condition, holds } from './condition.ts'

export const channels = condition<'channels'>({
  miss: (channels, { basket: { channel } }) => holds(!!channel && channels.includes(channel)),
  explain: { en: () => 'not valid for this channel', ar: () => 'غير متاحة لقناة الطلب هذه' },
})
