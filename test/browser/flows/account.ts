// My account, and a person who belongs to two businesses.
import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { formatId } from '../../../src/kernel/ids.ts'
import { createTestPerson, PASSWORD } from '../../support/staff.ts'
import { openPage, show, type Visit } from '../support/visit.ts'
import type { World } from '../support/world.ts'

const LOOK = { language: 'en', width: 1440, scheme: 'light' } as const

/** A browser of its own in which the person is signed in. */
export async function signedInPage(
  { browser, origin }: World,
  email: string,
): Promise<Visit & { close(): Promise<void> }> {
  const context = await browser.newContext()
  await context.request.post(`${origin}/api/v1/session`, { data: { email, password: PASSWORD }, headers: { origin } })
  const visit = await openPage(context, LOOK, origin)
  return { ...visit, close: () => context.close() }
}

/** Signs in on the page, in a browser that knows nothing of the person. */
async function signInByHand(browser: Browser, origin: string, email: string) {
  const context = await browser.newContext({ locale: 'en' })
  const page = await context.newPage()
  await page.goto(`${origin}/app/sign-in`)
  await page.fill('input[name=email]', email)
  await page.fill('input[name=password]', PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').first().waitFor()
  return { page, close: () => context.close() }
}

/** The business that is shown. */
const SHOWN = `localStorage.getItem('loyapro-business')`

export const accountFlows = {
  'language, colors and digits are kept in the account, and apply in another browser at sign-in': async (
    world: World,
  ) => {
    const { browser, origin, app } = world
    const { email } = await createTestPerson(app)
    const visit = await signedInPage(world, email)
    const { page } = visit
    await show(visit, `${origin}/app/account`)
    await page.getByRole('group', { name: 'Colors' }).getByText('Dark').click()
    await page.getByRole('group', { name: 'Digits in Arabic' }).getByText('١٢٣').click()
    await page.getByRole('group', { name: 'Language' }).getByText('العربية').click()
    await page.getByRole('heading', { name: 'حسابي' }).waitFor()
    await page.waitForFunction(`fetch('/api/v1/account').then((answer) => answer.json()).then(({ language, numerals, color_scheme }) =>
      language === 'ar' && numerals === 'arabic_indic' && color_scheme === 'dark')`)
    const other = await signInByHand(browser, origin, email)
    const look = 'document.documentElement.lang + document.documentElement.dir + document.documentElement.dataset.theme'
    assert.equal(await other.page.evaluate(look), 'arrtldark')
    await other.close()
    await visit.close()
  },
  'the name is changed, and another browser of the person is signed out': async (world: World) => {
    const { browser, origin, app } = world
    const { email } = await createTestPerson(app)
    const other = await signInByHand(browser, origin, email)
    const visit = await signedInPage(world, email)
    const { page } = visit
    await show(visit, `${origin}/app/account`)
    await page.getByLabel('Name').fill('Noura Sample')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Noura Sample' }).waitFor()
    await page.getByText('This browser').waitFor()
    await page.getByRole('button', { name: /^Sign out: Chrome · Linux/ }).click()
    await page.getByText('Signed out there').waitFor()
    await other.page.reload()
    await other.page.waitForURL(/sign-in/)
    await other.close()
    await visit.close()
  },
  'a link to a record of another business opens that business; nothing of the former one stays': async (
    world: World,
  ) => {
    const { origin, app, samples } = world
    const second = await app.newBusiness('550930')
    const { email } = await createTestPerson(app, {
      memberships: [
        { businessId: app.business.businessId, role: 'owner' },
        { businessId: second.businessId, role: 'owner' },
      ],
    })
    const { body: customer } = await app.call({
      method: 'POST',
      path: '/api/v1/customers',
      bearer: second.apiKey,
      body: { phone: '0500000090', name: 'Second Customer' },
    })
    const visit = await signedInPage(world, email)
    const { page } = visit
    const { businessId } = app.business
    await page.addInitScript(
      `localStorage.getItem('loyapro-business') ?? localStorage.setItem('loyapro-business', '${formatId('business', businessId)}')`,
    )
    await show(visit, `${origin}/app/customers/${customer.id}`)
    await page.getByRole('heading', { name: 'Second Customer' }).waitFor()
    await page.getByText('which has this record').waitFor()
    assert.equal(await page.evaluate(SHOWN), formatId('business', second.businessId))
    // And back, by the menu, while the answers of the other business do not come.
    let isHeld = true
    const first = formatId('business', businessId)
    await page.route('**/api/v1/**', async (route) => {
      if (isHeld && route.request().headers()['loyapro-business'] === first) return
      await route.continue()
    })
    await page.getByRole('button', { name: /Switch business/ }).click()
    await page.getByRole('menuitemradio').and(page.locator('[aria-checked=false]')).click()
    await page.waitForURL(({ pathname }) => /^\/app\/?$/.test(pathname), { waitUntil: 'commit' })
    assert.equal(await page.getByText('Second Customer').count(), 0, 'nothing of the former business is on the screen')
    isHeld = false
    await page.unroute('**/api/v1/**')
    assert.equal(await page.evaluate(SHOWN), first)
    // A link to what is in the business that is shown stays there.
    await page.goto(`${origin}/app/customers/${samples['/customers/$id']}`)
    await page.getByRole('button', { name: 'Give or deduct' }).waitFor()
    assert.equal(await page.evaluate(SHOWN), first)
    // What no business of the person has is not found.
    await page.goto(`${origin}/app/customers/cus_${'0'.repeat(26)}`)
    await page.getByRole('alert').first().waitFor()
    await visit.close()
  },
}
