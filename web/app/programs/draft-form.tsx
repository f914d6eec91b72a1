// The whole definition of a program as a form, drawn from its schema, with the sentence above it.
import { useState } from 'react'
import { DefinitionSchema, type ProgramType } from '../../../contract/program/definition.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import type { FormSchema } from '../../ui/schema-form/schema.ts'
import { SchemaForm } from '../../ui/schema-form/schema-form.tsx'
import { useWords } from '../../words/use-words.ts'
import { useIdChoices } from '../id-sources.ts'
import { kindOf, Sentence } from './sentence.tsx'

export interface DraftFormProps {
  type: ProgramType
  definition: unknown
  onChange(definition: unknown): void
  errorAt(pointer: string): string | undefined
  /** Open from the start: for a program that is changed. */
  open?: boolean
}

export function DraftForm({ type, definition, onChange, errorAt, open = false }: DraftFormProps) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(open || kindOf(definition) === null)
  const ids = useIdChoices()
  return (
    <>
      <Sentence definition={definition} onChange={onChange} />
      {isOpen ? (
        <Card title={t(WORDS.all)}>
          <SchemaForm
            schema={schemaOf(type)}
            value={definition}
            onChange={onChange}
            errorAt={errorAt}
            pointer="/definition"
            ids={ids}
          />
        </Card>
      ) : (
        <div>
          <Button onClick={() => setOpen(true)}>{t(WORDS.more)}</Button>
        </div>
      )}
    </>
  )
}

function schemaOf(type: ProgramType): FormSchema {
  const all = (DefinitionSchema as unknown as FormSchema).anyOf ?? []
  return all.find(({ properties }) => properties?.type?.const === type) ?? {}
}

const WORDS = {
  all: { en: 'All rules and options', ar: 'جميع القواعد والخيارات' },
  more: { en: 'More rules and options', ar: 'قواعد وخيارات أخرى' },
}
