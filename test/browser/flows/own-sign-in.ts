// My account: what a person changes in how they sign in.
import assert from 'node:assert/strict'
import { tokenFor } from '../../support/mails.ts'
import { createTestPerson, PASSWORD } from '../../support/staff.ts'
import { openPage, show } from '../support/visit.ts'
import type { World } from '../support/world.ts'
import { signedInPage } from './account.ts'

const NEW_PASSWORD = 'plenty of sample words'

export const ownSignInFlows = {
  'the password is changed after a proof over the screen, and signs in from then on': async (world: World) => {
    const { browser, origin, app } = world
    const { email, id } = await createTestPerson(app)
    const visit = await signedInPage(world, email)
    const { page } = visit
    await show(visit, `${origin}/app/account`)
    await app.ctx.db.query(
      `update staff_sessions set authenticated_at = authenticated_at - interval '6 minutes' where staff_id = $1`,
      [id],
    )
    const field = page.getByLabel('New password')
    const change = page.getByRole('button', { name: 'Change the password' })
    await field.fill('short')
    await change.click()
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
    await dialog.locator('input[name=password]').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByText('must have at least 10 characters').waitFor()
    assert.equal(await page.getByRole('alert').count(), 1, 'the field says it, and nothing else')
    assert.equal(await field.inputValue(), 'short', 'what was typed stays')
    await field.fill(NEW_PASSWORD)
    await change.click()
    await page.getByText('Your password is changed.').waitFor()
    assert.equal(await field.inputValue(), '')
    const context = await browser.newContext()
    const signIn = (password: string) =>
      context.request.post(`${origin}/api/v1/session`, { data: { email, password }, headers: { origin } })
    assert.equal((await signIn(PASSWORD)).status(), 401)
    assert.equal((await signIn(NEW_PASSWORD)).status(), 200)
    await context.close()
    await visit.close()
  },
  'the email address is changed with the link of the mail, on a phone, and signs in from then on': async (
    world: World,
  ) => {
    const { browser, origin, app } = world
    const { email: former } = await createTestPerson(app)
    const email = 'changed-person@example.com'
    const visit = await signedInPage(world, former)
    await show(visit, `${origin}/app/account`)
    await visit.page.getByText(`You sign in with ${former}`).waitFor()
    await visit.page.getByLabel('New email address').fill(email)
    await visit.page.getByRole('button', { name: 'Send the link' }).click()
    await visit.page.getByText(`A link is on its way to ${email}`).waitFor()
    const token = await tokenFor(app, email)
    // Somebody takes the address meanwhile, and leaves it again.
    await createTestPerson(app, { email })
    // As the mail program of another device opens it.
    const context = await browser.newContext()
    const { page } = await openPage(context, { language: 'ar', width: 390, scheme: 'dark' }, origin)
    await page.goto(`${origin}/app/email-change#${token}`)
    const confirm = page.getByRole('button', { name: 'تأكيد البريد' })
    await confirm.waitFor()
    assert(!page.url().includes('#'), 'the token has left the address')
    await confirm.click()
    await page.getByRole('alert').getByText('يوجد حساب آخر').waitFor()
    await app.ctx.db.query('update staff set email = $2 where email = $1', [email, 'elsewhere@example.com'])
    await confirm.click()
    await page.getByRole('status').getByText(email).waitFor()
    await page.getByRole('link', { name: 'إلى لويا برو' }).click()
    await page.waitForURL(/sign-in/)
    await page.fill('input[name=email]', email)
    await page.fill('input[name=password]', PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('navigation').first().waitFor()
    await context.close()
    // The browser that asked stays signed in.
    await visit.page.reload()
    await visit.page.getByText(`You sign in with ${email}`).waitFor()
    await visit.close()
  },
}
