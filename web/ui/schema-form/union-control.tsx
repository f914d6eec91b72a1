// A union: the kind first, then the fields of that kind.
import { useWords } from '../../words/use-words.ts'
import { SelectField } from '../fields.tsx'
import { Stack } from '../layout.tsx'
import type { ControlProps } from './context.ts'
import { branchOf, constantOf, descriptionOf, discriminatorOf, switchBranch, titleOf } from './schema.ts'

export function UnionControl({ schema, value, onChange, pointer, context }: ControlProps) {
  const { t } = useWords()
  const branches = schema.anyOf ?? []
  const branch = branchOf(schema, value)
  const description = descriptionOf(branch)
  const choose = (constant: string | undefined) => {
    const next = branches.find((one) => constantOf(schema, one) === constant)
    if (next) onChange(switchBranch(schema, value, next))
  }
  return (
    <Stack>
      <SelectField
        label={t(WORDS.kind)}
        hint={description ? t(description) : undefined}
        value={constantOf(schema, branch)}
        options={branches.map((one) => ({ value: constantOf(schema, one), label: t(titleOf(one)) }))}
        onChange={choose}
        error={context.errorAt(`${pointer}/${discriminatorOf(schema)}`)}
      />
      <context.Fields schema={branch} value={value} onChange={onChange} pointer={pointer} context={context} />
    </Stack>
  )
}

const WORDS = { kind: { en: 'Kind', ar: 'النوع' } }
