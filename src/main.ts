// Runs LoyaPro until it is told to stop: `npm start`, or `loyapro start`.
import { loadConfig } from './config.ts'
import { run } from './run.ts'

await run(() => loadConfig(process.env), { demo: true })
