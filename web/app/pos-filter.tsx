// Narrows a list to one POS. A business with a single POS has nothing to choose, and does not see it.
import { ChoiceFilter } from '../ui/filter-bar.tsx'
import { useWords } from '../words/use-words.ts'
import { useSystems } from './connect/use-systems.ts'

interface PosFilterProps {
  value: string | undefined
  onChange(pos: string | undefined): void
}

export function PosFilter({ value, onChange }: PosFilterProps) {
  const { t } = useWords()
  const systems = useSystems()
  const known = systems.map(({ pos, title }) => ({ value: pos, label: t(title) }))
  // A link can name a POS that is not connected any more: its orders are still there.
  const options =
    value === undefined || known.some((one) => one.value === value) ? known : [...known, { value, label: value }]
  if (options.length < 2 && value === undefined) return null
  return <ChoiceFilter label={t(LABEL)} value={value} options={options} onChange={onChange} />
}

const LABEL = { en: 'POS', ar: 'نظام نقاط البيع' }
