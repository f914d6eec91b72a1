// npm run test:faults: what happens to LoyaPro when things break under load, as a table.
import { parseArgs } from 'node:util'
import { FAULTS } from './faults.ts'
import { report } from './report.ts'
import { isSound, runFaults } from './run.ts'

const HELP = `npm run test:faults                        every fault, five rounds each, in some six minutes
npm run test:faults -- --json              one JSON document on standard output
npm run test:faults -- --rounds 20         more rounds
npm run test:faults -- --only kill,pause   some of: ${FAULTS.map(({ name }) => name).join(', ')}`

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
  },
})

if (values.help) {
  console.log(HELP)
} else {
  const wanted = values.only?.split(',')
  const results = await runFaults({
    faults: FAULTS.filter(({ name }) => wanted?.includes(name) ?? true),
    ...{ rounds: Number(values.rounds), clients: 24 },
    say: (line) => void process.stderr.write(`${line}\n`),
  })
  process.stdout.write(`${values.json ? JSON.stringify(results, null, 2) : report(results)}\n`)
  if (results.length === 0 || !results.every(isSound)) process.exitCode = 1
}
