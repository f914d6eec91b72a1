// Search and filters above a list. Their values live in the URL: the screen passes them in, and
// `onChange` navigates.
import { IconChevronDown, IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { latinDigits } from '../words/format.ts'
import { useWords } from '../words/use-words.ts'
import { Button } from './button.tsx'
import css from './filter-bar.module.css'
import { Icon } from './icon.tsx'
import { Menu } from './menu.tsx'
import { Empty } from './states.tsx'

interface SearchProps {
  /** What can be searched for: also the label. */
  placeholder: string
  value: string | undefined
  /** 250 ms after the last key; undefined when it was cleared. */
  onChange(value: string | undefined): void
}

export function SearchFilter({ placeholder, value = '', onChange }: SearchProps) {
  const { t } = useWords()
  const [typed, setTyped] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // The URL changed without the field: back, or a link.
  useEffect(() => setTyped(value), [value])
  const change = (text: string) => {
    setTyped(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onChange(latinDigits(text.trim()) || undefined), 250)
  }
  return (
    <div className={css.search}>
      <Icon of={IconSearch} size={16} />
      <input
        type="search"
        value={typed}
        placeholder={placeholder}
        aria-label={placeholder}
        onChange={(event) => change(event.target.value)}
        maxLength={200}
      />
      {typed !== '' && (
        <button type="button" onClick={() => change('')} aria-label={t(CLEAR)} title={t(CLEAR)}>
          <Icon of={IconX} size={16} />
        </button>
      )}
    </div>
  )
}

interface ChoiceOption<Value extends string> {
  value: Value
  label: string
}

interface ChoiceProps<Value extends string> {
  label: string
  /** Undefined: all. */
  value: Value | undefined
  options: readonly ChoiceOption<Value>[]
  /** Further options, below a line. */
  more?: readonly ChoiceOption<Value>[]
  onChange(value: Value | undefined): void
  /** What it says without a choice; default: all. */
  all?: string
}

/** One of several values: `Status: paid`. */
export function ChoiceFilter<Value extends string>(props: ChoiceProps<Value>) {
  const { label, value, options, more = [], onChange, all } = props
  const { t } = useWords()
  const chosen = [...options, ...more].find((option) => option.value === value)
  const itemsOf = (list: readonly ChoiceOption<Value>[]) =>
    list.map((option) => ({
      label: option.label,
      checked: option.value === value,
      onSelect: () => onChange(option.value),
    }))
  return (
    <Menu
      trigger={
        <Button size="small" className={chosen ? css.chosen : undefined}>
          <span>{chosen ? `${label}: ${chosen.label}` : label}</span>
          <Icon of={IconChevronDown} size={14} />
        </Button>
      }
      groups={[
        [{ label: all ?? t(ALL), checked: chosen === undefined, onSelect: () => onChange(undefined) }],
        itemsOf(options),
        itemsOf(more),
      ]}
    />
  )
}

interface FlagProps {
  label: string
  value: boolean | undefined
  /** Undefined when it was switched off. */
  onChange(value: true | undefined): void
}

/** On or off: `Flagged`. */
export function FlagFilter({ label, value = false, onChange }: FlagProps) {
  return (
    <Button
      size="small"
      aria-pressed={value}
      className={value ? css.chosen : undefined}
      onClick={() => onChange(value ? undefined : true)}
    >
      {label}
    </Button>
  )
}

/** Beside the filters, while any of them narrows the list. */
export function ClearFilters({ onClear }: { onClear(): void }) {
  const { t } = useWords()
  return (
    <Button size="small" variant="quiet" onClick={onClear}>
      {t(CLEAR_ALL)}
    </Button>
  )
}

interface NoMatchProps {
  /** What was not found: `No order matches`. */
  title: string
  /** The server has searched a part of the list: there is a next page. */
  isPart?: boolean
  onClear(): void
  /** What else could help; default: changing the filters. */
  children?: string
}

/** In place of the rows, when the filters leave none. */
export function NoMatch({ title, isPart = false, onClear, children }: NoMatchProps) {
  const { t } = useWords()
  return (
    <Empty title={title} action={<Button onClick={onClear}>{t(CLEAR_ALL)}</Button>}>
      {isPart ? t(SEARCHED_PART) : (children ?? t(CHANGE_FILTERS))}
    </Empty>
  )
}

const ALL = { en: 'All', ar: 'الكل' }
const CLEAR = { en: 'Clear', ar: 'مسح' }
const CLEAR_ALL = { en: 'Clear all filters', ar: 'مسح كل الفلاتر' }
const CHANGE_FILTERS = { en: 'Change or clear the filters.', ar: 'غيّر الفلاتر أو امسحها.' }
const SEARCHED_PART = {
  en: 'Only a part of the list was searched. Show more to go on.',
  ar: 'بُحث في جزء من القائمة فقط. اضغط «عرض المزيد» للمتابعة.',
}
