// The reference of the business in a POS of its own: it needs no other proof.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PosStatus } from '../../../contract/api/onboarding.ts'
import { connectReference } from '../../api/connect.ts'
import { ApiError } from '../../api/error.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { WORDS } from './words.ts'

export function ReferenceStep({ status: { pos, references } }: { status: PosStatus }) {
  const { t } = useWords()
  const { can } = useBusiness()
  const [reference, setReference] = useState('')
  const { connect, error, isPending } = useConnectReference(pos)
  return (
    <Stack gap={12}>
      {references.length > 0 && <p>{t(WORDS.known(references.join(', ')))}</p>}
      {references.length === 0 && can('connections:write') && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (reference.trim() !== '') connect(reference.trim())
          }}
        >
          <Stack gap={12}>
            <TextField
              label={t(WORDS.referenceLabel)}
              value={reference}
              onChange={setReference}
              maxLength={100}
              ltr
              error={error instanceof ApiError ? t(error.text) : undefined}
            />
            <Row>
              <Button type="submit" busy={isPending} disabled={reference.trim() === ''}>
                {t(WORDS.save)}
              </Button>
            </Row>
          </Stack>
        </form>
      )}
    </Stack>
  )
}

export function useConnectReference(pos: string) {
  const queries = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    mutationFn: (reference: string) => connectReference(pos, reference),
    onSuccess: ({ reference }) => {
      toast(WORDS.nowConnected(reference))
      return queries.invalidateQueries()
    },
  })
  return { connect: mutate, error, isPending }
}
