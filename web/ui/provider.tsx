// What every component needs around it: Mantine with our theme, the direction of the text, and the
// nonce for the styles that Mantine generates.
import { DirectionProvider, MantineProvider } from '@mantine/core'
import { lazy, type ReactNode, Suspense, useSyncExternalStore } from 'react'
import { cssVariablesResolver, theme } from '../theme/theme.ts'
import { usePreferences, useScheme } from '../words/preferences.ts'
import { askedQuestion, subscribe } from './confirm.ts'
import { Toasts } from './toast.tsx'

export function UiProvider({ children }: { children: ReactNode }) {
  const { language } = usePreferences()
  const direction = language === 'ar' ? 'rtl' : 'ltr'
  return (
    <DirectionProvider initialDirection={direction}>
      <MantineProvider
        theme={theme}
        forceColorScheme={useScheme()}
        cssVariablesResolver={cssVariablesResolver}
        getStyleNonce={readNonce}
        // All variables are generated here, instead of 27 kB of Mantine's defaults in the stylesheet.
        deduplicateCssVariables={false}
      >
        {children}
        <Questions />
        <Toasts />
      </MantineProvider>
    </DirectionProvider>
  )
}

const ConfirmDialog = lazy(() => import('./confirm-dialog.tsx').then((file) => ({ default: file.ConfirmDialog })))

function Questions() {
  const question = useSyncExternalStore(subscribe, askedQuestion)
  return question === null ? null : (
    <Suspense>
      <ConfirmDialog />
    </Suspense>
  )
}

// A library below Mantine's dialogs reads the nonce of its styles here.
Object.assign(globalThis, { __webpack_nonce__: readNonce() })

/** The policy of the page allows generated styles with this value only. */
function readNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}
