// What a merchant does all day, each from the first click to what the ledger has afterwards. Every flow
// has a shop of its own, and runs in every language and width at full size.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { runNextBackTest } from '../../../src/backtests/run.ts'
import { formatId } from '../../../src/kernel/ids.ts'
import { WORDS as CONNECT } from '../../../web/app/connect/words.ts'
import { WORDS as CUSTOMER } from '../../../web/app/customers/words.ts'
import { codesOf } from '../../support/codes.ts'
import { isFullSize } from '../../support/runs.ts'
import { createTestPerson, PASSWORD } from '../../support/staff.ts'
import { openTill, type Till } from '../../support/till.ts'
import { type Look, openPage, show, type Visit } from '../support/visit.ts'
import type { World } from '../support/world.ts'

const LOOKS: readonly Look[] = [
  { language: 'ar', width: 390, scheme: 'light' },
  { language: 'en', width: 1440, scheme: 'dark' },
  { language: 'ar', width: 1440, scheme: 'light' },
  { language: 'en', width: 390, scheme: 'dark' },
]

/** A shop, and its owner on a screen. */
interface AtWork extends Visit {
  world: World
  till: Till
  email: string
  look: Look
  /** The text in the language of the look. */
  t(en: string, ar: string): string
  open(path: string): Promise<void>
  api(path: string): Promise<Record<string, unknown> & { data: Record<string, unknown>[] }>
  /** The proof of the person is older than five minutes from now on. */
  ageProof(): Promise<void>
  /** Proves who the person is in the dialog that is open. */
  prove(): Promise<void>
  close(): Promise<void>
}

async function goToWork(world: World, look: Look, given?: Till): Promise<AtWork> {
  const { browser, origin, app } = world
  const till = given ?? (await openTill(app))
  const { businessId, apiKey } = till.business
  const { email, id } = await createTestPerson(app, { memberships: [{ businessId, role: 'owner' }] })
  const context = await browser.newContext({ timezoneId: 'Asia/Riyadh' })
  await context.request.post(`${origin}/api/v1/session`, { data: { email, password: PASSWORD }, headers: { origin } })
  const visit = await openPage(context, look, origin)
  return {
    ...visit,
    world,
    till,
    email,
    look,
    t: (en, ar) => (look.language === 'ar' ? ar : en),
    open: (path) => show(visit, `${origin}/app${path}`),
    api: async (path) => (await app.get(path, apiKey)).body,
    ageProof: async () => {
      await app.ctx.db.query(
        `update staff_sessions set authenticated_at = authenticated_at - interval '6 minutes' where staff_id = $1`,
        [id],
      )
    },
    prove: async () => {
      const password = visit.page.locator('input[name=password]')
      await password.fill(PASSWORD)
      await password.press('Enter')
      await password.waitFor({ state: 'detached' })
    },
    close: () => context.close(),
  }
}

/** The times of an order that is paid now. */
function paidNow() {
  // A second later, because POS systems send whole seconds, and a program starts within one.
  const now = new Date(Date.now() + 1_000).toISOString().slice(0, 19).replace('T', ' ')
  return { openedAt: now, closedAt: now, updatedAt: now, businessDate: now.slice(0, 10) }
}

