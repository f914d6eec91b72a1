// My account › Passkeys: added on this device, renamed, deleted.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Passkey } from '../../../contract/api/factors.ts'
import { api } from '../../api/client.ts'
import { addPasskey, deletePasskey, PASSKEYS_PATH, renamePasskey } from '../../api/factors.ts'
import { hasPasskeys, makePasskey, PasskeyStopped } from '../../api/passkey.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { confirm } from '../../ui/confirm.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form, useSend } from '../../ui/form.tsx'
import { Row, Space, Stack } from '../../ui/layout.tsx'
import { Failed, QueryView } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { Ago, Day } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { deviceOf } from './device.ts'
import { WORDS } from './factor.words.ts'
import { SESSIONS_PATH } from './sessions-section.tsx'

export function PasskeysSection() {
  const { t } = useWords()
  const query = useQuery({
    queryKey: [PASSKEYS_PATH],
    queryFn: ({ signal }) => api.get<{ data: Passkey[] }>(PASSKEYS_PATH, { signal }),
  })
  const refresh = useRefresh()
  const adding = useSend(async () => addPasskey(await makePasskey(deviceOf(navigator.userAgent) ?? t(WORDS.passkeys))))
  const add = async () => {
    if ((await adding.send()) === null) return
    toast(WORDS.added)
    await refresh()
  }
  const stopped = adding.error instanceof PasskeyStopped ? adding.error : null
  return (
    <Card title={t(WORDS.passkeys)}>
      <Stack>
        <p className="sub">{t(WORDS.passkeysText)}</p>
        <QueryView query={query}>
          {({ data }) =>
            data.length === 0 ? (
              <p className="dim">{t(WORDS.none)}</p>
            ) : (
              <Stack>
                {data.map((passkey) => (
                  <Item key={passkey.id} passkey={passkey} />
                ))}
              </Stack>
            )
          }
        </QueryView>
        {stopped !== null && (
          <p className="bad" role="alert">
            {t(stopped.isThereAlready ? WORDS.thereAlready : WORDS.stopped)}
          </p>
        )}
        {stopped === null && adding.error != null && <Failed error={adding.error} isWrite />}
        {hasPasskeys() ? (
          <Row>
            <Button busy={adding.isBusy} onClick={() => void add()}>
              {t(WORDS.add)}
            </Button>
          </Row>
        ) : (
          <p className="dim sm">{t(WORDS.noSupport)}</p>
        )}
      </Stack>
    </Card>
  )
}

function Item({ passkey: { id, name, created_at: created, used_at: used } }: { passkey: Passkey }) {
  const { t } = useWords()
  const refresh = useRefresh()
  const [isRenaming, setRenaming] = useState(false)
  const deleting = useSend(async () => {
    await deletePasskey(id)
    return true
  })
  const remove = async () => {
    const question = {
      title: `${t(WORDS.delete)}: ${name}`,
      text: t(WORDS.deleteText),
      act: t(WORDS.delete),
      danger: true,
    }
    if (!(await confirm(question)) || (await deleting.send()) === null) return
    toast(WORDS.deleted)
    await refresh()
  }
  return (
    <Stack gap={8}>
      <Row gap={12} wrap>
        <Stack gap={4}>
          <b>
            <bdi>{name}</bdi>
          </b>
          <span className="dim sm">
            {t(WORDS.created)} <Day value={created} /> ·{' '}
            {used === null ? (
              t(WORDS.neverUsed)
            ) : (
              <>
                {t(WORDS.used)}: <Ago value={used} />
              </>
            )}
          </span>
        </Stack>
        <Space />
        <Row gap={8}>
          <Button size="small" onClick={() => setRenaming(true)} aria-label={`${t(WORDS.rename)}: ${name}`}>
            {t(WORDS.rename)}
          </Button>
          <Button
            size="small"
            variant="danger"
            busy={deleting.isBusy}
            onClick={() => void remove()}
            aria-label={`${t(WORDS.delete)}: ${name}`}
          >
            {t(WORDS.delete)}
          </Button>
        </Row>
      </Row>
      {deleting.error != null && <Failed error={deleting.error} isWrite />}
      {isRenaming && (
        <RenameDialog
          id={id}
          name={name}
          onClose={() => {
            setRenaming(false)
            void refresh()
          }}
        />
      )}
    </Stack>
  )
}

function RenameDialog({ id, name: former, onClose }: { id: string; name: string; onClose(): void }) {
  const { t } = useWords()
  const [name, setName] = useState(former)
  const sending = useSend(() => renamePasskey(id, name))
  const submit = async () => {
    if ((await sending.send()) !== null) onClose()
  }
  return (
    <Dialog title={t(WORDS.rename)} onClose={onClose}>
      <Form state={sending} isDirty={false} act={t(WORDS.rename)} onSubmit={() => void submit()}>
        <TextField
          label={t(WORDS.name)}
          value={name}
          onChange={setName}
          error={sending.errorAt('/name')}
          maxLength={60}
          required
        />
      </Form>
    </Dialog>
  )
}

/** Also of the list of sessions: others end when a passkey is deleted. */
function useRefresh(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all([PASSKEYS_PATH, SESSIONS_PATH].map((path) => queries.invalidateQueries({ queryKey: [path] })))
  }
}
