// Point of sale: what is connected, and the systems that can be.
import { IconPlug, IconPlugConnected } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { connectionsQuery, posSystemsQuery, registerPos } from '../../api/connect.ts'
import { ApiError } from '../../api/error.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Spot } from '../../ui/glyph.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Column, Grid, Row, Stack } from '../../ui/layout.tsx'
import { Page } from '../../ui/page.tsx'
import { QueryView } from '../../ui/states.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import css from './connect.module.css'
import { systemsOf } from './systems.ts'
import { WORDS } from './words.ts'

export function Connect() {
  const { t } = useWords()
  const { can } = useBusiness()
  const own = useQuery(posSystemsQuery)
  const connections = useQuery(connectionsQuery)
  return (
    <Page title={t(WORDS.title)} subtitle={t(WORDS.intro)}>
      <QueryView query={own}>
        {({ data: ownSystems }) => (
          <QueryView query={connections}>
            {({ data }) => (
              <Grid>
                <Column span={7}>
                  <Card flush>
                    <ul className={css.systems}>
                      {systemsOf(ownSystems, data).map((system) => (
                        <li key={system.pos}>
                          <Spot tone={system.references.length > 0 ? 'good' : 'neutral'}>
                            <Icon of={system.references.length > 0 ? IconPlugConnected : IconPlug} />
                          </Spot>
                          <div className={css.what}>
                            <b>{t(system.title)}</b>
                            <span className="sub">
                              {system.references.length > 0
                                ? t(WORDS.known(system.references.join(', ')))
                                : t(system.isShared ? WORDS.foodicsText : WORDS.notConnected)}
                            </span>
                          </div>
                          {system.references.length > 0 && <Chip tone="good">{t(WORDS.connected)}</Chip>}
                          <ButtonLink to="/connect/$pos" params={{ pos: system.pos }} size="small">
                            {t(system.references.length > 0 ? WORDS.open : WORDS.connect)}
                          </ButtonLink>
                        </li>
                      ))}
                    </ul>
                  </Card>
                </Column>
                <Column span={5}>{can('connections:write') && ownSystems.length < MAX_OWN && <AnyPos />}</Column>
              </Grid>
            )}
          </QueryView>
        )}
      </QueryView>
    </Page>
  )
}

/** A business can register three. */
const MAX_OWN = 3

function AnyPos() {
  const { t } = useWords()
  const navigate = useNavigate()
  const [title, setTitle] = useState('')
  const register = useMutation({
    mutationFn: () => registerPos(title.trim()),
    onSuccess: ({ pos }) => navigate({ to: '/connect/$pos', params: { pos } }),
  })
  const { error } = register
  return (
    <Card title={t(WORDS.anyPos)}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (title.trim() !== '') register.mutate()
        }}
      >
        <Stack>
          <p className="sub">{t(WORDS.anyPosText)}</p>
          <TextField
            label={t(WORDS.nameIt)}
            value={title}
            onChange={setTitle}
            maxLength={100}
            error={error instanceof ApiError ? t(error.text) : undefined}
          />
          <Row>
            <Button type="submit" variant="primary" busy={register.isPending} disabled={title.trim() === ''}>
              {t(WORDS.register)}
            </Button>
          </Row>
        </Stack>
      </form>
    </Card>
  )
}
