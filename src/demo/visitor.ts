// Plays one visit of the recorded history: its orders, claims and redemptions, as requests to the
// API.
import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Step } from './recording.ts'

export interface Request {
  method: 'GET' | 'POST' | 'PATCH'
  path: string
  /** Who sends it: the POS, or the business. */
  by: 'pos' | 'business'
  body?: object
  idempotencyKey?: string
}

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers of four operations, of which a few fields are read.
  body: any
}

export type Send = (request: Request) => Promise<Answer>

export interface Visitor {
  /** `number`: of the visit in the recording; it makes the idempotency keys of its claims. */
  play(steps: readonly Step[], number: number): Promise<void>
}

interface VisitorDeps {
  send: Send
  log: Logger
  signal: AbortSignal
}

/** What a claim names: one of a reward and a program. */
type Target = { reward_id: string } | { program_id: string }

export function createVisitor(deps: VisitorDeps): Visitor {
  const customers = new Map<string, string>()
  let targets: Promise<ReadonlyMap<string, Target>> | undefined
  const claim = async (step: Extract<Step, { claim: unknown }>['claim'], key: string): Promise<string | null> => {
    targets ??= readTargets(deps)
    const target = (await targets).get(step.pick)
    const customer = customers.get(step.phone) ?? (await findCustomer(deps, step.phone))
    if (!target || !customer) return null
    const body = { ...target, ...(step.amount !== undefined && { amount: step.amount }) }
    const path = `/api/v1/customers/${customer}/claims`
    const answer = await sendPatiently(deps, { method: 'POST', path, by: 'business', body, idempotencyKey: key })
    // The body of a refusal has a code too, that of the problem.
    return answer.status === 201 ? answer.body.code : null
  }
  return {
    async play(steps, number) {
      let code: string | null = null
      for (const [index, step] of steps.entries()) {
        if (deps.signal.aborted) return
        if ('claim' in step) {
          code = await claim(step.claim, `demo-${number}-${index}`)
          // Without its reward the visit would be another one.
          if (code === null) return
          continue
        }
        const isOrder = 'order' in step
        const body = withCode(isOrder ? step.order : step.redeem, code)
        const path = `/pos/1.0.0/standard/${isOrder ? 'order' : 'redeem'}`
        const answer = await sendPatiently(deps, { method: 'POST', path, by: 'pos', body })
        const { customer } = answer.body
        if (isOrder && customer) customers.set(customer.phone, customer.id)
      }
    },
  }
}

function withCode(body: object, code: string | null): object {
  if (code === null) return body
  return JSON.parse(JSON.stringify(body, (_key, value) => (value === '$code' ? code : value)))
}

async function findCustomer(deps: VisitorDeps, phone: string): Promise<string | undefined> {
  const path = `/api/v1/customers?phone=${encodeURIComponent(phone)}`
  const { body } = await sendPatiently(deps, { method: 'GET', path, by: 'business' })
  return body.data?.[0]?.id
}

/** The keys of the recording, by the names of the rewards and the types of the programs. */
async function readTargets(deps: VisitorDeps): Promise<Map<string, Target>> {
  const [rewards, programs] = await Promise.all([
    sendPatiently(deps, { method: 'GET', path: '/api/v1/rewards?limit=100', by: 'business' }),
    sendPatiently(deps, { method: 'GET', path: '/api/v1/programs?limit=100', by: 'business' }),
  ])
  const targets = new Map<string, Target>()
  for (const { id, type } of programs.body.data ?? []) targets.set(type, { program_id: id })
  for (const { id, name } of rewards.body.data ?? []) {
    const key = REWARD_KEYS.get(name.en)
    if (key) targets.set(key, { reward_id: id })
  }
  return targets
}

const REWARD_KEYS = new Map([
  ['A free coffee', 'coffee'],
  ['5 SAR off', 'fiveOff'],
  ['10 % off', 'tenPercent'],
])

const ATTEMPTS = 5
const RETRY_AFTER_MS = 500

/** Sends again after 429 and 503, when nothing was applied. */
async function sendPatiently({ send, log, signal }: VisitorDeps, request: Request): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await send(request)
    const isBusy = answer.status === 429 || answer.status === 503
    if (!isBusy || attempt === ATTEMPTS || signal.aborted) {
      if (answer.status >= 400 && !signal.aborted) {
        const { code } = answer.body
        log.debug(
          { path: request.path.replace(/cus_\w+/, ':id'), status: answer.status, code },
          'a request of the demo was refused',
        )
      }
      return answer
    }
    await wait(RETRY_AFTER_MS * attempt, undefined, { signal }).catch(() => {})
  }
}
