// The command line of LoyaPro with the commands of its tools, which only a checkout of the
// repository has.
import { main } from '../src/cli/main.ts'
import { simulateCommands } from './simulator/cli/simulate.ts'

process.exitCode = await main(
  process.argv.slice(2),
  {
    env: process.env,
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
  },
  simulateCommands,
)
