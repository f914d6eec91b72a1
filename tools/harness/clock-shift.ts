// Gives a process another wall clock (`node --import`): Date is ahead by FAULT_CLOCK_MS, and then
// by each number of milliseconds that arrives on standard input.
import { createInterface } from 'node:readline'
import { isMainThread } from 'node:worker_threads'

const RealDate = Date
let aheadMs = Number(process.env.FAULT_CLOCK_MS ?? 0)
const now = () => RealDate.now() + aheadMs

globalThis.Date = new Proxy(RealDate, {
  apply: () => new RealDate(now()).toString(),
  construct: (date, args, target) => Reflect.construct(date, args.length === 0 ? [now()] : args, target),
  get: (date, key, proxy) => (key === 'now' ? now : Reflect.get(date, key, proxy)),
})

if (isMainThread) {
  createInterface({ input: process.stdin }).on('line', (line) => {
    aheadMs = Number(line)
    // Confirms that the clock has moved.
    process.stdout.write(`${line}\n`)
  })
  // An open input does not keep the process running.
  process.stdin.unref()
}
