// npm run test:faults: LoyaPro under faults and load; prints a table.
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { FAULTS } from './faults.ts'
import { report } from './report.ts'
import { isSound, runFaults } from './run.ts'

const HELP = `npm run test:faults                        every fault, five rounds each, in some fifteen minutes
npm run test:faults -- --json              one JSON document on standard output
npm run test:faults -- --rounds 20         more rounds
npm run test:faults -- --seed 7            the moments, choices and orders of that seed
npm run test:faults -- --only kill,pause   some of: ${FAULTS.map(({ name }) => name).join(', ')}`

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
  },
})

if (values.help) {
  console.log(HELP)
} else {
  // Servers, files and mounts are removed when the process exits.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
  const wanted = values.only?.split(',')
  process.stderr.write(`seed ${values.seed}\n`)
  const results = await runFaults({
    faults: FAULTS.filter(({ name }) => wanted?.includes(name) ?? true),
    rounds: Number(values.rounds),
    clients: 24,
    seed: Number(values.seed),
    say: (line) => void process.stderr.write(`${line}\n`),
  })
  process.stdout.write(
    `${values.json ? JSON.stringify({ seed: Number(values.seed), results }, null, 2) : report(results)}\n`,
  )
  const run = results.filter((one) => one.notRun === null)
  if (run.length === 0 || !run.every(isSound)) process.exitCode = 1
}
