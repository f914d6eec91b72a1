import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { KeyedBatcher, type KeyedBatcherOptions } from './keyed-batcher.ts'

/** Lanes whose batches end when the test says so. An item is its key and a number: `a1`. */
function openLanes(options: Partial<Omit<KeyedBatcherOptions<string, string>, 'work' | 'keyOf'>> = {}) {
  const batches: { items: string[]; end: () => Promise<void> }[] = []
  const lanes = new KeyedBatcher<string, string>({
    work: (items) =>
      new Promise((resolve) => {
        const end = async () => {
          resolve(items.map((item) => `${item}!`))
          await turn()
        }
        batches.push({ items, end })
      }),
    keyOf: (item) => item.slice(0, 1),
    maxInFlight: 4,
    maxBatch: 100,
    maxWaiting: 1000,
    maxWaitingOfOne: 500,
    maxWaitMs: 1_500,
    giveUpMs: 3_000,
    ...options,
  })
  const results: (Promise<string | null> | null)[] = []
  const submit = (...items: string[]) => void results.push(...items.map((item) => lanes.submit(item)))
  return { lanes, batches, submit, results, items: () => batches.map((batch) => batch.items) }
}

const many = (key: string, count: number) => Array.from({ length: count }, (_, n) => `${key}${n}`)
const keys = (count: number) => Array.from({ length: count }, (_, n) => String.fromCodePoint(0x4e00 + n))

test('what arrives in one turn shares a batch, and each hears its own result', async () => {
  const { batches, submit, results, items } = openLanes()
  submit('a1', 'b1', 'a2')
  await turn()
  assert.deepEqual(items(), [['a1', 'a2', 'b1']])
  await batches[0]?.end()
  assert.deepEqual(await Promise.all(results), ['a1!', 'b1!', 'a2!'])
})

test('a few items wait for the batch in flight; many items start another batch', async (t: TestContext) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { batches, submit, items } = openLanes()
  submit('a1')
  await turn()
  submit('b1', 'c1')
  await turn()
  assert.deepEqual(items(), [['a1']])
  const crowd = keys(45)
  submit(...crowd)
  await turn()
  assert.deepEqual(items(), [['a1'], ['b1', 'c1', ...crowd]])
  submit('d1')
  await batches[0]?.end()
  assert.deepEqual(items().length, 2, 'one batch is still in flight')
  await batches[1]?.end()
  t.mock.timers.tick(8)
  assert.deepEqual(items()[2], ['d1'])
})

test('items that wait behind a batch that takes long get a batch of their own', async (t: TestContext) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { submit, items } = openLanes()
  submit('a1')
  await turn()
  submit('a2', 'b1')
  await turn()
  assert.deepEqual(items(), [['a1']])
  t.mock.timers.tick(25)
  assert.deepEqual(items(), [['a1'], ['b1']], 'a2 is of the key that is served')
})

test('after a batch of several items the next one waits for more items; after a small one it starts at once', async (t: TestContext) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { batches, submit, items } = openLanes()
  submit(...keys(5))
  await turn()
  await batches[0]?.end()
  submit('a1')
  await turn()
  submit('b1')
  await turn()
  assert.equal(items().length, 1)
  t.mock.timers.tick(8)
  assert.deepEqual(items()[1], ['a1', 'b1'])
  await batches[1]?.end()
  submit('c1')
  await turn()
  assert.deepEqual(items()[2], ['c1'])
  await batches[2]?.end()
  submit(...keys(5))
  await turn()
  submit(...keys(35))
  await turn()
  await batches[3]?.end()
  assert.equal(items()[4]?.length, 35, 'enough are there')
})

test('items that wait behind a second slow batch get another batch as well', async (t: TestContext) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { submit, items } = openLanes({ maxBatch: 8 })
  submit('c1')
  await turn()
  submit(...many('a', 30), 'b1')
  await turn()
  t.mock.timers.tick(25)
  assert.deepEqual(items().slice(1), [many('a', 8)], 'a flood goes alone')
  t.mock.timers.tick(25)
  assert.deepEqual(items()[2], ['b1'])
})

test('when every waiting item is given up, the batcher is drained', async (t: TestContext) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const clock = { ms: 0 }
  const { lanes, submit, results, items } = openLanes({ elapsed: () => clock.ms })
  submit('a1')
  const drained = lanes.drained()
  clock.ms = 3_001
  await drained
  assert.deepEqual([await results[0], items()], [null, []])
})