/** Presses Tab until the focus is on what has this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(
      `(() => { const { activeElement: one } = document; return one.labels?.[0]?.textContent ?? one.getAttribute('aria-label') ?? one.textContent })()`,
    )
    if (String(focused).trim().startsWith(name)) return
  }
  throw new Error(`Tab does not lead to ${name}`)
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

const WORK: Record<string, (at: AtWork) => Promise<void>> = {
  'a program is made from a preset, and the next order earns in it, live on Home': async ({ page, till, t, open }) => {
    await open('/programs/new')
    await page.getByText(t('A share of every order comes back', 'نسبة من كل طلب تعود رصيدًا')).click()
    // The engine answers before anything is started: 5 % of the sample order.
    await page.getByText(t('Nothing is given before you start', 'لا يُمنح شيء قبل تفعيل')).waitFor()
    await button(page, t('Start now', 'تفعيل الآن')).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('Start now', 'تفعيل الآن'), exact: true })
      .click()
    await page.getByText(t('The program is active', 'البرنامج مفعّل')).first().waitFor()
    await open('/')
    const answer = await till.send({ reference: 77_001, lines: [{ price: 40 }], ...paidNow() })
    const earned = answer.movements.filter(({ program_type: type }) => type === 'cashback')
    assert.deepEqual(
      earned.map(({ units }) => units),
      [200, 200],
      'the cashback program of the shop, and the new one',
    )
    await page.locator(`a[href$="${answer.order?.id}"]`).waitFor()
  },
  'a POS is connected: the panel waits, says what is wrong, and turns green with the first order': async ({
    page,
    till,
    world,
    look,
    open,
  }) => {
    const { app } = world
    await open('/connect/foodics')
    const { language } = look
    await page.getByText(CONNECT.waiting[language]).waitFor()
    // It came, and cannot be read.
    const { order: _, ...torn } = till.body({ id: 'torn' })
    await app.post(torn)
    await page
      .getByText(CONNECT.came('').en.split(',')[1]?.trim() ?? '')
      .or(page.getByText('ولم يُستخدم'))
      .first()
      .waitFor()
    const { status } = await app.post(till.body({ id: 'first', ...paidNow() }))
    assert.equal(status, 200)
    await page.getByText(CONNECT.arrived[language]).waitFor()
    await page.getByRole('link', { name: CONNECT.showOrder[language] }).click()
    await page.waitForURL(/\/app\/orders\/ord_/)
    await page.getByRole('heading', { level: 1 }).waitFor()
  },
  'a code is issued for a customer, a till redeems it, and the screen says so': async ({
    page,
    till,
    world,
    look,
    open,
    api,
  }) => {
    const { language } = look
    const codes = codesOf(world.app, till.business)
    const { id, phone } = await codes.customer(50)
    await open(`/customers/${id}`)
    await button(page, CUSTOMER.issue[language]).first().click()
    await page.getByText(CUSTOMER.openCodes[language]).first().waitFor()
    const [claim] = (await api(`/customers/${id}/claims`)).data
    const code = String(claim?.code)
    assert.equal((await codes.check({ code, phone })).status, 200)
    assert.equal((await codes.redeem({ code, phone, order: 'redeeming' })).status, 200)
    await page.reload()
    await page.getByText(CUSTOMER.claimStatus.redeemed[language]).first().waitFor()
    assert.equal((await till.balances(`+966${phone.slice(1)}`)).points, 50 - Number(claim?.units))
  },
  'a balance is changed with a reason after a preview': async ({ page, till, look, open, api }) => {
    const { language } = look
    const { customer } = await till.send({ reference: 1, lines: [{ price: 20 }] })
    const before = await till.balances()
    await open(`/customers/${customer?.id}`)
    await button(page, CUSTOMER.giveOrTake[language]).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(CUSTOMER.units[language]).fill('15')
    await dialog.getByText(CUSTOMER.nothingWritten[language]).waitFor()
    await dialog.getByLabel(CUSTOMER.reason[language]).fill('Sample reason')
    await button(page, CUSTOMER.give[language]).click()
    await page.getByText(CUSTOMER.adjusted[language]).waitFor()
    await page.getByText('Sample reason').first().waitFor()
    const after = await till.balances()
    assert.equal(after.points + after.stamps + after.cashback, before.points + before.stamps + before.cashback + 15)
    const [newest] = (await api(`/customers/${customer?.id}/ledger`)).data
    assert.equal(newest?.kind, 'adjust')
  },
  'a return says on the order and the customer what it took back, and why': async ({ page, till, t, open }) => {
    const sale = await till.send({ id: 'sale', reference: 88_001, lines: [{ price: 24 }] })
    const back = await till.send({ id: 'back', reference: 88_002, lines: [{ price: 24 }], returns: { id: 'sale' } })
    const taken = back.movements.find(({ unit }) => unit === 'point')
    assert.equal(taken?.units, -24)
    await open(`/customers/${sale.customer?.id}`)
    const why = t('everything in the order was returned', 'أُرجع كل ما في الطلب')
    await page.getByText(why).first().waitFor()
    await open(`/orders/${sale.order?.id}`)
    await page.getByText('88002').first().waitFor()
    await till.assertProven()
  },
  'a customer is erased after a proof; the link to them leads nowhere, and the ledger is proven': async ({
    page,
    till,
    look,
    open,
    world,
    ageProof,
    prove,
  }) => {
    const { language } = look
    const { customer } = await till.send({ reference: 1, lines: [{ price: 20 }], customer: { name: 'Gone Sample' } })
    await open(`/customers/${customer?.id}`)
    await ageProof()
    await page.getByRole('button', { name: CUSTOMER.more[language] }).first().click()
    await page.getByRole('menuitem', { name: CUSTOMER.erase[language] }).click()
    await page.getByRole('dialog').getByRole('button', { name: CUSTOMER.eraseAct[language] }).click()
    await prove()
    await page.getByText(CUSTOMER.erased[language]).waitFor()
    const { origin } = world
    await page.waitForURL(`${origin}/app/customers`)
    await page.goto(`${origin}/app/customers/${customer?.id}`)
    await page.getByRole('alert').first().waitFor()
    assert.equal(await page.getByText('Gone Sample').count(), 0)
    await till.assertProven()
  },
  'of two people who change a program at once, the second sees what the first did, and loses nothing': async (at) => {
    const { page, till, world, t, open } = at
    const id = formatId('program', till.business.programs.cashback)
    await open(`/programs/${id}/edit`)
    const save = t('Save version', 'حفظ الإصدار')
    const share = page.locator('input[inputmode=decimal]').first()
    await share.fill('7')
    await share.blur()
    const other = await world.app.call({
      method: 'POST',
      path: `/api/v1/programs/${id}/versions`,
      bearer: till.business.apiKey,
      body: {
        definition: { type: 'cashback', rules: [{ id: 'share', earn: { kind: 'percent', basis_points: 900 } }] },
      },
    })
    assert.equal(other.status, 201, JSON.stringify(other.body))
    await button(page, save).click()
    await page.getByText(t('Somebody saved another version meanwhile', 'حفظ شخص آخر إصدارًا')).waitFor()
    await page
      .getByText(/9\s?٪|9\s?%/)
      .first()
      .waitFor()
    assert.equal(await share.inputValue(), '7', 'what was typed is still here')
    await button(page, t('Keep mine and save over it', 'إبقاء تعديلي والحفظ فوقه')).click()
    await button(page, save).click()
    await page.getByText(t('Version saved', 'حُفظ الإصدار')).waitFor()
  },
  'a draft is tried on past orders, and started from its result': async ({ page, till, world, t, open }) => {
    await till.send({ lines: [{ price: 40 }], ...paidNow() })
    await open('/programs/new')
    await page.getByText(t('A share of every order comes back', 'نسبة من كل طلب تعود رصيدًا')).click()
    await button(page, t('Save and try it on the last 30 days', 'حفظ وتجربة على آخر 30 يومًا')).click()
    await page.waitForURL(/\/app\/back-tests\//)
    const { ctx } = world.app
    assert.equal(await runNextBackTest(ctx, till.business.businessId), 'done')
    await button(page, t('Start or schedule', 'تفعيل أو جدولة')).click()
    const dialog = page.getByRole('dialog')
    await button(page, t('Start now', 'تفعيل الآن')).click()
    await dialog.waitFor({ state: 'detached' })
    await page.waitForURL(/\/app\/programs\/prg_/)
    await page.getByText(t('Active', 'مفعّل'), { exact: true }).first().waitFor()
    const answer = await till.send({ id: 'later', lines: [{ price: 40 }], ...paidNow() })
    assert.equal(answer.movements.filter(({ program_type: type }) => type === 'cashback').length, 2)
  },
  'a balance is changed by keyboard alone': async ({ page, till, look, open }) => {
    const { language } = look
    const { customer } = await till.send({ lines: [{ price: 20 }] })
    const before = await till.balances()
    await open(`/customers/${customer?.id}`)
    await tabTo(page, CUSTOMER.giveOrTake[language])
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await tabTo(page, CUSTOMER.units[language])
    await page.keyboard.type('5')
    await tabTo(page, CUSTOMER.reason[language])
    await page.keyboard.type('Sample reason')
    await page.keyboard.press('Enter')
    await page.getByText(CUSTOMER.adjusted[language]).waitFor()
    const after = await till.balances()
    assert.equal(after.points + after.stamps + after.cashback, before.points + before.stamps + before.cashback + 5)
  },
  'when LoyaPro cannot be reached the last data stay, with their time, and are fresh again afterwards': async ({
    page,
    till,
    t,
    open,
  }) => {
    const { order } = await till.send({ lines: [{ price: 20 }], ...paidNow() })
    const shown = page.locator(`a[href$="${order?.id}"]`)
    const since = page.getByText(t('What you see was loaded at', 'ما تراه محمّل في الساعة')).first()
    await page.clock.install()
    await open('/')
    await shown.waitFor()
    await page.route('**/api/v1/**', (route) => route.abort())
    // Home asks again every minute.
    await page.clock.runFor(65_000)
    await since.waitFor()
    await shown.waitFor()
    await page.unroute('**/api/v1/**')
    await page.clock.runFor(65_000)
    await since.waitFor({ state: 'detached' })
  },
}

export const workFlows = Object.fromEntries(
  Object.entries(WORK).flatMap(([name, work], index) =>
    // The looks in turn; every flow in each of them at full size.
    LOOKS.filter((_, n) => isFullSize || n === index % LOOKS.length).map((look) => [
      `${name} (${look.language}, ${look.width} px)`,
      async (world: World) => {
        const at = await goToWork(world, look)
        try {
          await work(at)
        } finally {
          await at.close()
        }
      },
    ]),
  ),
)
