// The bottom bar of a phone: four screens, and a menu with the others.
import { IconMenu2 } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useWords } from '../../words/use-words.ts'
import { useDestinations } from '../use-destinations.ts'
import css from './bottom-bar.module.css'
import { usePersonItems } from './person-menu.tsx'
import { WORDS } from './words.ts'

export function BottomBar() {
  const { t } = useWords()
  const navigate = useNavigate()
  const person = usePersonItems()
  const all = useDestinations()
  const others = all.filter(({ onPhone }) => !onPhone)
  return (
    <nav className={`${css.bar} no-print`} aria-label={t(WORDS.navigation)}>
      {all
        .filter(({ onPhone }) => onPhone)
        .map(({ to, label, icon }) => (
          <Link
            key={to}
            to={to}
            className={css.item}
            activeProps={{ className: css.on, 'aria-current': 'page' }}
            activeOptions={{ exact: to === '/', includeSearch: false }}
          >
            <Icon of={icon} size={22} />
            {t(label)}
          </Link>
        ))}
      <Menu
        align="end"
        trigger={
          <button type="button" className={css.item}>
            <Icon of={IconMenu2} size={22} />
            {t(WORDS.more)}
          </button>
        }
        groups={[
          others.map(({ to, label, icon }) => ({ label: t(label), icon, onSelect: () => void navigate({ to }) })),
          ...person,
        ]}
      />
    </nav>
  )
}
