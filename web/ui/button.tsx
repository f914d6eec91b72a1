// Buttons. One `primary` per view; `danger` for what cannot be undone; `quiet` beside others.

import type { Icon as TablerIcon } from '@tabler/icons-react'
import { createLink, type LinkComponent } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import css from './button.module.css'
import { Icon } from './icon.tsx'

interface Look {
  variant?: 'primary' | 'plain' | 'quiet' | 'danger'
  size?: 'small' | 'medium' | 'large'
  icon?: TablerIcon | undefined
  /** The icon points somewhere: mirrored in Arabic. */
  flip?: boolean
  /** As wide as its container. */
  wide?: boolean
}

export interface ButtonProps extends Look, ButtonHTMLAttributes<HTMLButtonElement> {
  /** Working: it cannot be pressed again, and says so. */
  busy?: boolean
  ref?: Ref<HTMLButtonElement>
}

export function Button({ variant, size, icon, flip, wide, busy = false, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classOf({ variant, size, wide }, rest.className)}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
    >
      <Content icon={icon} flip={flip} size={size}>
        {children}
      </Content>
    </button>
  )
}

interface AnchorProps extends Look, AnchorHTMLAttributes<HTMLAnchorElement> {
  ref?: Ref<HTMLAnchorElement>
}

/** A link that looks like a button, to another site or a file. */
export function ButtonAnchor({ variant, size, icon, flip, wide, children, ...rest }: AnchorProps) {
  return (
    <a {...rest} className={classOf({ variant, size, wide }, rest.className)}>
      <Content icon={icon} flip={flip} size={size}>
        {children}
      </Content>
    </a>
  )
}

/** A link to a screen that looks like a button: `<ButtonLink to="/programs/new">…`. */
export const ButtonLink: LinkComponent<typeof ButtonAnchor> = createLink(ButtonAnchor)

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon'> {
  icon: TablerIcon
  /** What it does; also shown as a tooltip of the browser. */
  label: string
}

export function IconButton({ icon, label, flip, variant = 'quiet', size, wide, busy, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`${classOf({ variant, size, wide }, rest.className)} ${css.square}`}
      disabled={rest.disabled === true || busy === true}
      aria-label={label}
      title={label}
    >
      <Icon of={icon} flip={flip ?? false} />
    </button>
  )
}

function Content({
  icon,
  flip = false,
  size,
  children,
}: Pick<Look, 'icon' | 'flip' | 'size'> & { children?: ReactNode }) {
  return (
    <>
      {icon && <Icon of={icon} flip={flip} size={size === 'small' ? 16 : 18} />}
      {children}
    </>
  )
}

function classOf({ variant = 'plain', size = 'medium', wide = false }: Look, more = ''): string {
  return [css.button, css[variant], css[size], wide ? css.wide : '', more].filter(Boolean).join(' ')
}
