// Entry point of the dashboard.
import '../theme/tokens.css'
import '../theme/mantine.css'
import '../theme/base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from '../api/queries.ts'
import { UiProvider } from '../ui/provider.tsx'
import { dressPage } from '../words/preferences.ts'
import { createAppRouter } from './router.tsx'

dressPage()
const queries = createQueryClient()
const router = createAppRouter(queries)

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

const place = document.getElementById('app')
if (place) {
  createRoot(place).render(
    <QueryClientProvider client={queries}>
      <UiProvider>
        <RouterProvider router={router} />
      </UiProvider>
    </QueryClientProvider>,
  )
}
