// Tills during faults: check and redeem codes repeatedly, for one order and for two, and check
// every answer.
import { type Code, checkBody, redeemBody } from '../harness/codes.ts'
import type { Random } from '../simulator/world/random.ts'
import { type Answer, isSuccess } from './post.ts'

/** A code whose redemption was answered with 200. */
export interface Spent {
  code: Code
  orderId: string
  /** The answer, which every repetition must get again. */
  answer: string
}

export interface Tills {
  /**
   * One customer at a till, with an unused code or with a redeemed one, which must stay redeemed.
   */
  visit(random: Random): Promise<void>
}

/** The outcomes of the tills. */
export interface TillOutcomes {
  spent: Map<Code, Spent>
  odd: string[]
}

/**
 * Sends a call with the usual retries, starting with the server `first`; null when there was no
 * answer.
 */
export type Ask = (call: 'reward' | 'redeem', body: string, first: number) => Promise<Answer | null>

export function openTills(codes: readonly Code[], ask: Ask, outcomes: TillOutcomes): Tills {
  const fresh = [...codes]
  const must = (answer: Answer | null, status: number, what: string, { code }: Code) => {
    if (answer && answer.status !== status) outcomes.odd.push(`${what} of ${code}: ${answer.status} ${answer.text}`)
  }
  const askAgain = async ({ code, orderId, answer }: Spent, random: Random) => {
    const first = random.int(0, 1)
    const again = await ask('redeem', redeemBody(code, orderId), first)
    must(again, 200, 'a repeated redemption', code)
    if (again?.status === 200 && again.text !== answer) {
      outcomes.odd.push(`the same redemption of ${code.code} was answered ${again.text}, and before ${answer}`)
    }
    must(await ask('redeem', redeemBody(code, random.uuid()), 1 - first), 409, 'redemption for another order', code)
    must(await ask('reward', checkBody(code), first), 409, 'check after it was spent', code)
  }
  /**
   * Redeems a code; sometimes two tills at different servers redeem it concurrently for two orders,
   * and exactly one succeeds.
   */
  const redeem = async (code: Code, random: Random): Promise<Spent | null> => {
    const orders = Array.from({ length: random.chance(30) ? 2 : 1 }, () => random.uuid())
    const first = random.int(0, 1)
    const answers = await Promise.all(orders.map((id, n) => ask('redeem', redeemBody(code, id), (first + n) % 2)))
    const won = answers.flatMap((answer, n) =>
      answer && isSuccess(answer) ? [{ code, orderId: orders[n] ?? '', answer: answer.text }] : [],
    )
    if (won.length > 1) outcomes.odd.push(`${code.code} was redeemed for two orders`)
    for (const answer of answers) if (answer && !isSuccess(answer)) must(answer, 409, 'redemption beside another', code)
    if (won.length === 0 && answers.every((answer) => answer !== null))
      outcomes.odd.push(`${code.code} was refused for every order`)
    return won[0] ?? null
  }
  return {
    async visit(random) {
      const code = fresh.pop()
      if (code) {
        must(await ask('reward', checkBody(code), random.int(0, 1)), 200, 'check', code)
        const spent = await redeem(code, random)
        if (!spent) return
        outcomes.spent.set(code, spent)
        await askAgain(spent, random)
      } else if (outcomes.spent.size > 0) {
        await askAgain(random.pick([...outcomes.spent.values()]), random)
      }
    },
  }
}
