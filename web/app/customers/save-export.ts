// Saves everything that is known of a customer as a file.
import { api } from '../../api/client.ts'
import { saveFile } from '../../ui/save-file.ts'

/** The person may be asked to confirm who they are, so it is no plain link. */
export async function saveExport(customerId: string): Promise<void> {
  const known = await api.get<unknown>(`/customers/${customerId}/export`)
  saveFile(`${customerId}.json`, JSON.stringify(known, null, 2), 'application/json')
}
