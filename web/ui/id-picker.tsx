// Several ids, as chips with their names, and a field that finds more.
import { IconX } from '@tabler/icons-react'
import { useWords } from '../words/use-words.ts'
import { Icon } from './icon.tsx'
import css from './id-picker.module.css'
import { IdSearch } from './id-search.tsx'
import type { IdSource } from './id-source.ts'

interface IdPickerProps {
  source: IdSource
  label: string
  chosen: readonly string[]
  onChange(ids: string[]): void
  /** How many can be chosen. */
  most?: number | undefined
  error?: string | undefined
}

export function IdPicker({ source, label, chosen, onChange, most = Number.POSITIVE_INFINITY, error }: IdPickerProps) {
  const { t } = useWords()
  const names = source.useNames(chosen)
  return (
    <div className={css.picker}>
      {chosen.length > 0 && (
        <ul className={css.chips} aria-label={label}>
          {chosen.map((id) => {
            const name = names.get(id)
            return (
              <li key={id}>
                {name === undefined ? <bdi className="ltr">{id}</bdi> : <span>{name}</span>}
                <button
                  type="button"
                  aria-label={`${t(REMOVE)}: ${name ?? id}`}
                  onClick={() => onChange(chosen.filter((one) => one !== id))}
                >
                  <Icon of={IconX} size={14} />
                </button>
              </li>
            )
          })}
        </ul>
      )}
      {chosen.length < most && (
        <IdSearch
          source={source}
          label={label}
          placeholder={t(FIND)}
          chosen={chosen}
          onChoose={(id) => onChange([...chosen, id])}
          invalid={error !== undefined}
        />
      )}
      {error !== undefined && (
        <p className="bad sm" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

const REMOVE = { en: 'Remove', ar: 'حذف' }
const FIND = { en: 'Name, SKU or ID', ar: 'الاسم أو SKU أو المعرّف' }
