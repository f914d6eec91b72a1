// Saves everything that is known of a customer as a file.
import { api } from '../../api/client.ts'

/** The person may be asked to confirm who they are, so it is no plain link. */
export async function saveExport(customerId: string): Promise<void> {
  const known = await api.get<unknown>(`/customers/${customerId}/export`)
  const url = URL.createObjectURL(new Blob([JSON.stringify(known, null, 2)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${customerId}.json`
  link.click()
  URL.revokeObjectURL(url)
}
