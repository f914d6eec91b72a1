// How a screen opens on a slow phone: the largest paint and the layout shift, as Chromium measures them.
import type { Browser, Cookie, Page } from 'playwright-core'

/** A processor four times slower, 1.6 Mbit/s, and 150 ms to the server. */
const SLOW = { cpu: 4, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8, offline: false }

/** What the dashboard must reach: milliseconds, and the share that moves. */
export const SLOW_PHONE_BARS = { paintMs: 2_000, shift: 0.02 }

export interface Opening {
  /** Milliseconds from the start of the navigation. */
  paintMs: number
  shift: number
}

/** Opens the address with nothing in the cache, as a phone of 390 by 844 pixels. */
export async function measureOpening(
  browser: Browser,
  url: string,
  { cookies, ready }: { cookies: readonly Cookie[]; ready: string },
): Promise<Opening> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ar' })
  try {
    await context.addCookies([...cookies])
    await context.addInitScript(OBSERVE)
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Network.enable')
    await devtools.send('Network.emulateNetworkConditions', SLOW)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOW.cpu })
    // Home keeps a connection open, so the network is never idle.
    await page.goto(url, { waitUntil: 'load', timeout: 60_000 })
    await page.waitForSelector(ready)
    await page.waitForSelector('[aria-busy=true]', { state: 'detached' })
    return await readOpening(page)
  } finally {
    await context.close()
  }
}

/** What happened until now on a page that began with OBSERVE. */
export async function readOpening(page: Page): Promise<Opening> {
  await page.evaluate('document.fonts.ready.then(() => new Promise((done) => requestIdleCallback(done)))')
  return JSON.parse(String(await page.evaluate('JSON.stringify(globalThis.opening)')))
}

export const OBSERVE = `
globalThis.opening = { paintMs: 0, shift: 0 }
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) opening.paintMs = entry.startTime
}).observe({ type: 'largest-contentful-paint', buffered: true })
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) opening.shift += entry.value
}).observe({ type: 'layout-shift', buffered: true })`
