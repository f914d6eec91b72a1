// Signing in, deep links, and a session that ends while a screen is open.
import assert from 'node:assert/strict'
import { PASSWORD } from '../../support/staff.ts'
import { openPage, show } from '../support/visit.ts'
import type { World } from '../support/world.ts'

export const signInFlows = {
  'a deep link asks to sign in, and then shows the screen that was asked for': async (world: World) => {
    const { browser, origin, email } = world
    const context = await browser.newContext()
    const { page } = await openPage(context, { language: 'en', width: 1440, scheme: 'light' }, origin)
    await page.goto(`${origin}/app/orders?period=7d`)
    await page.fill('input[name=email]', email)
    await page.fill('input[name=password]', 'wrong')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await page.fill('input[name=password]', PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${origin}/app/orders?period=7d`)
    await page.getByRole('navigation').first().waitFor()
    await context.clearCookies({ name: '__Host-loyapro' })
    await page.goto(`${origin}/app/`)
    await page.fill('input[name=email]', email)
    await page.fill('input[name=password]', PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('navigation').first().waitFor()
    assert.equal(new URL(page.url()).search, '', 'nothing of the sign-in page stays in the address')
    await context.close()
  },
  'a session that has ended is renewed over the screen, and nothing is lost': async (world: World) => {
    const { browser, origin, email } = world
    const context = await browser.newContext()
    await context.request.post(`${origin}/api/v1/session`, { data: { email, password: PASSWORD }, headers: { origin } })
    const visit = await openPage(context, { language: 'en', width: 1440, scheme: 'light' }, origin)
    const { page } = visit
    await show(visit, `${origin}/app/settings/business`)
    const name = page.locator('form input').first()
    await name.fill('Renamed Coffee')
    await context.clearCookies({ name: '__Host-loyapro' })
    await page.locator('form button[type=submit]').click()
    const dialog = page.getByRole('dialog', { name: 'Sign in again' })
    await dialog.locator('input[name=password]').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    assert.equal(await name.inputValue(), 'Renamed Coffee')
    await page.getByText('Renamed Coffee').first().waitFor()
    await context.close()
  },
  'an act that needs a recent proof asks for the password over the screen, and is done then': async (world: World) => {
    const { browser, origin, email, samples, app } = world
    const context = await browser.newContext()
    await context.request.post(`${origin}/api/v1/session`, { data: { email, password: PASSWORD }, headers: { origin } })
    const visit = await openPage(context, { language: 'en', width: 1440, scheme: 'light' }, origin)
    const { page } = visit
    await show(visit, `${origin}/app/customers/${samples['/customers/$id']}`)
    await app.ctx.db.query(`update staff_sessions set authenticated_at = authenticated_at - interval '6 minutes'`)
    const exportData = async () => {
      await page.getByRole('button', { name: 'More' }).first().click()
      await page.getByRole('menuitem', { name: /Export/ }).click()
    }
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
    await exportData()
    await dialog.waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    assert.equal(await page.getByRole('alert').count(), 0, 'who does not confirm sees the screen as it was')
    await exportData()
    await dialog.locator('input[name=password]').fill('wrong')
    await page.keyboard.press('Enter')
    await dialog.getByText('The password is wrong').waitFor()
    await dialog.locator('input[name=password]').fill(PASSWORD)
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
    assert.equal(file.suggestedFilename(), `${samples['/customers/$id']}.json`)
    await dialog.waitFor({ state: 'detached' })
    await context.close()
  },
}
