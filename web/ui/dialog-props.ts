// What a dialog is given.
import type { ReactNode } from 'react'

export interface DialogProps {
  title: ReactNode
  /** Pixels. */
  width?: number
  /** Without it, only the acts in the dialog close it. */
  onClose?: (() => void) | undefined
  children: ReactNode
}
