// A menu of acts or choices below a button.
import { Menu as MantineMenu } from '@mantine/core'
import { IconCheck, type Icon as TablerIcon } from '@tabler/icons-react'
import type { ReactElement, ReactNode } from 'react'
import { Icon } from './icon.tsx'
import css from './menu.module.css'

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
  trigger: ReactElement
  /** Groups are divided by a line. */
  groups: readonly (readonly MenuItem[])[]
  /** Where the menu begins, under the button. */
  align?: 'start' | 'end'
  /** Above the first group. */
  title?: ReactNode
  /** Several can be chosen: the menu stays open. */
  several?: boolean
}

export function Menu({ trigger, groups, align = 'start', title, several = false }: MenuProps) {
  const shown = groups.filter((group) => group.length > 0)
  return (
    <MantineMenu
      position={`bottom-${align}`}
      shadow="lg"
      radius={12}
      offset={6}
      classNames={{ dropdown: css.dropdown }}
    >
      <MantineMenu.Target>{trigger}</MantineMenu.Target>
      <MantineMenu.Dropdown>
        {title !== undefined && <div className={css.title}>{title}</div>}
        {shown.map((group, index) => (
          <div key={index} className={css.group}>
            {group.map((item, place) => (
              <Item key={place} {...item} several={several} />
            ))}
          </div>
        ))}
      </MantineMenu.Dropdown>
    </MantineMenu>
  )
}

interface ItemProps extends MenuItem {
  several: boolean
}

function Item({ label, hint, icon, checked, tone = 'plain', disabled = false, onSelect, several }: ItemProps) {
  const role = several ? 'menuitemcheckbox' : 'menuitemradio'
  const choice = checked === undefined ? {} : { role, 'aria-checked': checked }
  return (
    <MantineMenu.Item className={`${css.item} ${css[tone]}`} disabled={disabled} onClick={onSelect} {...choice}>
      <span className={css.content}>
        {icon && <Icon of={icon} />}
        <span className={css.label}>
          {label}
          {hint !== undefined && <small>{hint}</small>}
        </span>
        {checked === true && <Icon of={IconCheck} size={16} className={css.check} />}
      </span>
    </MantineMenu.Item>
  )
}
