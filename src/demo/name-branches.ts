// Gives the branches of the demo their Arabic names, which orders in the standard format do not carry.
import type { Send } from './visitor.ts'

const NAMES: Readonly<Record<string, string>> = {
  olaya: 'العليا (تجريبي)',
  malqa: 'الملقا (تجريبي)',
  hittin: 'حطين (تجريبي)',
}

/** Naming them again changes nothing. */
export async function nameBranches(send: Send): Promise<void> {
  const { body } = await send({ method: 'GET', path: '/api/v1/branches?limit=100', by: 'business' })
  for (const { id, pos_branch_id, name } of body.data ?? []) {
    const ar = NAMES[pos_branch_id]
    if (ar === undefined || name.ar !== null) continue
    await send({ method: 'PATCH', path: `/api/v1/branches/${id}`, by: 'business', body: { name: { ar } } })
  }
}
