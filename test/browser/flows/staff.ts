// Staff: the owner invites, the invitee accepts with the link in the mail, and is refused elsewhere;
// somebody who has forgotten the password sets a new one.
import assert from 'node:assert/strict'
import { markAsDemo } from '../../../src/demo/state.ts'
import { formatId } from '../../../src/kernel/ids.ts'
import { sendAllMails } from '../../../src/worker/mails.ts'
import { tokenFor } from '../../support/mails.ts'
import { createTestPerson, PASSWORD } from '../../support/staff.ts'
import { openPage, show } from '../support/visit.ts'
import type { World } from '../support/world.ts'

const NEW_PASSWORD = 'plenty of sample words'

const TEXTS = {
  en: {
    invite: 'Invite',
    analyst: 'Analyst',
    send: 'Send the invitation',
    open: 'Open the link',
    join: 'Create the account and join',
    keys: 'Your role',
  },
  ar: {
    invite: 'دعوة',
    analyst: 'محلل',
    send: 'إرسال الدعوة',
    open: 'فتح الرابط',
    join: 'إنشاء الحساب والانضمام',
    keys: 'دورك',
  },
} as const

async function inviteAndAccept(world: World, language: 'en' | 'ar', width: number): Promise<void> {
  const { browser, origin, app, email: owner } = world
  const { businessId } = app.business
  await app.ctx.db.query('delete from demo_businesses where business_id = $1', [businessId])
  await app.ctx.db.transaction((tx) => markAsDemo(tx, { businessId, shift: 0, due: 0, loadedAt: 0 }))
  const words = TEXTS[language]
  const look = { language, width, scheme: 'light' } as const
  const address = `analyst-${language}@example.com`
  const owners = await browser.newContext()
  await owners.request.post(`${origin}/api/v1/session`, {
    data: { email: owner, password: PASSWORD },
    headers: { origin },
  })
  const visit = await openPage(owners, look, origin)
  // The owner invites.
  await show(visit, `${origin}/app/settings/staff`)
  await visit.page.getByRole('button', { name: words.invite, exact: true }).click()
  const dialog = visit.page.getByRole('dialog')
  await dialog.locator('input[type=email]').fill(address)
  await dialog.getByText(words.analyst, { exact: true }).click()
  await dialog.getByRole('button', { name: words.send }).click()
  await dialog.waitFor({ state: 'detached' })
  await visit.page.getByText(address).first().waitFor()
  // The link is in the mail that the demo shows.
  await sendAllMails(app.ctx)
  await show(visit, `${origin}/app/settings/mails`)
  const link = await visit.page.getByRole('link', { name: words.open }).first().getAttribute('href')
  assert.match(link ?? '', /\/app\/invitation#[\w-]{43}$/)
  assert.deepEqual(visit.faults, [])
  await owners.close()
  // The invitee accepts.
  const invitees = await browser.newContext()
  const other = await openPage(invitees, look, origin)
  const { page } = other
  await page.goto(link ?? '')
  await page.getByText(words.keys).first().waitFor()
  assert(!page.url().includes('#'), 'the token has left the address')
  await page.locator('input[autocomplete=name]').fill('Sample Analyst')
  await page.locator('input[type=password]').fill('short')
  await page.getByRole('button', { name: words.join }).click()
  await page.getByRole('alert').first().waitFor()
  await page.locator('input[type=password]').fill(NEW_PASSWORD)
  await page.getByRole('button', { name: words.join }).click()
  await page.waitForURL(`${origin}/app/`)
  await page.getByRole('navigation').first().waitFor()
  // An analyst sees orders, and is refused what is the owner's.
  const headers = { 'loyapro-business': (await sessionOf(invitees, origin)).memberships[0].business.id }
  assert.equal((await invitees.request.get(`${origin}/api/v1/orders`, { headers })).status(), 200)
  for (const path of ['/staff', '/keys', '/demo/mails']) {
    assert.equal((await invitees.request.get(`${origin}/api/v1${path}`, { headers })).status(), 403, path)
  }
  await page.goto(`${origin}/app/settings/staff`)
  await page.waitForSelector('h1')
  assert.equal(await page.getByRole('button', { name: words.invite, exact: true }).count(), 0)
  await invitees.close()
}

async function sessionOf(context: Awaited<ReturnType<World['browser']['newContext']>>, origin: string) {
  return (await context.request.get(`${origin}/api/v1/session`)).json()
}

export const staffFlows = {
  'an owner invites an analyst, who accepts with the link of the mail and is refused elsewhere': (world: World) =>
    inviteAndAccept(world, 'en', 1440),
  'the same in Arabic on a phone': (world: World) => inviteAndAccept(world, 'ar', 390),
  'who accepts an invitation to a second business sees that business': async ({ browser, origin, app }: World) => {
    const second = await app.newBusiness('550931')
    const { email } = await createTestPerson(app)
    await app.call({
      method: 'POST',
      path: '/api/v1/invitations',
      bearer: second.apiKey,
      body: { email, role: 'analyst', branches: null },
    })
    const context = await browser.newContext()
    const { page } = await openPage(context, { language: 'en', width: 1440, scheme: 'light' }, origin)
    const first = formatId('business', app.business.businessId)
    await page.goto(`${origin}/app/sign-in`)
    await page.evaluate(`localStorage.setItem('loyapro-business', '${first}')`)
    await page.goto(`${origin}/app/invitation#${await tokenFor(app, email)}`)
    await page.fill('input[name=password]', PASSWORD)
    await page.getByRole('button', { name: 'Sign in and accept' }).click()
    await page.waitForURL(`${origin}/app/`)
    await page.getByRole('navigation').first().waitFor()
    const shown = await page.evaluate(`localStorage.getItem('loyapro-business')`)
    assert.equal(shown, formatId('business', second.businessId))
    await page.getByText('Analyst').first().waitFor()
    await context.close()
  },
  'somebody who has forgotten the password sets a new one with the link of the mail': async (world: World) => {
    const { browser, origin, app } = world
    const { email } = await createTestPerson(app)
    const context = await browser.newContext()
    const { page } = await openPage(context, { language: 'en', width: 390, scheme: 'dark' }, origin)
    await page.goto(`${origin}/app/sign-in`)
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    await page.waitForURL(`${origin}/app/reset`)
    await page.getByRole('heading', { name: 'New password' }).waitFor()
    await page.locator('input[type=email]').fill(email)
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.getByRole('heading', { name: 'Look in your inbox' }).waitFor()
    const token = await tokenFor(app, email)
    // As a mail program opens it: in a tab of its own.
    const second = await context.newPage()
    await second.goto(`${origin}/app/reset#${token}`)
    await second.locator('input[type=password]').fill(NEW_PASSWORD)
    await second.getByRole('button', { name: 'Save the password' }).click()
    await second.getByRole('link', { name: 'Go to sign-in' }).click()
    await second.fill('input[name=email]', email)
    await second.fill('input[name=password]', NEW_PASSWORD)
    await second.keyboard.press('Enter')
    await second.waitForURL(`${origin}/app/`)
    await context.close()
  },
}
