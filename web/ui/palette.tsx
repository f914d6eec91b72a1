// A palette of acts over the screen: type, choose with the arrows, Enter. The screen of a business
// gives the acts; see web/app/shell/palette.tsx.
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import '@mantine/core/styles/UnstyledButton.layer.css'
import '@mantine/core/styles/Paper.layer.css'
import '@mantine/core/styles/Popover.layer.css'
import '@mantine/core/styles/Overlay.layer.css'
import '@mantine/core/styles/ScrollArea.layer.css'
import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Modal.layer.css'
import '@mantine/core/styles/Input.layer.css'
import '@mantine/spotlight/styles.layer.css'
import { IconSearch, type Icon as TablerIcon } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { Icon } from './icon.tsx'
import css from './palette.module.css'

export interface PaletteAct {
  id: string
  label: ReactNode
  hint?: ReactNode
  icon?: TablerIcon
  onSelect(): void
}

export interface PaletteProps {
  placeholder: string
  query: string
  onQuery(query: string): void
  groups: readonly { label: string; acts: readonly PaletteAct[] }[]
  /** When nothing matches. */
  empty: ReactNode
  onClose(): void
}

export function PaletteView({ placeholder, query, onQuery, groups, empty, onClose }: PaletteProps) {
  const [[store, spotlight]] = useState(createSpotlight)
  useEffect(() => spotlight.open(), [spotlight])
  const shown = groups.filter(({ acts }) => acts.length > 0)
  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={onQuery}
      onSpotlightClose={onClose}
      radius={14}
      size={600}
      overlayProps={{ backgroundOpacity: 0.45, color: '#0d1412' }}
      transitionProps={{ duration: 120 }}
      classNames={{ content: css.content, search: css.search }}
    >
      <Spotlight.Search placeholder={placeholder} aria-label={placeholder} leftSection={<Icon of={IconSearch} />} />
      <Spotlight.ActionsList className={css.list}>
        {shown.map(({ label, acts }) => (
          <Spotlight.ActionsGroup key={label} label={label} className={css.group}>
            {acts.map(({ id, label: text, hint, icon, onSelect }) => (
              <Spotlight.Action
                key={id}
                className={css.act}
                onClick={() => {
                  onSelect()
                  onClose()
                }}
              >
                {icon && <Icon of={icon} />}
                <span className={css.text}>{text}</span>
                {hint !== undefined && <span className={css.hint}>{hint}</span>}
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {shown.length === 0 && <Spotlight.Empty>{empty}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}
