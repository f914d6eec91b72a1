// Signing in and confirming acts as a person who has two-step verification.
import assert from 'node:assert/strict'
import { WORDS } from '../../../web/app/sign-in/words.ts'
import { isFullSize } from '../../support/runs.ts'
import { PASSWORD, signedIn, turnOnSecondFactor } from '../../support/staff.ts'
import { type Look, openPage } from '../support/visit.ts'
import type { World } from '../support/world.ts'

const FEW: Look[] = [
  { language: 'ar', width: 390, scheme: 'dark' },
  { language: 'en', width: 1440, scheme: 'light' },
]
const LOOKS: Look[] = isFullSize
  ? [...FEW, { language: 'ar', width: 1440, scheme: 'light' }, { language: 'en', width: 390, scheme: 'dark' }]
  : FEW

/** The sign-in page of a person with two-step verification, with the password entered. */
async function halfWay({ browser, origin, app }: World, look: Look) {
  const person = await signedIn(app)
  const factor = await turnOnSecondFactor(app, person)
  const context = await browser.newContext()
  const { page } = await openPage(context, look, origin)
  const enterPassword = async () => {
    await page.fill('input[name=password]', PASSWORD)
    await page.keyboard.press('Enter')
    await page.locator('input[name=code]').waitFor()
  }
  const enterCode = async (code: string) => {
    await page.fill('input[name=code]', code)
    await page.keyboard.press('Enter')
  }
  await page.goto(`${origin}/app/account`)
  await page.fill('input[name=email]', person.person.email)
  await enterPassword()
  return { context, page, factor, enterCode, staffId: person.person.id, email: person.person.email }
}

function arabicIndic(digits: string): string {
  return digits.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? '')
}

export const secondFactorFlows = Object.fromEntries(
  LOOKS.flatMap((look) => {
    const { language, width } = look
    const flows: Record<string, (world: World) => Promise<void>> = {
      'a code signs in after the password, and confirms an act': async (world) => {
        const { context, page, factor, enterCode, staffId } = await halfWay(world, look)
        assert.equal(await page.locator('input[name=code]').getAttribute('autocomplete'), 'one-time-code')
        await enterCode(arabicIndic(factor.code()))
        await page.getByRole('main').locator('input[autocomplete=new-password]').waitFor()
        await world.app.ctx.db.query(
          `update staff_sessions set authenticated_at = authenticated_at - interval '6 minutes' where staff_id = $1`,
          [staffId],
        )
        await page.fill('input[autocomplete=new-password]', 'short')
        await page.keyboard.press('Enter')
        const dialog = page.getByRole('dialog')
        await dialog.locator('input[name=password]').fill(PASSWORD)
        await page.keyboard.press('Enter')
        await dialog.locator('input[name=code]').waitFor()
        await enterCode(factor.code(1))
        await dialog.waitFor({ state: 'detached' })
        await context.close()
      },
      'a recovery code signs in after the password': async (world) => {
        const { context, page, factor, enterCode } = await halfWay(world, look)
        await page.getByRole('button', { name: WORDS.useRecoveryCode[language] }).click()
        await enterCode(factor.recoveryCodes[0] ?? '')
        await page.locator('input[autocomplete=new-password]').waitFor()
        await context.close()
      },
      'after five wrong codes the next one leads back to the password, and the page says why': async (world) => {
        const { context, page, enterCode, email } = await halfWay(world, look)
        for (let wrong = 0; wrong < 5; wrong++) {
          const answered = page.waitForResponse((response) => response.url().endsWith('/session/second-factor'))
          await enterCode('not-a-code')
          await answered
          await page.locator('button[type=submit]:not([aria-busy])').waitFor()
        }
        await enterCode('not-a-code')
        await page.locator('input[name=password]').waitFor()
        const sentence = language === 'ar' ? 'أدخل كلمة المرور من جديد' : 'Enter your password again'
        await page.getByText(sentence).waitFor()
        assert.equal(await page.inputValue('input[name=email]'), email, 'the address is not typed again')
        await context.close()
      },
    }
    return Object.entries(flows).map(([name, flow]) => [`${name} (${language}, ${width} px)`, flow] as const)
  }),
)
