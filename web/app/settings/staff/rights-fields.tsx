// The fields for a role and its branches.
import { useQuery } from '@tanstack/react-query'
import { ROLES as ROLE_KEYS, type Role } from '../../../../contract/roles.ts'
import { branchesQuery } from '../../../api/business.ts'
import { Checkbox, Choices } from '../../../ui/fields.tsx'
import { Stack } from '../../../ui/layout.tsx'
import { useWords } from '../../../words/use-words.ts'
import { nameOf } from '../../business.tsx'
import { ROLES } from '../../shell/words.ts'
import { ROLE_TEXTS, WORDS } from './words.ts'

export interface Rights {
  role: Role
  /** Null: all. */
  branches: string[] | null
}

interface Props {
  value: Rights
  onChange(value: Rights): void
  errorAt(pointer: string): string | undefined
}

export function RightsFields({ value, onChange, errorAt }: Props) {
  const { t } = useWords()
  const branches = useQuery(branchesQuery).data?.data ?? []
  const { role, branches: chosen } = value
  const toggle = (id: string, isChosen: boolean) =>
    onChange({ role, branches: [...(chosen ?? []).filter((one) => one !== id), ...(isChosen ? [id] : [])] })
  return (
    <Stack>
      <Choices
        label={t(WORDS.role)}
        value={role}
        options={ROLE_KEYS.map((key) => ({ value: key, label: t(ROLES[key]), hint: t(ROLE_TEXTS[key]) }))}
        onChange={(next) => onChange({ role: next, branches: next === 'owner' ? null : chosen })}
        error={errorAt('/role')}
      />
      {role !== 'owner' && branches.length > 0 && (
        <>
          <Choices
            label={t(WORDS.branches)}
            value={chosen === null ? 'all' : 'some'}
            options={[
              { value: 'all', label: t(WORDS.allBranches) },
              { value: 'some', label: t(WORDS.someBranches) },
            ]}
            onChange={(which) => onChange({ role, branches: which === 'all' ? null : [] })}
            error={chosen?.length === 0 && errorAt('/branches') ? t(WORDS.chooseBranch) : errorAt('/branches')}
          />
          {chosen !== null &&
            branches.map(({ id, name }) => (
              <Checkbox
                key={id}
                label={t(nameOf(name))}
                checked={chosen.includes(id)}
                onChange={(isChosen) => toggle(id, isChosen)}
              />
            ))}
        </>
      )}
    </Stack>
  )
}
