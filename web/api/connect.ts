// POS systems of the business: how they are connected, and whether their orders arrive.
import { queryOptions } from '@tanstack/react-query'
import type { Connection } from '../../contract/api/business.ts'
import type { ConnectionCodeOnce, PosSystem, PosToken } from '../../contract/api/connections.ts'
import type { Installation } from '../../contract/api/installations.ts'
import type { PosStatus } from '../../contract/api/onboarding.ts'
import { api } from './client.ts'

interface Listed<Item> {
  data: Item[]
}

export const posSystemsQuery = queryOptions({
  queryKey: ['pos-systems'],
  queryFn: ({ signal }) => api.get<Listed<PosSystem>>('/pos-systems', { signal }),
})

export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: ({ signal }) => api.get<Listed<Connection>>('/connections', { signal }),
})

export const installationsQuery = queryOptions({
  queryKey: ['pos-accounts'],
  queryFn: ({ signal }) => api.get<Listed<Installation>>('/pos-accounts', { signal }),
})

/** Asked every two seconds while somebody waits for the first order. */
export const posStatusQuery = (pos: string) =>
  queryOptions({
    queryKey: ['pos-systems', pos, 'status'],
    queryFn: ({ signal }) => api.get<PosStatus>(`/pos-systems/${encodeURIComponent(pos)}/status`, { signal }),
    refetchInterval: 2_000,
    staleTime: 0,
  })

export function registerPos(title: string): Promise<PosSystem> {
  return api.post('/pos-systems', { title })
}

export function createToken(pos: string): Promise<PosToken> {
  return api.post(`/pos-systems/${encodeURIComponent(pos)}/tokens`, {})
}

export function connectReference(pos: string, reference: string): Promise<Connection> {
  return api.post('/connections', { pos, reference })
}

export function createConnectionCode(pos: string): Promise<ConnectionCodeOnce> {
  return api.post('/connection-codes', { pos })
}

export function startConsent(pos: string): Promise<{ url: string }> {
  return api.post(`/pos-accounts/${encodeURIComponent(pos)}/consent`)
}

export function syncAccount(pos: string): Promise<Installation> {
  return api.post(`/pos-accounts/${encodeURIComponent(pos)}/sync`)
}
