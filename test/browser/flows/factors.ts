// My account: two-step verification and passkeys, turned on and used in the browser.
import assert from 'node:assert/strict'
import type { BrowserContext, Page } from 'playwright-core'
import { codeOf } from '../../../src/staff/totp.ts'
import { createTestPerson, fromBase32, PASSWORD } from '../../support/staff.ts'
import { openPage, show } from '../support/visit.ts'
import type { World } from '../support/world.ts'
import { signedInPage } from './account.ts'

/** A device that keeps passkeys, and confirms whatever the browser asks of the person. */
async function plugInAuthenticator(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  })
}

export const factorFlows = {
  'two-step verification is turned on with an app, and off again': async (world: World) => {
    const { origin, app } = world
    const { email } = await createTestPerson(app)
    const visit = await signedInPage(world, email)
    const { page } = visit
    await show(visit, `${origin}/app/account`)
    await page.getByRole('button', { name: 'Turn on' }).click()
    const dialog = page.getByRole('dialog', { name: 'Turn on two-step verification' })
    await dialog.getByRole('img', { name: 'QR code with the secret' }).waitFor()
    const secret = fromBase32((await dialog.locator('code').textContent()) ?? '')
    const code = codeOf(secret, Math.floor(app.ctx.clock.now() / 30_000))
    const enter = async (typed: string) => {
      await dialog.getByLabel('The six digits').fill(typed)
      await dialog.getByRole('button', { name: 'Turn on' }).click()
    }
    await enter(code === '000000' ? '111111' : '000000')
    await dialog.getByText('is not what the app shows now').waitFor()
    // As people type it: in two groups.
    await enter(`${code.slice(0, 3)} ${code.slice(3)}`)
    const codes = page.getByRole('dialog', { name: 'Save your recovery codes' })
    await codes.waitFor()
    const listed = await codes.getByRole('listitem').allInnerTexts()
    assert.equal(new Set(listed).size, 10)
    await page.keyboard.press('Escape')
    assert(await codes.isVisible(), 'only the button closes it')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      codes.getByRole('button', { name: 'Save as a file' }).click(),
    ])
    assert.equal(file.suggestedFilename(), 'loyapro-recovery-codes.txt')
    await codes.getByRole('button', { name: 'I have saved them' }).click()
    await page.getByText('10 recovery codes left').waitFor()
    // It is asked for from now on.
    const answer = await page.request.post(`${origin}/api/v1/session`, {
      data: { email, password: PASSWORD },
      headers: { origin },
    })
    assert.equal((await answer.json()).second_factor_required, true)
    await page.getByRole('button', { name: 'New recovery codes' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'New recovery codes' }).click()
    await codes.waitFor()
    const replaced = await codes.getByRole('listitem').allInnerTexts()
    assert(
      replaced.every((one) => !listed.includes(one)),
      'all are new',
    )
    await codes.getByRole('button', { name: 'I have saved them' }).click()
    await page.getByRole('button', { name: 'Turn off' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Turn off' }).click()
    await page.getByRole('button', { name: 'Turn on' }).waitFor()
    await visit.close()
  },
  'a passkey is added, confirms an act, signs in, and is deleted (Arabic, on a phone)': async (world: World) => {
    const { browser, origin, app } = world
    const { email, id } = await createTestPerson(app)
    const context = await browser.newContext()
    await context.request.post(`${origin}/api/v1/session`, { data: { email, password: PASSWORD }, headers: { origin } })
    const visit = await openPage(context, { language: 'ar', width: 390, scheme: 'dark' }, origin)
    const { page } = visit
    await plugInAuthenticator(context, page)
    await show(visit, `${origin}/app/account`)
    const add = page.getByRole('button', { name: 'إضافة مفتاح مرور' })
    await add.click()
    await page.getByText('لم يُستخدم بعد').waitFor()
    await add.click()
    await page.getByText('يوجد لك مفتاح مرور على هذا الجهاز').waitFor()
    await page.getByRole('button', { name: /^تغيير الاسم/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('جوالي')
    await dialog.getByRole('button', { name: 'تغيير الاسم' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('جوالي').waitFor()
    // A new passkey needs a recent proof, which the passkey gives.
    await app.ctx.db.query(
      `update staff_sessions set authenticated_at = authenticated_at - interval '6 minutes' where staff_id = $1`,
      [id],
    )
    await page.getByRole('button', { name: /^حذف: جوالي/ }).click()
    await dialog.getByRole('button', { name: 'حذف' }).click()
    await page.getByRole('dialog', { name: 'أكّد هويتك' }).getByRole('button', { name: 'استخدام مفتاح مرور' }).click()
    await page.getByText('لا توجد لديك مفاتيح مرور حتى الآن').waitFor()
    await add.click()
    await page.getByText('لم يُستخدم بعد').waitFor()
    await context.clearCookies({ name: '__Host-loyapro' })
    await page.goto(`${origin}/app/sign-in`)
    await page.getByRole('button', { name: 'استخدام مفتاح مرور' }).click()
    await page.getByRole('navigation').first().waitFor()
    // The device has one that LoyaPro knows no more.
    await app.ctx.db.query('delete from staff_passkeys where staff_id = $1', [id])
    await context.clearCookies({ name: '__Host-loyapro' })
    await page.goto(`${origin}/app/sign-in`)
    // Signing in has set the language of the account.
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.getByRole('alert').getByText('The passkey was not accepted').waitFor()
    await context.close()
  },
  'after the session has ended, a passkey of another person opens their own dashboard, and saves nothing': async (
    world: World,
  ) => {
    const { origin, app } = world
    const [person, other] = [await createTestPerson(app), await createTestPerson(app)]
    const { page, ...visit } = await signedInPage(world, other.email)
    const context = page.context()
    await plugInAuthenticator(context, page)
    await show({ page, ...visit }, `${origin}/app/account`)
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByText('Never used').waitFor()
    await context.clearCookies({ name: '__Host-loyapro' })
    await context.request.post(`${origin}/api/v1/session`, {
      data: { email: person.email, password: PASSWORD },
      headers: { origin },
    })
    await page.reload()
    await page.getByLabel('Name').fill('Not To Be Saved')
    await context.clearCookies({ name: '__Host-loyapro' })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Use a passkey' }).click()
    await page.waitForURL(({ pathname }) => /^\/app\/?$/.test(pathname))
    await page.getByRole('navigation').first().waitFor()
    const names = await app.ctx.db.query('select name from staff where id = any($1)', [[person.id, other.id]])
    assert.deepEqual(names, [{ name: 'Sample Person' }, { name: 'Sample Person' }])
    await visit.close()
  },
}
