// The dashboard by keyboard alone, also with an Arabic layout, where the key of K is «ن».
import assert from 'node:assert/strict'
import { openPage, show } from '../support/visit.ts'
import type { World } from '../support/world.ts'

export const keyboardFlows = {
  'the palette opens with Ctrl+K on an Arabic layout, finds a screen and opens it': async (world: World) => {
    const { context, origin } = world
    const visit = await openPage(context, { language: 'ar', width: 1440, scheme: 'light' }, origin)
    const { page } = visit
    await show(visit, `${origin}/app/`)
    await page.evaluate(
      `document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ن', code: 'KeyK', ctrlKey: true, bubbles: true }))`,
    )
    await page.getByRole('dialog').getByRole('textbox').fill('الإعدادات')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/app\/settings/)
    await page.close()
  },
  'g and then a letter opens a screen; Escape closes the list of shortcuts and returns the focus': async (
    world: World,
  ) => {
    const { context, origin } = world
    const visit = await openPage(context, { language: 'en', width: 1440, scheme: 'light' }, origin)
    const { page } = visit
    await show(visit, `${origin}/app/`)
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await page.waitForURL(/\/app\/settings/)
    await page.keyboard.press('Shift+Slash')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate('document.activeElement !== document.body'), true)
    await page.close()
  },
}
