// npm run bench: measures the throughput of LoyaPro and compares it with a plain implementation (A) and a bare server (B).
import { parseArgs } from 'node:util'
import { endOnSignals } from '../harness/signals.ts'
import { USUAL } from './plan.ts'
import { report } from './report.ts'
import { runBench } from './run.ts'

const HELP = `npm run bench                     the table, in some three minutes
npm run bench -- --json           one JSON document on standard output
npm run bench -- --deep           also with 2,000,000 stored orders, and with 1, 2 and 4 processes: takes long
  --rounds <n>  --seconds <n>     more and longer rounds, for a machine that is noisy`

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    deep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    rounds: { type: 'string', default: String(USUAL.rounds) },
    seconds: { type: 'string', default: String(USUAL.seconds) },
    stored: { type: 'string', default: '2000000' },
  },
})

if (values.help) {
  console.log(HELP)
} else {
  using interruption = endOnSignals(() => void process.stderr.write('interrupted: stopping the servers …\n'))
  const { signal } = interruption
  try {
    const result = await runBench({
      ...USUAL,
      rounds: Number(values.rounds),
      seconds: Number(values.seconds),
      deep: values.deep ? { small: 10_000, large: Number(values.stored) } : null,
      say: (line) => void process.stderr.write(`${line}\n`),
      signal,
    })
    process.stdout.write(`${values.json ? JSON.stringify(result, null, 2) : report(result)}\n`)
  } catch (error) {
    if (!signal.aborted) throw error
    process.exitCode = 130
  }
}
