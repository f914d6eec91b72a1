// How Home greets, by the hour at the business.
import type { Text } from '../../words/text.ts'

export function greeting(name: string, now: Date, zone: string): Text {
  const hour = Number(new Intl.DateTimeFormat('en', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' }).format(now))
  return hour >= 4 && hour < 12
    ? { en: `Good morning, ${name}`, ar: `صباح الخير، ${name}` }
    : { en: hour >= 4 && hour < 17 ? `Good afternoon, ${name}` : `Good evening, ${name}`, ar: `مساء الخير، ${name}` }
}
