// Reports.

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Static, TSchema } from 'typebox'
import type { reportOf } from '../../contract/api/reports.ts'
import { addressOf, api } from './client.ts'
import type { List } from './use-list.ts'

type Frame = Omit<Static<ReturnType<typeof reportOf<TSchema>>>, 'data'>
export type Report<Row> = Frame & { data: Row[] }

export type ReportName = 'visits' | 'liability' | 'redemption' | 'rewards' | 'branches' | 'cohorts'

/** A report, and its rows as a list for a table. */
export function useReport<Row>(name: ReportName, query: object) {
  const path = `/reports/${name}`
  const result = useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => api.get<Report<Row>>(path, { query, signal }),
    placeholderData: keepPreviousData,
  })
  const list: List<Row> = {
    items: result.data?.data,
    error: result.error,
    loadedAt: new Date(result.dataUpdatedAt),
    isStale: result.isPlaceholderData,
    hasMore: false,
    isLoadingMore: false,
    more: () => undefined,
    retry: () => void result.refetch(),
    csv: addressOf(path, { ...query, format: 'csv' }),
  }
  return { report: result.data, list }
}
