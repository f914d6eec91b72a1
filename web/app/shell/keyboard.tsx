// Keys that work on every screen. They are read by their place on the keyboard (`event.code`): on an
// Arabic layout the key of K is «ن».
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useDestinations } from '../use-destinations.ts'
import { createKeys, type Press } from './keys.ts'

const Palette = lazy(() => import('./palette.tsx').then((file) => ({ default: file.Palette })))
const Shortcuts = lazy(() => import('./shortcuts.tsx').then((file) => ({ default: file.Shortcuts })))

type Panel = 'palette' | 'shortcuts'
let show: (panel: Panel) => void = () => {}

export function openPalette(): void {
  show('palette')
}

export function openShortcuts(): void {
  show('shortcuts')
}

export function Keyboard() {
  const [panel, setPanel] = useState<Panel | null>(null)
  const navigate = useNavigate()
  const destinations = useDestinations()
  useEffect(() => {
    show = setPanel
    const press = createKeys({
      palette: () => setPanel((open) => (open === 'palette' ? null : 'palette')),
      shortcuts: () => setPanel('shortcuts'),
      go: (code) => {
        const found = destinations.find(({ key }) => key === code)
        if (found) void navigate({ to: found.to })
        return found !== undefined
      },
    })
    const listen = (event: KeyboardEvent) => {
      if (press(toPress(event))) event.preventDefault()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [navigate, destinations])
  return (
    <Suspense>
      {panel === 'palette' && <Palette onClose={() => setPanel(null)} />}
      {panel === 'shortcuts' && <Shortcuts onClose={() => setPanel(null)} />}
    </Suspense>
  )
}

function toPress(event: KeyboardEvent): Press {
  const target = event.target instanceof HTMLElement ? event.target : null
  const isTyping = target?.closest('input, textarea, select, [contenteditable]') != null
  const isInDialog = target?.closest('[role=dialog], [role=menu], [role=listbox]') != null
  return {
    code: event.code,
    command: event.ctrlKey || event.metaKey,
    shift: event.shiftKey,
    alt: event.altKey,
    isBusy: isTyping || isInDialog,
    at: event.timeStamp,
  }
}
