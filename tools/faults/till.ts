// Cashiers under faults: codes are checked and redeemed, again and again, for one order and for
// two, and every answer is weighed.
import { type Code, checkBody, redeemBody } from '../harness/codes.ts'
import type { Random } from '../simulator/world/random.ts'
import { type Answer, isSuccess } from './post.ts'

/** A code that a till heard was redeemed. */
export interface Spent {
  code: Code
  orderId: string
  /** Word for word; the same redemption must never be answered otherwise. */
  answer: string
}

export interface Tills {
  /**
   * One customer at a till: a code that nobody used, or one that was spent, which must stay as it
   * is.
   */
  visit(random: Random): Promise<void>
}

/** What the tills were told. */
export interface TillTold {
  spent: Map<Code, Spent>
  odd: string[]
}

/** Sends a call as patiently as any, `first` to that server first; null when nobody answered it. */
export type Ask = (call: 'reward' | 'redeem', body: string, first: number) => Promise<Answer | null>

export function openTills(codes: readonly Code[], ask: Ask, told: TillTold): Tills {
  const fresh = [...codes]
  const must = (answer: Answer | null, status: number, what: string, { code }: Code) => {
    if (answer && answer.status !== status) told.odd.push(`${what} of ${code}: ${answer.status} ${answer.text}`)
  }
  const askAgain = async ({ code, orderId, answer }: Spent, random: Random) => {
    const first = random.int(0, 1)
    const again = await ask('redeem', redeemBody(code, orderId), first)
    must(again, 200, 'the same redemption again', code)
    if (again?.status === 200 && again.text !== answer) {
      told.odd.push(`the same redemption of ${code.code} was answered ${again.text}, and before ${answer}`)
    }
    must(await ask('redeem', redeemBody(code, random.uuid()), 1 - first), 409, 'redemption for another order', code)
    must(await ask('reward', checkBody(code), first), 409, 'check after it was spent', code)
  }
  /**
   * Two tills want it at the same time, each at a server of its own: one of them gets it, and so
   * does a customer of one till.
   */
  const redeem = async (code: Code, random: Random): Promise<Spent | null> => {
    const orders = Array.from({ length: random.chance(30) ? 2 : 1 }, () => random.uuid())
    const first = random.int(0, 1)
    const answers = await Promise.all(orders.map((id, n) => ask('redeem', redeemBody(code, id), (first + n) % 2)))
    const won = answers.flatMap((answer, n) =>
      answer && isSuccess(answer) ? [{ code, orderId: orders[n] ?? '', answer: answer.text }] : [],
    )
    if (won.length > 1) told.odd.push(`${code.code} was redeemed for two orders`)
    for (const answer of answers) if (answer && !isSuccess(answer)) must(answer, 409, 'redemption beside another', code)
    if (won.length === 0 && answers.every((answer) => answer !== null))
      told.odd.push(`${code.code} was refused to all who wanted it`)
    return won[0] ?? null
  }
  return {
    async visit(random) {
      const code = fresh.pop()
      if (code) {
        must(await ask('reward', checkBody(code), random.int(0, 1)), 200, 'check', code)
        const spent = await redeem(code, random)
        if (!spent) return
        told.spent.set(code, spent)
        await askAgain(spent, random)
      } else if (told.spent.size > 0) {
        await askAgain(random.pick([...told.spent.values()]), random)
      }
    },
  }
}
