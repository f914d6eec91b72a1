// The frame of a screen: where it is, its title, what it says in one line, and its acts.
import { IconArrowLeft } from '@tabler/icons-react'
import { createLink, type LinkComponent } from '@tanstack/react-router'
import { type AnchorHTMLAttributes, type ReactNode, useEffect } from 'react'
import { Icon } from './icon.tsx'
import css from './page.module.css'

export interface PageProps {
  title: ReactNode
  /** For the tab of the browser, when the title is more than text. */
  name?: string
  /** Beside the title: a state. */
  chips?: ReactNode
  /** One line below the title. */
  subtitle?: ReactNode
  /** Above the title: `<BackLink to="/customers">{t(words.customers)}</BackLink>`. */
  back?: ReactNode
  /** Before the title: a picture or glyph. */
  picture?: ReactNode
  /** Acts at the end; on a phone they stand in a bar above the navigation. */
  actions?: ReactNode
  /** `wide` uses the whole window, for tables of many columns. */
  width?: 'normal' | 'narrow' | 'wide'
  children?: ReactNode
}

export function Page({ title, name, chips, subtitle, back, picture, actions, width = 'normal', children }: PageProps) {
  const tab = name ?? (typeof title === 'string' ? title : undefined)
  useEffect(() => {
    document.title = tab === undefined ? 'LoyaPro' : `${tab} · LoyaPro`
  }, [tab])
  return (
    <div className={`${css.page} ${css[width]}`}>
      {back}
      <header className={css.head}>
        {picture}
        <div className={css.title}>
          <div className={css.line}>
            <h1>{title}</h1>
            {chips}
          </div>
          {subtitle !== undefined && <p className="sub">{subtitle}</p>}
        </div>
        {actions !== undefined && <div className={`${css.actions} no-print`}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

function Back({ children, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a {...rest} className={`${css.back} no-print`}>
      <Icon of={IconArrowLeft} size={16} flip />
      {children}
    </a>
  )
}

/** To the list that this record is in. */
export const BackLink: LinkComponent<typeof Back> = createLink(Back)
