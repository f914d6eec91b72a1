// What Home shows: the steps of setting up, the work list, the figures, the latest orders, and the demo.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { DemoRemoved, DemoStatus } from '../../contract/api/demo.ts'
import type { WorkList } from '../../contract/api/onboarding.ts'
import type { OrderInFull, OrderSummary } from '../../contract/api/orders.ts'
import type { HomeFigures } from '../../contract/api/reports.ts'
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import { api } from './client.ts'
import type { Page } from './queries.ts'

export const workListQuery = queryOptions({
  queryKey: ['work-list'],
  queryFn: ({ signal }) => api.get<WorkList>('/work-list', { signal }),
  refetchInterval: 60_000,
})

/** Renewed every minute while it is on the screen. */
export const homeQuery = (branch: string | undefined) =>
  queryOptions({
    queryKey: ['home', branch],
    queryFn: ({ signal }) => api.get<HomeFigures>('/home', { query: { branch_id: branch }, signal }),
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  })

export const LATEST = 8

export const latestOrdersQuery = (branch: string | undefined, withCustomers: boolean) =>
  queryOptions({
    queryKey: ['/orders', 'latest', branch, withCustomers],
    queryFn: ({ signal }) =>
      api.get<Page<OrderSummary>>('/orders', {
        query: { limit: LATEST, branch_id: branch, include: withCustomers ? 'customer' : undefined },
        signal,
      }),
    // When no stream can be opened.
    refetchInterval: 30_000,
  })

/** What an order moved hardly ever changes. */
export const orderInFullQuery = (id: string) =>
  queryOptions({
    queryKey: ['/orders', id],
    queryFn: ({ signal }) => api.get<OrderInFull>(`/orders/${id}`, { signal }),
    staleTime: 5 * 60_000,
  })

export const demoQuery = queryOptions({
  queryKey: ['demo'],
  queryFn: ({ signal }) => api.get<DemoStatus>('/demo', { signal }),
  refetchInterval: ({ state }) => (state.data?.status === 'loading' ? 2_000 : false),
  staleTime: 60_000,
})

export function removeDemo(name: { en: string; ar?: string }): Promise<DemoRemoved> {
  return api.post('/demo/remove', { name })
}

export function sendTestOrder(): Promise<OrderAnswer> {
  return api.post('/test-orders', {})
}

export function voidTestOrder(id: string): Promise<OrderAnswer> {
  return api.post(`/test-orders/${id}/void`)
}
