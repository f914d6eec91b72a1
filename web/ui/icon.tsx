// An icon of Tabler in our size and stroke. `flip`: it points somewhere, so it is mirrored in Arabic.
import type { Icon as TablerIcon } from '@tabler/icons-react'

export interface IconProps {
  of: TablerIcon
  size?: number
  flip?: boolean
  /** What it says; without it, the words beside it say it already. */
  label?: string
  className?: string | undefined
}

export function Icon({ of: Shape, size = 18, flip = false, label, className = '' }: IconProps) {
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return <Shape size={size} stroke={1.7} className={`${flip ? 'flip ' : ''}${className}`} {...named} />
}
