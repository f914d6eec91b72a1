// Gives a process another wall clock (`node --import`): Date is as far off as FAULT_CLOCK_MS says,
// and then as its parent says.

const Real = Date
let offMs = Number(process.env.FAULT_CLOCK_MS ?? 0)
const now = () => Real.now() + offMs

globalThis.Date = new Proxy(Real, {
  apply: () => new Real(now()).toString(),
  construct: (date, args, target) => Reflect.construct(date, args.length === 0 ? [now()] : args, target),
  get: (date, key, proxy) => (key === 'now' ? now : Reflect.get(date, key, proxy)),
})

// Told back, so that whoever moves the clock knows from when on it is moved.
process.on('message', (ms: number) => {
  offMs = ms
  process.send?.(ms)
})
// The process ends as if nobody listened.
process.channel?.unref()
