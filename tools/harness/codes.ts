// Reward codes for load and faults: every customer of a world can have any number of them, each
// worth the same amount of cashback.
import { lockBusinesses } from '../../src/db/business-lock.ts'
import { assert, must } from '../../src/kernel/assert.ts'
import { adjustBalance } from '../../src/programs/adjust.ts'
import { createProgramCache, loadPrograms, type ProgramCache } from '../../src/programs/store.ts'
import { makeClaim } from '../../src/rewards/claims/make-claim.ts'
import { phoneOf, referenceOf } from './bodies.ts'
import type { World } from './world.ts'

export interface Code {
  /** Reference of the business in the POS. */
  reference: number
  /** Phone of the customer, in national form. */
  phone: string
  code: string
}

/** Discount of each code in minor units. */
export const AMOUNT = 500

const VALID_MS = 86_400_000

/** Codes of customers of all businesses in turn, which stay valid for longer than any run takes. */
export async function makeCodes(world: World, count: number): Promise<Code[]> {
  const { size } = world
  const cache = createProgramCache()
  const codes: Code[] = new Array(count)
  let next = 0
  const worker = async () => {
    for (let k = next++; k < count; k = next++) {
      const n = k % size.businesses
      const m = Math.floor(k / size.businesses) % size.customersPerBusiness
      const phone = phoneOf(n, m, size)
      codes[k] = { reference: referenceOf(n), phone, code: await makeCode(world, cache, n, phone) }
    }
  }
  await Promise.all([worker(), worker(), worker()])
  return codes
}

/** The body of a check of a code. */
export function checkBody(code: Code): string {
  return JSON.stringify(bodyOf(code))
}

/** The body of a redemption of a code for an order. */
export function redeemBody(code: Code, orderId: string): string {
  return JSON.stringify({ ...bodyOf(code), order_id: orderId, discount_amount: AMOUNT / 100 })
}

function bodyOf({ reference, phone, code }: Code) {
  return {
    business_reference: reference,
    reward_code: code,
    customer_mobile_number: phone,
    mobile_country_code: 966,
  }
}

function makeCode({ ctx, businesses }: World, cache: ProgramCache, n: number, phone: string): Promise<string> {
  const businessId = must(businesses[n], 'the business')
  return ctx.db.write('system:tool', async (tx) => {
    const lock = await lockBusinesses(tx, [businessId])
    const programs = must((await loadPrograms(tx, lock.businesses, cache)).get(businessId), 'its programs')
    const [row] = await tx.query<{ customerId: string; programId: string }>(CUSTOMER, [businessId, `+966${phone}`])
    const { customerId, programId } = must(row, 'the customer')
    const gift = { customerId, programId, units: AMOUNT, note: 'Sample', allowDebt: false }
    const given = await adjustBalance(tx, lock, programs, gift, ctx)
    assert(given.kind === 'adjusted', `no cashback could be given: ${given.kind}`)
    const pick = { programId, amount: AMOUNT }
    const made = await makeClaim(tx, lock, programs, { customerId, pick, validMs: VALID_MS }, ctx)
    assert(made.kind === 'claimed', `no code could be made: ${made.kind}`)
    return made.claim.code
  })
}

const CUSTOMER = `
select c.id as "customerId", p.id as "programId" from customers c join programs p on p.business_id = c.business_id
where c.business_id = $1 and c.phone = $2 and p.type = 'cashback'`
