// One delivery: what came of it, what was sent, and replay.
import { IconRefresh } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Delivery as DeliveryHead, DeliveryInFull } from '../../../contract/api/deliveries.ts'
import { api } from '../../api/client.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { CopyBlock } from '../../ui/copy.tsx'
import { Stack } from '../../ui/layout.tsx'
import { BackLink, Page } from '../../ui/page.tsx'
import { Failed, QueryView } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { Ago, Moment } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { RESULT_TONES } from './tones.ts'
import { WORDS } from './words.ts'

export function Delivery() {
  const { t } = useWords()
  const { can } = useBusiness()
  const queries = useQueryClient()
  const { id } = useParams({ from: '/shell/deliveries/$id' })
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const query = useQuery({
    queryKey: ['/deliveries', id],
    queryFn: ({ signal }) => api.get<DeliveryHead>(`/deliveries/${id}`, { signal }),
  })
  const replay = async () => {
    setError(null)
    setBusy(true)
    await api
      .post(`/deliveries/${id}/replay`)
      .then(() => toast(WORDS.replayed))
      .catch(setError)
    await queries.invalidateQueries()
    setBusy(false)
  }
  const { data } = query
  return (
    <Page
      width="narrow"
      title={t(WORDS.delivery)}
      back={<BackLink to="/deliveries">{t(WORDS.deliveries)}</BackLink>}
      chips={data && <Chip tone={RESULT_TONES[data.result]}>{t(WORDS.results[data.result])}</Chip>}
      {...(data && {
        subtitle: (
          <>
            {data.pos} · <Moment value={data.received_at} />
          </>
        ),
      })}
      actions={
        <>
          {data?.order_id && can('orders:read') && (
            <ButtonLink to="/orders/$id" params={{ id: data.order_id }}>
              {t(WORDS.openOrder)}
            </ButtonLink>
          )}
          {data && can('deliveries:write') && (
            <Button icon={IconRefresh} busy={isBusy} onClick={() => void replay()}>
              {t(WORDS.replay)}
            </Button>
          )}
        </>
      }
    >
      <QueryView query={query}>
        {(delivery) => (
          <Stack gap={20}>
            {error != null && <Failed error={error} isWrite />}
            <Card>
              <Stack gap={8}>
                <p>{t(WORDS.meanings[delivery.result])}</p>
                {(delivery.error ?? delivery.reason) && (
                  <p className={delivery.error ? 'bad' : 'dim'}>
                    <bdi className="ltr">{delivery.error ?? delivery.reason}</bdi>
                  </p>
                )}
                {delivery.replayed_at && (
                  <p className="dim sm">
                    {t(WORDS.replayedAt)}: <Ago value={delivery.replayed_at} />
                  </p>
                )}
              </Stack>
            </Card>
            {can('deliveries:body') && <Body id={id} />}
          </Stack>
        )}
      </QueryView>
    </Page>
  )
}

/** Loaded when it is asked for: it has personal data. */
function Body({ id }: { id: string }) {
  const { t } = useWords()
  const [isShown, setShown] = useState(false)
  const query = useQuery({
    queryKey: ['/deliveries', id, 'body'],
    queryFn: ({ signal }) => api.get<DeliveryInFull>(`/deliveries/${id}`, { query: { include: 'body' }, signal }),
    enabled: isShown,
  })
  return (
    <Card title={t(WORDS.body)}>
      {isShown ? (
        <QueryView query={query}>
          {({ body }) => <CopyBlock label={t(WORDS.body)} value={JSON.stringify(body, null, 2)} />}
        </QueryView>
      ) : (
        <Stack gap={12}>
          <p className="sub">{t(WORDS.bodyText)}</p>
          <div>
            <Button onClick={() => setShown(true)}>{t(WORDS.showBody)}</Button>
          </div>
        </Stack>
      )}
    </Card>
  )
}
