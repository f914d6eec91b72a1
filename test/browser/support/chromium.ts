// A browser for tests: on Linux the Chromium of a package, so that tests need nothing but npm; on other
// systems an installed Chrome.
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/** `reason` says why there is no browser here. */
export async function launchBrowser(): Promise<{ browser: Browser } | { browser: null; reason: string }> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--no-zygote']
  if (process.platform !== 'linux') {
    const executablePath = INSTALLED.find((path) => existsSync(path))
    if (executablePath === undefined) return { browser: null, reason: 'no Chrome is installed on this computer' }
    return { browser: await chromium.launch({ executablePath, args }) }
  }
  const { default: packed, inflate, setupLambdaEnvironment } = await import('@sparticuz/chromium')
  packed.setGraphicsMode = false
  const executablePath = await packed.executablePath()
  try {
    return { browser: await chromium.launch({ executablePath, args }) }
  } catch (error) {
    // A system without the libraries that Chromium links to: the package brings them too.
    if (!/shared librar/.test(String(error))) throw error
    await inflate(join(import.meta.dirname, '../../../node_modules/@sparticuz/chromium/bin/al2023.tar.br'))
    setupLambdaEnvironment(join(tmpdir(), 'al2023', 'lib'))
    return {
      browser: await chromium.launch({ executablePath, args, env: { ...process.env } as Record<string, string> }),
    }
  }
}

const INSTALLED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]
