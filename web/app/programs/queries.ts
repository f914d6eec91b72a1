// What the screens of one program read.
import { queryOptions } from '@tanstack/react-query'
import type { BackTest, BackTestInFull } from '../../../contract/api/back-tests.ts'
import type { ProgramInFull, ProgramTotals } from '../../../contract/api/programs.ts'
import { api } from '../../api/client.ts'
import type { Page } from '../../api/queries.ts'

export const programQuery = (id: string) =>
  queryOptions({
    queryKey: ['program', id],
    queryFn: async ({ signal }) => {
      const [program, totals] = await Promise.all([
        api.get<ProgramInFull>(`/programs/${id}`, { signal }),
        api.get<ProgramTotals>(`/programs/${id}/summary`, { signal }),
      ])
      return { program, totals }
    },
  })

export const backTestsQuery = (id: string) =>
  queryOptions({
    queryKey: ['back-tests', id],
    queryFn: ({ signal }) => api.get<Page<BackTest>>(`/programs/${id}/back-tests`, { query: { limit: 5 }, signal }),
  })

/** Asked again twice a second while it waits or runs. */
export const backTestQuery = (id: string) =>
  queryOptions({
    queryKey: ['back-test', id],
    queryFn: ({ signal }) => api.get<BackTestInFull>(`/back-tests/${id}`, { signal }),
    refetchInterval: ({ state: { data } }) => (data?.status === 'waiting' || data?.status === 'running' ? 500 : false),
  })
