// The side bar: the business, the screens, the person. A rail of icons below 1100 px.
import { Link } from '@tanstack/react-router'
import { Icon } from '../../ui/icon.tsx'
import { Logo, Mark } from '../../ui/logo.tsx'
import { useWords } from '../../words/use-words.ts'
import type { Destination } from '../navigation.ts'
import { useDestinations } from '../use-destinations.ts'
import { BusinessSwitch } from './business-switch.tsx'
import { PersonMenu } from './person-menu.tsx'
import css from './side-bar.module.css'
import { WORDS } from './words.ts'

export function SideBar() {
  const { t } = useWords()
  const all = useDestinations()
  return (
    <header className={`${css.side} no-print`}>
      <Link to="/" className={css.brand} aria-label="LoyaPro">
        <span className={css.wide}>
          <Logo height={26} />
        </span>
        <span className={css.narrow}>
          <Mark size={28} />
        </span>
      </Link>
      <BusinessSwitch />
      <nav aria-label={t(WORDS.navigation)} className={css.nav}>
        <List of={all.filter(({ place }) => place === 'main')} />
        <List of={all.filter(({ place }) => place === 'more')} />
      </nav>
      <PersonMenu />
    </header>
  )
}

function List({ of }: { of: readonly Destination[] }) {
  const { t } = useWords()
  return (
    <ul>
      {of.map(({ to, label, icon }) => (
        <li key={to}>
          <Link
            to={to}
            className={css.item}
            activeProps={{ className: css.on, 'aria-current': 'page' }}
            activeOptions={{ exact: to === '/', includeSearch: false }}
            title={t(label)}
          >
            <Icon of={icon} />
            <span className={css.label}>{t(label)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
