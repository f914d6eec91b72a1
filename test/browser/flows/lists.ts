// Lists that are searched part by part.
import { createTestPerson } from '../../support/staff.ts'
import { show } from '../support/visit.ts'
import type { World } from '../support/world.ts'
import { signedInPage } from './account.ts'

export const listFlows = {
  'a list whose first part has no match says so, and shows more until one is found': async (world: World) => {
    const { app, origin } = world
    const { businessId } = await app.newBusiness('550932')
    const { email } = await createTestPerson(app, { memberships: [{ businessId, role: 'owner' }] })
    // A page of 50 scans 5,000 deliveries.
    await app.ctx.db.query(
      `insert into deliveries (business_id, id, pos_name, result, event, dictionary, body, received_at)
       select $1, lpad(n::text, 32, '0')::uuid, case n when 1 then 'standard' else 'foodics' end, 'processed', 'sample.event', 1, '', now()
       from generate_series(1, 6000) n`,
      [businessId],
    )
    const visit = await signedInPage(world, email)
    const { page } = visit
    await show(visit, `${origin}/app/deliveries?pos=standard`)
    await page.getByText('Only a part of the list was searched').waitFor()
    await page.getByRole('button', { name: 'Show more' }).click()
    await page.getByText('sample.event').waitFor()
    await visit.close()
  },
}
