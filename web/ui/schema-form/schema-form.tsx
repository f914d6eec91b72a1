// A form drawn from a JSON schema of contract/: labels and hints in both languages, units, choices,
// lists, and unions by their discriminator. Errors stand at their fields, by JSON pointer.
import { lazy, Suspense } from 'react'
import { Loading } from '../states.tsx'
import type { SchemaFormProps } from './context.ts'

export type { SchemaFormProps } from './context.ts'

const SchemaFormView = lazy(() => import('./schema-form-view.tsx').then((file) => ({ default: file.SchemaFormView })))

export function SchemaForm(props: SchemaFormProps) {
  return (
    <Suspense fallback={<Loading rows={6} />}>
      <SchemaFormView {...props} />
    </Suspense>
  )
}
