// The queue before a pool: how many requests run, which is next, which are refused.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createFairQueue, type FairQueueOptions, NotRunError, type RequestKind } from './fair-queue.ts'

const OPTIONS: FairQueueOptions = {
  maxRunning: 4,
  maxRunningOfOne: 3,
  maxListsOfOne: 2,
  maxWaiting: 10,
  maxWaitingOfOne: 6,
  maxWaitMs: 60_000,
}

/** Requests that run until the test ends them, by name. */
function desk(options: Partial<FairQueueOptions> = {}) {
  const queue = createFairQueue({ ...OPTIONS, ...options })
  const running: string[] = []
  const ends = new Map<string, () => void>()
  const ask = (key: string, name: string, kind: RequestKind = 'single', isGone?: () => boolean) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    ends.set(name, resolve)
    const run = async () => {
      running.push(name)
      await promise
      running.splice(running.indexOf(name), 1)
      return name
    }
    const outcome = queue.run(key, kind, run, isGone).catch((error) => {
      assert(error instanceof NotRunError)
      return error.reason
    })
    return outcome
  }
  const finish = async (name: string) => {
    ends.get(name)?.()
    await settled()
  }
  return { queue, running, ask, finish }
}

/** Waits until all promises that can settle have settled. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

test('the third list of a business waits, while its other requests and other businesses do not', async () => {
  const { ask, running, finish } = desk()
  void ask('a', 'a1', 'list')
  void ask('a', 'a2', 'list')
  void ask('a', 'a3', 'list')
  void ask('a', 'a4')
  void ask('b', 'b1', 'list')
  await settled()
  assert.deepEqual(running, ['a1', 'a2', 'a4', 'b1'])
  await finish('a2')
  assert.deepEqual(running, ['a1', 'a4', 'b1', 'a3'])
})

test('businesses are served in turn, however many requests one has sent', async () => {
  const { ask, running, finish } = desk({ maxRunning: 1 })
  for (const name of ['a1', 'a2', 'a3', 'a4']) void ask('a', name)
  void ask('b', 'b1')
  void ask('c', 'c1')
  const order: string[] = []
  for (let n = 0; n < 6; n++) {
    await settled()
    order.push(running[0] ?? '')
    await finish(running[0] ?? '')
  }
  assert.deepEqual(order, ['a1', 'a2', 'b1', 'c1', 'a3', 'a4'])
})

test('a request beyond the queue limit is refused immediately with the limit that applied', async () => {
  const { ask, queue, finish } = desk({ maxRunning: 2, maxRunningOfOne: 1, maxWaitingOfOne: 2, maxWaiting: 3 })
  for (const name of ['a1', 'a2', 'a3']) void ask('a', name)
  assert.equal(await ask('a', 'a4'), 'too_many_of_one')
  void ask('b', 'b1')
  void ask('b', 'b2')
  assert.equal(await ask('c', 'c1'), 'too_many')
  await finish('a1')
  const last = ask('c', 'c2')
  assert.equal(queue.waiting, 3)
  for (const name of ['b1', 'a2', 'b2', 'a3', 'c2']) await finish(name)
  assert.equal(await last, 'c2')
})

test('a request that has waited too long is refused and removed', async () => {
  const { ask, queue, finish } = desk({ maxRunning: 1, maxWaitMs: 1 })
  void ask('a', 'a1')
  assert.equal(await ask('b', 'b1'), 'too_many')
  assert.equal(queue.waiting, 0)
  await finish('a1')
  const next = ask('b', 'b2')
  await finish('b2')
  assert.equal(await next, 'b2')
})

test('a request whose caller has disconnected is not started', async () => {
  const { ask, running, finish } = desk({ maxRunning: 1 })
  void ask('a', 'a1')
  const left = ask('b', 'b1', 'single', () => true)
  void ask('b', 'b2')
  await finish('a1')
  assert.equal(await left, 'gone')
  assert.deepEqual(running, ['b2'])
})

test('failed work frees its slot', async () => {
  const queue = createFairQueue({ ...OPTIONS, maxRunning: 1 })
  const fail = () => queue.run('a', 'list', () => Promise.reject(new Error('sample')))
  await assert.rejects(fail, /sample/)
  await assert.rejects(fail, /sample/)
})

test('no limit is exceeded, every request runs or is refused, and no slot is idle while a request can run', async () => {
  const request = fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd'),
    kind: fc.constantFrom<RequestKind>('list', 'single'),
    endFirst: fc.integer({ min: 0, max: 5 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(request, { maxLength: 60 }), async (requests) => {
      const { queue, ask, running, finish } = desk()
      const outcomes: Promise<string>[] = []
      const check = () => {
        const of = (key: string, kind = '') => running.filter((name) => name.startsWith(`${key} ${kind}`)).length
        assert(running.length <= OPTIONS.maxRunning)
        assert(queue.waiting <= OPTIONS.maxWaiting)
        for (const key of ['a', 'b', 'c', 'd']) {
          assert(of(key) <= OPTIONS.maxRunningOfOne)
          assert(of(key, 'list') <= OPTIONS.maxListsOfOne)
        }
      }
      for (const [n, { key, kind, endFirst }] of requests.entries()) {
        if (endFirst > 0 && running.length > 0) await finish(running[endFirst % running.length] ?? '')
        outcomes.push(ask(key, `${key} ${kind} ${n}`, kind))
        await settled()
        check()
      }
      while (running.length > 0) {
        await finish(running[0] ?? '')
        check()
      }
      assert.equal(queue.waiting, 0)
      assert.equal((await Promise.all(outcomes)).length, requests.length)
    }),
  )
})
