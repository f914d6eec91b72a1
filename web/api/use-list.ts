// A list of the API, page after page: `const list = useList<Customer>('/customers', { q, segment })`.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { addressOf, api } from './client.ts'
import type { Page } from './queries.ts'

export interface List<Item> {
  /** Undefined until the first page has come. Rows of the former filter stay until the new ones come. */
  items: readonly Item[] | undefined
  error: unknown
  /** When what is shown was loaded. */
  loadedAt: Date
  /** Another filter is loading. */
  isStale: boolean
  hasMore: boolean
  isLoadingMore: boolean
  more(): void
  retry(): void
  /** Address of the same rows as CSV. */
  csv: string
}

export interface ListOptions {
  enabled?: boolean
  /** Milliseconds between refreshes of the rows that are shown. */
  refetchInterval?: number
  limit?: number
}

/** Its query key begins with the path: `invalidateQueries({ queryKey: ['/customers'] })`. */
export function useList<Item>(path: string, query: object = {}, options: ListOptions = {}): List<Item> {
  const { enabled = true, refetchInterval = false, limit = 50 } = options
  const result = useInfiniteQuery({
    queryKey: [path, query, limit],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Item>>(path, { query: { ...query, limit, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval,
  })
  const items = useMemo(() => result.data?.pages.flatMap(({ data }) => data), [result.data])
  return {
    items,
    error: result.error,
    loadedAt: new Date(result.dataUpdatedAt),
    isStale: result.isPlaceholderData,
    hasMore: result.hasNextPage,
    isLoadingMore: result.isFetchingNextPage,
    more: () => void result.fetchNextPage(),
    retry: () => void result.refetch(),
    csv: addressOf(path, { ...query, format: 'csv' }),
  }
}
