// What a menu is given.
import type { Icon as TablerIcon } from '@tabler/icons-react'
import type { ReactElement, ReactNode } from 'react'

export interface MenuItem {
  label: ReactNode
  /** Below the label. */
  hint?: ReactNode
  icon?: TablerIcon
  /** For a choice: whether it is the chosen one. */
  checked?: boolean
  tone?: 'plain' | 'danger'
  disabled?: boolean
  onSelect(): void
}

export interface MenuProps {
  /** The button. */
  trigger: ReactElement<Record<string, unknown>>
  /** Groups are divided by a line. */
  groups: readonly (readonly MenuItem[])[]
  /** Where the menu begins, under the button. */
  align?: 'start' | 'end'
  /** Above the first group. */
  title?: ReactNode
  /** Several can be chosen: the menu stays open. */
  several?: boolean
}
