// The menu itself, with its list and positions: loaded when the first menu of the page is opened.
import { Menu as MantineMenu } from '@mantine/core'
import '@mantine/core/styles/UnstyledButton.layer.css'
import '@mantine/core/styles/Paper.layer.css'
import '@mantine/core/styles/Popover.layer.css'
import '@mantine/core/styles/Menu.layer.css'
import { IconCheck } from '@tabler/icons-react'
import { cloneElement, type Ref, useEffect, useRef, useState } from 'react'
import { Icon } from './icon.tsx'
import css from './menu.module.css'
import type { MenuItem, MenuProps } from './menu-props.ts'

/** Opens at once: it is drawn because its button was pressed. */
export function MenuView({ trigger, groups, align = 'start', title, several = false }: MenuProps) {
  const [isOpen, setOpen] = useState(false)
  const target = useRef<HTMLElement>(null)
  useEffect(() => {
    // The button was drawn anew, and has lost the focus that closing returns to.
    target.current?.focus()
    setOpen(true)
  }, [])
  const shown = groups.filter((group) => group.length > 0)
  return (
    <MantineMenu
      opened={isOpen}
      onChange={setOpen}
      position={`bottom-${align}`}
      shadow="lg"
      radius={12}
      offset={6}
      classNames={{ dropdown: css.dropdown }}
    >
      <MantineMenu.Target>{cloneElement(trigger, { ref: target as Ref<HTMLElement> })}</MantineMenu.Target>
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
  const choice = { role: several ? 'menuitemcheckbox' : 'menuitemradio', 'aria-checked': checked }
  return (
    <MantineMenu.Item
      className={`${css.item} ${css[tone]}`}
      disabled={disabled}
      onClick={onSelect}
      // Mantine gives every item the role of an act; a choice says whether it is chosen.
      {...(checked !== undefined && {
        renderRoot: (props: object) => <button type="button" {...props} {...choice} />,
      })}
    >
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