test('a key is in one batch at a time, and its items keep their order', async () => {
  const { batches, submit, results, items } = openLanes({ maxBatch: 2 })
  submit('a1', 'a2', 'a3')
  await turn()
  submit('a4', ...keys(60))
  await turn()
  assert.equal(items().length, 4, 'as many batches as there are lanes')
  assert.deepEqual(
    items()
      .flat()
      .filter((item) => item.startsWith('a')),
    ['a1', 'a2'],
  )
  await batches[0]?.end()
  while (items().flat().includes('a4') === false) await batches[items().length - 4]?.end()
  assert.deepEqual(
    items()
      .flat()
      .filter((item) => item.startsWith('a')),
    ['a1', 'a2', 'a3', 'a4'],
  )
  assert.equal(await results[0], 'a1!')
})

test('hot keys share a batch with hot keys only, and fill it where no other key waits', async () => {
  const { batches, submit, items } = openLanes({ maxBatch: 8, maxInFlight: 1 })
  submit(...many('a', 20), ...many('b', 20))
  await turn()
  assert.deepEqual(items()[0], ['a0', 'a1', ...many('a', 6).slice(2), 'b0', 'b1'])
  await batches[0]?.end()
})

test('those who are few go beside a flood, and between its batches', async () => {
  const { batches, submit, items } = openLanes({ maxBatch: 8, maxInFlight: 2 })
  submit('c1', ...many('a', 60), ...keys(5))
  await turn()
  assert.deepEqual(items(), [['c1', ...keys(5)], many('a', 8)])
  submit('d1')
  await batches[1]?.end()
  assert.deepEqual(items()[2], ['d1'], 'who came while the flood was served comes before the rest of it')
  await batches[2]?.end()
  await batches[0]?.end()
  assert.deepEqual(items()[3], many('a', 16).slice(8))
})

test('items beyond the limit of a key, or of all keys, are refused', () => {
  const { lanes, submit, results } = openLanes({ maxWaiting: 5, maxWaitingOfOne: 3 })
  submit('a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1')
  assert.deepEqual(
    results.map((result) => result !== null),
    [true, true, true, false, true, true, false],
  )
  assert.equal(lanes.depth, 5)
})

test('while the first item of a key has waited too long, more of that key are refused and other keys accepted', async () => {
  const clock = { ms: 0 }
  const { batches, submit, results } = openLanes({ maxInFlight: 1, elapsed: () => clock.ms })
  submit('a1')
  await turn()
  submit('a2')
  clock.ms = 1_500
  submit('a3')
  clock.ms = 1_501
  submit('a4', 'b1')
  await batches[0]?.end()
  submit('a5')
  assert.deepEqual(
    results.map((result) => result !== null),
    [true, true, true, false, true, true],
  )
})

test('an item that has waited too long is given up, and those after it are handled', async () => {
  const clock = { ms: 0 }
  const { lanes, batches, submit, results, items } = openLanes({ maxInFlight: 1, elapsed: () => clock.ms })
  submit('a1')
  await turn()
  submit('a2', 'b1')
  clock.ms = 1_000
  submit('b2')
  clock.ms = 3_001
  await batches[0]?.end()
  assert.deepEqual(items(), [['a1'], ['b2']])
  assert.equal(lanes.depth, 0)
  await batches[1]?.end()
  assert.deepEqual(await Promise.all(results), ['a1!', null, null, 'b2!'])
})

test('a batch that throws rejects its items alone; drained waits for all', async () => {
  const lanes = new KeyedBatcher<string, string>({
    work: async (items) => {
      if (items.includes('a')) throw new Error('sample')
      return items
    },
    keyOf: (item) => item,
    maxInFlight: 1,
    maxBatch: 1,
    maxWaiting: 10,
    maxWaitingOfOne: 10,
    maxWaitMs: 1_500,
    giveUpMs: 3_000,
  })
  const [first, second] = [lanes.submit('a'), lanes.submit('b')]
  await assert.rejects(first ?? Promise.resolve(), /sample/)
  await lanes.drained()
  assert.equal(lanes.depth, 0)
  assert.equal(await second, 'b')
})
