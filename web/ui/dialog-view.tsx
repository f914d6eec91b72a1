// The dialog itself: loaded when the first one is opened.
import { Modal } from '@mantine/core'
import '@mantine/core/styles/UnstyledButton.layer.css'
import '@mantine/core/styles/Paper.layer.css'
import '@mantine/core/styles/Popover.layer.css'
import '@mantine/core/styles/Overlay.layer.css'
import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Modal.layer.css'
import { useWords } from '../words/use-words.ts'
import css from './dialog.module.css'
import type { DialogProps } from './dialog-props.ts'

export function DialogView({ title, width = 460, onClose, children }: DialogProps) {
  const { t } = useWords()
  return (
    <Modal.Root
      opened
      onClose={onClose ?? (() => {})}
      size={width}
      centered
      radius={14}
      transitionProps={{ duration: 120, transition: 'pop' }}
      classNames={{ inner: css.inner, content: css.content }}
    >
      <Modal.Overlay backgroundOpacity={0.45} color="#0d1412" />
      <Modal.Content>
        <header className={css.head}>
          <Modal.Title className={css.title}>{title}</Modal.Title>
          {onClose && (
            <button type="button" className={css.close} onClick={onClose} aria-label={t(CLOSE)} title={t(CLOSE)}>
              <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
                <path
                  d="M6 6l12 12M18 6L6 18"
                  fill="none"
                  stroke="currentColor"
                  strokeWidth="1.7"
                  strokeLinecap="round"
                />
              </svg>
            </button>
          )}
        </header>
        <div className={css.body}>{children}</div>
      </Modal.Content>
    </Modal.Root>
  )
}

const CLOSE = { en: 'Close', ar: 'إغلاق' }
