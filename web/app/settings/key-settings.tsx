// Settings › API keys: what other systems may do; created, shown once, revoked.
import { IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ApiKey } from '../../../contract/api/business.ts'
import { SCOPE_NAMES } from '../../../contract/scope-names.ts'
import { SCOPES } from '../../../contract/scopes.ts'
import { api } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { confirm } from '../../ui/confirm.ts'
import { Row, Space, Stack } from '../../ui/layout.tsx'
import { BackLink, Page } from '../../ui/page.tsx'
import { Empty, Failed, QueryView } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { Code, Day } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { actorText } from '../actor-text.ts'
import { useBusiness } from '../business.tsx'
import { KEYS as WORDS } from './key.words.ts'
import { KeyDialog } from './key-dialog.tsx'
import { presetOf } from './key-presets.ts'
import { SETTINGS } from './settings.tsx'

const KEY = ['keys']

export function KeySettings() {
  const { t } = useWords()
  const { can } = useBusiness()
  const queries = useQueryClient()
  const [isAdding, setAdding] = useState(false)
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<{ data: ApiKey[] }>('/keys', { signal }),
  })
  const add = can('keys:write') && (
    <Button variant="primary" icon={IconPlus} onClick={() => setAdding(true)}>
      {t(WORDS.add)}
    </Button>
  )
  return (
    <Page
      title={t(WORDS.title)}
      subtitle={
        <>
          {t(WORDS.subtitle)}{' '}
          {can('connections:read') && (
            <Link to="/connect" className="link">
              {t(WORDS.pos)}
            </Link>
          )}
        </>
      }
      actions={add || undefined}
      width="narrow"
      back={<BackLink to="/settings">{t(SETTINGS)}</BackLink>}
    >
      <QueryView query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title={t(WORDS.noneTitle)} action={add || undefined}>
              {t(WORDS.noneText)}
            </Empty>
          ) : (
            <Stack>
              {data.map((key) => (
                <KeyCard key={key.id} apiKey={key} />
              ))}
            </Stack>
          )
        }
      </QueryView>
      {isAdding && (
        <KeyDialog
          onClose={() => {
            setAdding(false)
            void queries.invalidateQueries({ queryKey: KEY })
          }}
        />
      )}
    </Page>
  )
}

function KeyCard({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useWords()
  const { can } = useBusiness()
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  const { id, name, prefix, scopes, created_at: created, created_by: by, revoked_at: revoked, expires_at: end } = apiKey
  const isExpired = end !== null && Date.parse(end) <= Date.now()
  const revoke = async () => {
    const question = {
      title: `${t(WORDS.revoke)}: ${name}`,
      text: t(WORDS.revokeText),
      act: t(WORDS.revoke),
      danger: true,
    }
    if (!(await confirm(question))) return
    setError(null)
    try {
      await api.delete(`/keys/${id}`)
      toast(WORDS.revokedToast)
    } catch (failure) {
      setError(failure)
    }
    await queries.invalidateQueries({ queryKey: KEY })
  }
  const who = actorText(by)
  const preset = presetOf(new Set(scopes))
  return (
    <Card>
      <Stack gap={12}>
        <Row wrap>
          <b>{name}</b>
          <Code value={`${prefix}…`} />
          <Chip tone={revoked ? 'fail' : isExpired ? 'neutral' : 'good'}>
            {t(revoked ? WORDS.revoked : isExpired ? WORDS.expired : WORDS.valid)}
          </Chip>
          <Space />
          {can('keys:write') && revoked === null && (
            <Button size="small" variant="quiet" onClick={() => void revoke()}>
              {t(WORDS.revoke)}
            </Button>
          )}
        </Row>
        {error != null && <Failed error={error} isWrite />}
        <p className="dim sm">
          {t(WORDS.created)} <Day value={created} />
          {who && ` · ${t(who)}`}
          {revoked !== null && (
            <>
              {' · '}
              {t(WORDS.revoked)} <Day value={revoked} />
            </>
          )}
        </p>
        <details>
          <summary>
            {t(WORDS.scopes)}:{' '}
            {t(
              scopes.length === SCOPES.length ? WORDS.all : (preset?.name ?? SCOPE_NAMES[scopes[0] ?? 'business:read']),
            )}
            {scopes.length > 1 && !preset && scopes.length < SCOPES.length && ` +${scopes.length - 1}`}
          </summary>
          <ul>
            {scopes.map((scope) => (
              <li key={scope}>
                {t(SCOPE_NAMES[scope])} <Code value={scope} />
              </li>
            ))}
          </ul>
        </details>
      </Stack>
    </Card>
  )
}
