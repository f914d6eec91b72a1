// The command palette: every screen, and customers by name or number, from the keyboard.
import { IconUser } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import type { Customer } from '../../../contract/api/customers.ts'
import { api } from '../../api/client.ts'
import type { Page } from '../../api/queries.ts'
import { PaletteView } from '../../ui/palette.tsx'
import { latinDigits } from '../../words/format.ts'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { useDestinations } from '../use-destinations.ts'
import { WORDS as SHELL } from './words.ts'

export function Palette({ onClose }: { onClose(): void }) {
  const { t } = useWords()
  const { can } = useBusiness()
  const destinations = useDestinations()
  const navigate = useNavigate()
  const [query, setQuery] = useState('')
  const asked = useDeferredValue(latinDigits(query.trim()))
  const customers = useQuery({
    queryKey: ['customers', 'palette', asked],
    queryFn: ({ signal }) => api.get<Page<Customer>>('/customers', { query: { q: asked, limit: 6 }, signal }),
    enabled: asked.length >= 2 && can('customers:read'),
    placeholderData: keepPreviousData,
  })
  const screens = destinations.filter(({ label }) =>
    [label.en.toLowerCase(), label.ar].some((name) => name.includes(query.trim().toLowerCase())),
  )
  const found = asked.length >= 2 ? (customers.data?.data ?? []) : []
  return (
    <PaletteView
      placeholder={t(SHELL.search)}
      query={query}
      onQuery={setQuery}
      onClose={onClose}
      empty={t(WORDS.nothing)}
      groups={[
        {
          label: t(WORDS.screens),
          acts: screens.map(({ to, label, icon }) => ({
            id: to,
            label: t(label),
            icon,
            onSelect: () => void navigate({ to }),
          })),
        },
        {
          label: t(WORDS.customers),
          acts: found.map(({ id, name, phone }) => ({
            id,
            label: name ?? t(WORDS.unnamed),
            hint: <bdi className="ltr">{phone}</bdi>,
            icon: IconUser,
            onSelect: () => void navigate({ to: '/customers/$id', params: { id } }),
          })),
        },
      ]}
    />
  )
}

const WORDS = {
  screens: { en: 'Screens', ar: 'الشاشات' },
  customers: { en: 'Customers', ar: 'العملاء' },
  unnamed: { en: 'No name', ar: 'بلا اسم' },
  nothing: { en: 'Nothing found', ar: 'لا توجد نتائج' },
}
