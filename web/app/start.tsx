// Draws the dashboard into the page.
import './load-fonts.ts'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { UiProvider } from '../ui/provider.tsx'
import { dressPage } from '../words/preferences.ts'
import { createAppRouter } from './router.tsx'

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}

export function start(queries: QueryClient): void {
  dressPage()
  const router = createAppRouter(queries)
  const place = document.getElementById('app')
  if (!place) return
  createRoot(place).render(
    <QueryClientProvider client={queries}>
      <UiProvider>
        <RouterProvider router={router} />
      </UiProvider>
    </QueryClientProvider>,
  )
}
