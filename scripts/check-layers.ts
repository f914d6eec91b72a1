// Holds the arrows of .dependency-cruiser.mjs, and fails as well when it has not seen every file
// that it should have.
import { globSync } from 'node:fs'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'

const FOLDERS = ['src', 'contract', 'web', 'scripts', 'test', 'tools']

const options = await extractOptions('./.dependency-cruiser.mjs')
const { output } = await cruise(FOLDERS, options, undefined, { tsConfig: extractTSConfig('./tsconfig.json') })
if (typeof output === 'string') throw new Error('dependency-cruiser gave a text where it should give its findings')
report(output)

function report({ modules, summary }: ICruiseResult): void {
  const seen = new Set(modules.map(({ source }) => source))
  const unseen = globSync(FOLDERS.map((folder) => `${folder}/**/*.{ts,tsx}`)).filter(
    (file) => !seen.has(file) && !file.startsWith('web/dist/'),
  )
  const imports = modules.reduce((sum, { dependencies }) => sum + dependencies.length, 0)
  for (const { from, to, rule } of summary.violations) console.error(`${from} → ${to}\n  ${rule.name}`)
  for (const file of unseen) console.error(`${file} was not seen`)
  console.log(`${modules.length} modules, ${imports} imports, ${summary.error} against the arrows`)
  if (summary.error > 0 || unseen.length > 0 || imports === 0) process.exitCode = 1
}
