// A field in which an id is found by its name: type, choose with the arrows, Enter. What is typed can
// be taken as the id itself, for a POS whose catalogue was never imported.
import { Combobox, useCombobox } from '@mantine/core'
import '@mantine/core/styles/Paper.layer.css'
import '@mantine/core/styles/Popover.layer.css'
import '@mantine/core/styles/Combobox.layer.css'
import { useState } from 'react'
import { useWords } from '../words/use-words.ts'
import css from './id-picker.module.css'
import type { IdSource } from './id-source.ts'

export interface IdSearchProps {
  source: IdSource
  label: string
  placeholder?: string
  /** Not offered again. */
  chosen?: readonly string[]
  onChoose(id: string): void
  /** A word of a sentence, and not a field. */
  isWord?: boolean
  invalid?: boolean
  autoFocus?: boolean
  /** The field lost the focus. */
  onLeave?: () => void
}

export function IdSearch(props: IdSearchProps) {
  const { source, label, placeholder = label, chosen = [], onChoose, isWord = false, invalid = false, onLeave } = props
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  const list = useCombobox({ onDropdownClose: () => list.resetSelectedOption() })
  const { options, isCurrent, hasMore } = source.useFound(typed.trim())
  const id = typed.trim()
  const shown = (options ?? []).filter((option) => !chosen.includes(option.id))
  const mayTake = isCurrent && id !== '' && !chosen.includes(id) && !shown.some((option) => option.id === id)
  const choose = (value: string) => {
    onChoose(value)
    setTyped('')
    list.closeDropdown()
  }
  return (
    <Combobox
      position="bottom-start"
      width={isWord ? 300 : 'target'}
      store={list}
      onOptionSubmit={choose}
      radius={12}
      shadow="lg"
      offset={6}
      classNames={{ dropdown: css.list }}
    >
      <Combobox.Target>
        <input
          aria-label={label}
          aria-invalid={invalid || undefined}
          className={isWord ? css.word : css.input}
          placeholder={placeholder}
          value={typed}
          maxLength={128}
          size={Math.max(placeholder.length, typed.length)}
          onChange={(event) => {
            setTyped(event.target.value)
            list.openDropdown()
            // Enter takes what is on top.
            list.updateSelectedOptionIndex()
          }}
          // The word that was pressed became this field.
          // biome-ignore lint/a11y/noAutofocus: the focus stays where it was.
          autoFocus={props.autoFocus}
          onFocus={() => list.openDropdown()}
          onClick={() => list.openDropdown()}
          onBlur={() => {
            list.closeDropdown()
            onLeave?.()
          }}
          onKeyDown={(event) => {
            if (!['Enter', 'NumpadEnter'].includes(event.code) || event.nativeEvent.isComposing) return
            // Never the form around it.
            event.preventDefault()
            // What is listed may be of an earlier text until the answer has come.
            if (list.getSelectedOptionIndex() === -1 && id !== '' && isCurrent) choose(shown[0]?.id ?? id)
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={options === undefined || (shown.length === 0 && !isCurrent)}>
        <Combobox.Options aria-label={label}>
          {shown.map((option) => (
            <Combobox.Option key={option.id} value={option.id} className={css.option}>
              <span>{option.label}</span>
              {option.hint !== undefined && <small className="ltr">{option.hint}</small>}
            </Combobox.Option>
          ))}
          {mayTake && (
            <Combobox.Option value={id} className={css.option}>
              <span>{t(WORDS.take(id))}</span>
            </Combobox.Option>
          )}
          {options?.length === 0 && id === '' && <Combobox.Empty>{t(WORDS.none)}</Combobox.Empty>}
          {hasMore && <div className={css.more}>{t(WORDS.more)}</div>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

const WORDS = {
  take: (id: string) => ({ en: `Use “${id}” as the ID`, ar: `استخدام «${id}» كمعرّف` }),
  none: {
    en: 'No catalogue yet: type the ID that the POS uses.',
    ar: 'لا توجد قائمة منتجات بعد: اكتب المعرّف في نظام نقاط البيع.',
  },
  more: { en: 'There are more: type a part of the name.', ar: 'يوجد المزيد: اكتب جزءًا من الاسم.' },
}
