// What differs between two definitions, one line for each change.
import type { DefinitionChange } from '../../../contract/program/changes.ts'
import { useWords } from '../../words/use-words.ts'
import css from './programs.module.css'

export function ChangeList({ changes }: { changes: readonly DefinitionChange[] }) {
  const { t } = useWords()
  return (
    <ul className={css.changes}>
      {changes.map((change) => (
        <li key={change.pointer + change.en}>{t(change)}</li>
      ))}
    </ul>
  )
}
