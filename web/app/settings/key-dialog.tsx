// Creates an API key: what it may do, then the key itself, once.
import { useState } from 'react'
import type { ApiKeyOnce } from '../../../contract/api/business.ts'
import { SCOPE_NAMES } from '../../../contract/scope-names.ts'
import { SCOPES, type Scope } from '../../../contract/scopes.ts'
import { api } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copy.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox, SelectField, TextField } from '../../ui/fields.tsx'
import { Form, useSend } from '../../ui/form.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { KEYS as WORDS } from './key.words.ts'
import { PRESETS, presetOf } from './key-presets.ts'

export function KeyDialog({ onClose }: { onClose(): void }) {
  const { t } = useWords()
  const { can } = useBusiness()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<ReadonlySet<Scope>>(() => new Set(PRESETS[0]?.scopes))
  const [made, setMade] = useState<ApiKeyOnce | null>(null)
  const body = { name: name.trim(), scopes: [...scopes] }
  const state = useSend(() => api.post<ApiKeyOnce>('/keys', body))
  if (made) return <Made apiKey={made} onClose={onClose} />
  const toggle = (scope: Scope, isOn: boolean) => {
    const changed = new Set(scopes)
    if (isOn) changed.add(scope)
    else changed.delete(scope)
    setScopes(changed)
  }
  const choose = (id: string | undefined) => {
    const preset = PRESETS.find((one) => one.id === id)
    if (preset) setScopes(new Set(preset.scopes))
  }
  return (
    <Dialog title={t(WORDS.add)} width={560} onClose={onClose}>
      <Form state={state} isDirty={false} act={t(WORDS.add)} onSubmit={() => void state.send().then(setMade)}>
        <TextField
          label={t(WORDS.name)}
          hint={t(WORDS.nameHint)}
          value={name}
          onChange={setName}
          maxLength={100}
          error={state.errorAt('/name')}
          required
        />
        <SelectField
          label={t(WORDS.preset)}
          value={presetOf(scopes)?.id}
          empty={t(WORDS.own)}
          options={PRESETS.map((preset) => ({ value: preset.id, label: t(preset.name) }))}
          onChange={choose}
        />
        <fieldset>
          <legend>{t(WORDS.scopes)}</legend>
          <Stack gap={8}>
            {SCOPES.filter(can).map((scope) => (
              <Checkbox
                key={scope}
                label={t(SCOPE_NAMES[scope])}
                checked={scopes.has(scope)}
                onChange={(isOn) => toggle(scope, isOn)}
              />
            ))}
          </Stack>
        </fieldset>
        {state.errorAt('/scopes') !== undefined && <p className="bad">{t(WORDS.none)}</p>}
      </Form>
    </Dialog>
  )
}

/** Only the button closes it: the key cannot be read again. */
function Made({ apiKey, onClose }: { apiKey: ApiKeyOnce; onClose(): void }) {
  const { t } = useWords()
  return (
    <Dialog title={t(WORDS.once)} width={560}>
      <Stack>
        <p>{t(WORDS.onceText)}</p>
        <CopyField label={apiKey.name} value={apiKey.secret ?? apiKey.prefix} />
        <Row>
          <Button variant="primary" onClick={onClose}>
            {t(WORDS.done)}
          </Button>
        </Row>
      </Stack>
    </Dialog>
  )
}
