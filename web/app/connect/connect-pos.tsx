// Connects one POS: what to paste where, and beside it whether its orders arrive.
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { connectionsQuery, posStatusQuery, posSystemsQuery } from '../../api/connect.ts'
import { Card } from '../../ui/card.tsx'
import { Column, Grid } from '../../ui/layout.tsx'
import { BackLink, Page } from '../../ui/page.tsx'
import { QueryView } from '../../ui/states.tsx'
import { useWords } from '../../words/use-words.ts'
import { AccountState } from './account-state.tsx'
import { AgreeStep } from './agree-step.tsx'
import { Arrivals } from './arrivals.tsx'
import css from './connect.module.css'
import { PasteStep } from './paste-step.tsx'
import { ReferenceStep } from './reference-step.tsx'
import { Step } from './step.tsx'
import { systemsOf } from './systems.ts'
import { WORDS } from './words.ts'

export function ConnectPos() {
  const { t } = useWords()
  const { pos } = useParams({ from: '/shell/connect/$pos' })
  const own = useQuery(posSystemsQuery)
  const connections = useQuery(connectionsQuery)
  const status = useQuery(posStatusQuery(pos))
  const system = systemsOf(own.data?.data ?? [], connections.data?.data ?? []).find((one) => one.pos === pos)
  const name = system ? t(system.title) : pos
  const isOwn = own.data?.data.some((one) => one.pos === pos) === true
  return (
    <Page
      title={t(WORDS.connectTitle(name))}
      subtitle={t(WORDS.connectIntro)}
      back={<BackLink to="/connect">{t(WORDS.title)}</BackLink>}
    >
      <QueryView query={status}>
        {(state) => (
          <Grid>
            <Column span={7}>
              <Card flush>
                <ol className={css.steps}>
                  {isOwn ? (
                    <>
                      <Step number={1} title={t(WORDS.paste)} text={t(WORDS.pasteText)}>
                        <PasteStep status={state} />
                      </Step>
                      <Step
                        number={2}
                        title={t(WORDS.reference)}
                        text={t(WORDS.referenceText)}
                        isDone={state.references.length > 0}
                      >
                        <ReferenceStep status={state} />
                      </Step>
                    </>
                  ) : (
                    <AgreeStep status={state} />
                  )}
                  <Step
                    number={3}
                    title={t(WORDS.sale)}
                    text={t(WORDS.saleText)}
                    isDone={state.latest_order !== null}
                  />
                </ol>
              </Card>
            </Column>
            <Column span={5}>
              <Arrivals status={state} />
              <AccountState pos={pos} />
            </Column>
          </Grid>
        )}
      </QueryView>
    </Page>
  )
}
