// The address and the token of a POS of the business, to copy, together with an order to try.
import { IconRefresh } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { PosStatus } from '../../../contract/api/onboarding.ts'
import { createToken } from '../../api/connect.ts'
import { Button } from '../../ui/button.tsx'
import { CopyBlock, CopyField } from '../../ui/copy.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { Failed } from '../../ui/states.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { exampleOrder } from './example-order.ts'
import { WORDS } from './words.ts'

export function PasteStep({ status: { pos, order_url, references } }: { status: PosStatus }) {
  const { t } = useWords()
  const { can } = useBusiness()
  const create = useMutation({ mutationFn: () => createToken(pos) })
  const token = create.data?.token ?? null
  return (
    <Stack gap={12}>
      <CopyField label={t(WORDS.address)} value={order_url} />
      {token !== null && (
        <>
          <CopyField label={t(WORDS.token)} value={token} secret />
          <CopyBlock label={t(WORDS.json)} value={JSON.stringify({ url: order_url, token }, null, 2)} />
          <CopyBlock label={t(WORDS.example)} value={exampleOrder(references[0] ?? '1234', new Date())} />
          <p className="sub">{t(WORDS.tokenOnce)}</p>
        </>
      )}
      {create.error && <Failed error={create.error} isWrite />}
      {can('connections:write') && (
        <Row>
          <Button
            variant={token === null ? 'primary' : 'plain'}
            icon={token === null ? undefined : IconRefresh}
            busy={create.isPending}
            onClick={() => create.mutate()}
          >
            {t(token === null ? WORDS.createToken : WORDS.newToken)}
          </Button>
        </Row>
      )}
    </Stack>
  )
}
