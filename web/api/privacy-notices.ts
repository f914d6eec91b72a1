// Privacy notices: drafts and versions.
import { queryOptions } from '@tanstack/react-query'
import type { PrivacyNotice, PrivacyNoticeSummary } from '../../contract/api/privacy-notices.ts'
import { api } from './client.ts'

export const noticesQuery = queryOptions({
  queryKey: ['privacy-notices'],
  queryFn: ({ signal }) => api.get<{ data: PrivacyNoticeSummary[] }>('/privacy-notices', { signal }),
})

export const noticeQuery = (id: string) =>
  queryOptions({
    queryKey: ['privacy-notices', id],
    queryFn: ({ signal }) => api.get<PrivacyNotice>(`/privacy-notices/${id}`, { signal }),
  })
