// The business that is shown, and the others of the person.
import { IconSelector } from '@tabler/icons-react'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useWords } from '../../words/use-words.ts'
import { nameOf, useBusiness } from '../business.tsx'
import { useSwitch } from '../use-switch.ts'
import css from './business-switch.module.css'
import { ROLES, WORDS } from './words.ts'

/** `short`: for the top bar of a phone. */
export function BusinessSwitch({ short = false }: { short?: boolean }) {
  const { t } = useWords()
  const { business, role, memberships } = useBusiness()
  const open = useSwitch()
  const name = t(nameOf(business.name))
  const content = (
    <>
      <span className={css.picture} aria-hidden="true">
        {firstLetter(name)}
      </span>
      <span className={css.names}>
        <b>{name}</b>
        {!short && <small>{t(ROLES[role])}</small>}
      </span>
    </>
  )
  const className = `${css.business} ${short ? css.short : ''}`
  if (memberships.length === 1) return <div className={className}>{content}</div>
  return (
    <Menu
      title={t(WORDS.switchBusiness)}
      trigger={
        <button
          type="button"
          className={className}
          aria-label={`${name} ${short ? '' : t(ROLES[role])}. ${t(WORDS.switchBusiness)}`}
        >
          {content}
          <Icon of={IconSelector} size={16} className={css.more} />
        </button>
      }
      groups={[
        memberships.map((one) => ({
          label: t(nameOf(one.business.name)),
          hint: t(ROLES[one.role]),
          checked: one.business.id === business.id,
          onSelect: () => void open(one.business.id),
        })),
      ]}
    />
  )
}

/** Without the Arabic article, which most names begin with. */
function firstLetter(name: string): string {
  return [...name.replace(/^ال/, '')][0]?.toUpperCase() ?? ''
}
