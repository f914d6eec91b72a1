// A POS that several businesses use: the merchant agrees there, or proves the reference with a code.
import { IconExternalLink } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { PosStatus } from '../../../contract/api/onboarding.ts'
import { createConnectionCode, installationsQuery, startConsent } from '../../api/connect.ts'
import { Button } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copy.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { Failed } from '../../ui/states.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { Step } from './step.tsx'
import { WORDS } from './words.ts'

export function AgreeStep({ status: { pos, references, order_url } }: { status: PosStatus }) {
  const { t } = useWords()
  const { can } = useBusiness()
  const installations = useQuery(installationsQuery)
  const consent = useMutation({
    mutationFn: () => startConsent(pos),
    onSuccess: ({ url }) => window.location.assign(url),
  })
  const code = useMutation({ mutationFn: () => createConnectionCode(pos) })
  const isAgreed = installations.data?.data.some((one) => one.pos === pos && one.status === 'connected') === true
  const mayWrite = can('connections:write')
  return (
    <>
      {pos === 'foodics' && (
        <Step number={1} title={t(WORDS.agree)} text={t(WORDS.agreeText)} isDone={isAgreed}>
          {mayWrite && !isAgreed && (
            <Row>
              <Button
                variant="primary"
                icon={IconExternalLink}
                flip
                busy={consent.isPending}
                onClick={() => consent.mutate()}
              >
                {t(WORDS.toFoodics)}
              </Button>
            </Row>
          )}
          {consent.error && <Failed error={consent.error} isWrite />}
        </Step>
      )}
      <Step
        number={2}
        title={t(WORDS.code)}
        text={references.length > 0 ? t(WORDS.known(references.join(', '))) : t(WORDS.codeText)}
        isDone={references.length > 0}
      >
        <Stack gap={12}>
          <CopyField label={t(WORDS.address)} value={order_url} />
          {code.data?.code && <CopyField label={t(WORDS.code)} value={code.data.code} />}
          {code.error && <Failed error={code.error} isWrite />}
          {mayWrite && references.length === 0 && (
            <Row>
              <Button busy={code.isPending} onClick={() => code.mutate()}>
                {t(WORDS.getCode)}
              </Button>
            </Row>
          )}
        </Stack>
      </Step>
    </>
  )
}
