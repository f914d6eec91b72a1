// Runs LoyaPro until it is told to stop, with a demo business where the database is empty: `npm
// start`.
import { loadConfig } from './config.ts'
import { run } from './run.ts'

await run(() => loadConfig(process.env), { demo: true })
