// Opens a screen as a reader would, and lists what is wrong with it: errors in the console, violations
// of the policy, requests to other servers, sideways scrolling, and what axe-core finds.
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, Page } from 'playwright-core'

export interface Look {
  language: 'ar' | 'en'
  /** Pixels. */
  width: number
  scheme: 'light' | 'dark'
}

export interface Visit {
  page: Page
  /** Sentences; empty when the screen is as it must be. */
  faults: string[]
}

/** A page with the look of a reader. Faults are added to the list as they happen. */
export async function openPage(
  context: BrowserContext,
  { language, width, scheme }: Look,
  origin: string,
): Promise<Visit> {
  const { hostname } = new URL(origin)
  const value = `${language}.${scheme}.latn`
  await context.addCookies([{ name: 'loyapro-look', value, domain: hostname, path: '/app' }])
  const page = await context.newPage()
  await page.setViewportSize({ width, height: width < 700 ? 844 : 900 })
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => void faults.push(`error: ${error.message}`))
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url())
    if (asked !== origin && !['data:', 'blob:'].includes(protocol)) faults.push(`request to ${asked}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${new URL(response.url()).pathname}`)
  })
  return { page, faults }
}

/**
 * Goes to a screen and waits until nothing is loading. Once the dashboard is open it goes there as a
 * link does, without loading the page again.
 */
export async function show({ page }: Visit, url: string): Promise<void> {
  const isOpen = page.url().startsWith(new URL('/app', url).href) && !isOutside(page.url())
  if (isOpen && !isOutside(url)) {
    await page.evaluate(`history.pushState({}, '', ${JSON.stringify(url)})`)
    const path = new URL(url).pathname.replace(/^\/app/, '') || '/'
    await page.waitForSelector(`#screen[data-path="${path}"]`, { state: 'attached', timeout: 15_000 })
  } else {
    await page.goto(url, { waitUntil: 'domcontentloaded' })
  }
  await page.waitForSelector('h1', { timeout: 15_000 })
  await page.waitForSelector('[aria-busy=true]', { state: 'detached', timeout: 15_000 })
  await page.evaluate('document.fonts.ready.then(() => null)')
}

/** Pages for people who are not signed in: they stand outside the shell. */
function isOutside(url: string): boolean {
  return /^\/app\/(sign-in|invitation|reset|email-change)$/.test(new URL(url).pathname)
}

/**
 * What is wrong with the screen that is shown. Its text is changed for that: show it again before
 * going on.
 */
export async function inspect({ page, faults }: Visit): Promise<string[]> {
  const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
  if (overflow > 0) faults.push(`scrolls sideways by ${overflow} px: ${await page.evaluate(WIDEST)}`)
  // axe-core takes joined Arabic letters for the ligatures of icons, and does not check their contrast.
  await page.evaluate(ARABIC_TO_LATIN)
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  for (const { id, nodes } of violations) {
    faults.push(
      `axe ${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${summary(failureSummary)}`).join(' | ')}`,
    )
  }
  return faults.splice(0)
}

const summary = (text = '') => text.replace(/\s+/g, ' ').slice(0, 200)

const ARABIC_TO_LATIN = `(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    node.data = node.data.replace(/[\\u0600-\\u06ff]/g, 'n')
  // The names that screen readers say are compared with the text.
  for (const element of document.querySelectorAll('[aria-label]'))
    element.setAttribute('aria-label', element.getAttribute('aria-label').replace(/[\\u0600-\\u06ff]/g, 'n'))
})()`

/** The element that reaches furthest over the edge. */
const WIDEST = `(() => {
  const over = [...document.body.querySelectorAll('*')].map((element) => {
    const { left, right } = element.getBoundingClientRect()
    return { element, over: Math.max(right - innerWidth, -left) }
  })
  over.sort((a, b) => b.over - a.over)
  return over.slice(0, 3).map(({ element }) => element.tagName + '.' + element.className).join(' ')
})()`
