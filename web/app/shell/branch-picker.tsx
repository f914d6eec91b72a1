// The branch that every screen is narrowed to; in the URL.
import { IconBuildingStore, IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { branchesQuery } from '../../api/business.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useWords } from '../../words/use-words.ts'
import { nameOf, useBusiness } from '../business.tsx'
import { useScope } from '../use-scope.ts'
import css from './top-bar.module.css'
import { WORDS } from './words.ts'

export function BranchPicker() {
  const { t } = useWords()
  const { can, branches: allowed } = useBusiness()
  const { branch } = useScope()
  const navigate = useNavigate()
  const { data } = useQuery({ ...branchesQuery, enabled: can('business:read') })
  const branches = data?.data.filter(({ id }) => allowed === null || allowed.includes(id)) ?? []
  if (branches.length < 2) return null
  const chosen = branches.find(({ id }) => id === branch)
  const choose = (id: string | undefined) =>
    void navigate({ to: '.', search: (former) => ({ ...former, branch: id }), replace: true })
  const label = chosen ? t(nameOf(chosen.name)) : t(WORDS.allBranches)
  return (
    <Menu
      align="end"
      title={t(WORDS.branch)}
      trigger={
        <Button
          size="small"
          icon={IconBuildingStore}
          className={css.picker}
          aria-label={`${t(WORDS.branch)}: ${label}`}
        >
          <span>{label}</span>
          <Icon of={IconChevronDown} size={14} />
        </Button>
      }
      groups={[
        [{ label: t(WORDS.allBranches), checked: chosen === undefined, onSelect: () => choose(undefined) }],
        branches.map(({ id, name }) => ({
          label: t(nameOf(name)),
          checked: id === branch,
          onSelect: () => choose(id),
        })),
      ]}
    />
  )
}
