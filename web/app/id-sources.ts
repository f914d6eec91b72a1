// What the forms of programs and rewards offer for ids: products and categories of the imported
// catalogue by name, branches of the business.
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Category, Product } from '../../contract/api/installations.ts'
import { branchesQuery } from '../api/business.ts'
import { api } from '../api/client.ts'
import type { Page } from '../api/queries.ts'
import type { IdOption, IdSource } from '../ui/id-source.ts'
import type { IdChoices } from '../ui/schema-form/context.ts'
import { useSettled } from '../ui/use-settled.ts'
import { moneyText } from '../words/units.ts'
import { useWords } from '../words/use-words.ts'
import { nameOf } from './business.tsx'

/** For `SchemaForm`, by what an id refers to. */
export function useIdChoices(): IdChoices {
  const { t } = useWords()
  const branches = useQuery(branchesQuery)
  return {
    branch: (branches.data?.data ?? []).map(({ id, name }) => ({ id, label: t(nameOf(name)) })),
    product: productSource,
    category: categorySource,
  }
}

export const productSource: IdSource = {
  useFound(typed) {
    const { t, setting } = useWords()
    const search = useSettled(typed)
    const { data, isPlaceholderData } = useQuery({
      queryKey: ['products', search],
      queryFn: ({ signal }) => api.get<Page<Product>>('/products', { query: { search, limit: LISTED }, signal }),
      placeholderData: keepPreviousData,
      staleTime: 60_000,
    })
    const options = data?.data.map(
      ({ id, name, sku, price }): IdOption => ({
        id,
        label: t(nameOf(name)),
        hint: [sku, price === null ? null : t(moneyText(price, setting.currency))].filter(Boolean).join(' · '),
      }),
    )
    return {
      options: options && withoutRepeats(options),
      isCurrent: data !== undefined && !isPlaceholderData && search === typed,
      hasMore: data?.next_cursor != null,
    }
  },
  useNames(ids) {
    const { t } = useWords()
    const pages = useQueries({
      queries: inParts(ids).map((part) => ({
        queryKey: ['products', 'named', part],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          api.get<Page<Product>>('/products', { query: { ids: part, limit: 200 }, signal }),
        placeholderData: keepPreviousData,
        staleTime: 60_000,
      })),
    })
    return new Map(
      pages.flatMap(({ data }) =>
        (data?.data ?? []).flatMap(({ id, sku, name }) => {
          const text = t(nameOf(name))
          return sku === null ? [[id, text] as const] : [[id, text] as const, [sku, text] as const]
        }),
      ),
    )
  },
}

/** How many products are offered at once. */
const LISTED = 20
/** Ids that one request can name. */
const PART = 50

function inParts(ids: readonly string[]): string[][] {
  const parts = Math.ceil(ids.length / PART)
  return Array.from({ length: parts }, (_, index) => ids.slice(index * PART, (index + 1) * PART))
}

/** Two POS may use the same id, and a rule means both. */
function withoutRepeats(options: readonly IdOption[]): IdOption[] {
  return [...new Map(options.map((option) => [option.id, option])).values()]
}

const categorySource: IdSource = {
  useFound(typed) {
    const options = useCategories()
    const wanted = typed.toLowerCase()
    const found = options?.filter(({ texts }) => texts.some((text) => text.toLowerCase().includes(wanted)))
    return { options: found, isCurrent: found !== undefined, hasMore: false }
  },
  useNames() {
    const options = useCategories()
    return useMemo(() => new Map((options ?? []).map(({ id, label }) => [id, label])), [options])
  },
}

/** All of them: a menu has dozens. */
function useCategories(): (IdOption & { texts: string[] })[] | undefined {
  const { t } = useWords()
  const { data } = useQuery({
    queryKey: ['categories'],
    queryFn: ({ signal }) => api.get<{ data: Category[] }>('/categories', { signal }),
    staleTime: 60_000,
  })
  return data?.data.map(({ id, name }) => ({
    id,
    label: t(nameOf(name)),
    texts: [id, name.en, name.ar ?? ''],
  }))
}
