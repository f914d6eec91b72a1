// A menu of acts or choices below a button.
import { cloneElement, lazy, Suspense, useState } from 'react'
import type { MenuProps } from './menu-props.ts'

export type { MenuItem, MenuProps } from './menu-props.ts'

const load = () => import('./menu-view.tsx')
const MenuView = lazy(() => load().then((file) => ({ default: file.MenuView })))

/** Only the button, until it is pressed: menus are a tenth of the script of the first view. */
export function Menu(props: MenuProps) {
  const [isUsed, setUsed] = useState(false)
  const button = cloneElement(props.trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onClick: () => setUsed(true),
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
  })
  if (!isUsed) return button
  return (
    <Suspense fallback={button}>
      <MenuView {...props} />
    </Suspense>
  )
}
