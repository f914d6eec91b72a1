// The steps of setting up: each ticks itself when the business has what it asks for.
import { IconCheck, IconSend } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Setup as SetupState } from '../../../contract/api/onboarding.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Column, Grid, Row } from '../../ui/layout.tsx'
import type { Text } from '../../words/text.ts'
import { useWords } from '../../words/use-words.ts'
import { nameOf, useBusiness } from '../business.tsx'
import { TestOrder } from '../connect/test-order.tsx'
import css from './home.module.css'
import { useFirstOrder } from './use-first-order.ts'
import { WORDS } from './words.ts'

type Key = keyof SetupState

const STEPS: readonly { key: Key; title: Text; text: Text; to?: '/connect' | '/programs/new' | '/rewards' }[] = [
  { key: 'pos_connected', title: WORDS.connectPos, text: WORDS.connectPosText, to: '/connect' },
  { key: 'program_active', title: WORDS.startProgram, text: WORDS.startProgramText, to: '/programs/new' },
  { key: 'reward_active', title: WORDS.addReward, text: WORDS.addRewardText, to: '/rewards' },
  { key: 'first_order', title: WORDS.firstOrder, text: WORDS.firstOrderText },
]

export function Setup({ setup }: { setup: SetupState }) {
  const { t, f } = useWords()
  const { business, can } = useBusiness()
  useFirstOrder()
  const done = STEPS.filter(({ key }) => setup[key]).length
  const next = STEPS.find(({ key }) => !setup[key])?.key
  return (
    <Grid>
      <Column span={8}>
        <Card title={t(WORDS.setup)} action={<span className="sub">{t(WORDS.done(done, STEPS.length))}</span>} flush>
          <div style={{ padding: '0 20px 18px' }}>
            <div className={css.bar}>
              <i style={{ inlineSize: `${(done / STEPS.length) * 100}%` }} />
            </div>
          </div>
          <ol className={css.steps}>
            {STEPS.map(({ key, title, text, to }, index) => (
              <li key={key} className={setup[key] ? css.done : key === next ? css.now : ''}>
                <span className={css.mark}>
                  {setup[key] ? <Icon of={IconCheck} size={16} label={t(DONE)} /> : f.number(index + 1)}
                </span>
                <div className={css.what}>
                  <b>{t(title)}</b>
                  <span className="sub">{t(text)}</span>
                </div>
                {to && (
                  <ButtonLink to={to} size="small" variant={key === next ? 'primary' : 'quiet'}>
                    {t(key === next ? title : WORDS.open)}
                  </ButtonLink>
                )}
                {key === 'first_order' && setup.program_active && can('connections:write') && (
                  <div className={css.more}>
                    <TestOrder icon={IconSend} />
                  </div>
                )}
              </li>
            ))}
          </ol>
        </Card>
      </Column>
      <Column span={4}>
        <Card title={t(WORDS.willSee)}>
          <CardFace name={t(nameOf(business.name))} text={t(WORDS.sampleStamps)} />
        </Card>
      </Column>
    </Grid>
  )
}

const SEAL =
  'M12 1.5 15.08 4.58H19.42V8.92L22.5 12 19.42 15.08V19.42H15.08L12 22.5 8.92 19.42H4.58V15.08L1.5 12 4.58 8.92V4.58H8.92Z'

/** A stamp card with two of six stamps, as a customer sees it. */
function CardFace({ name, text }: { name: string; text: ReactNode }) {
  return (
    <div className={css.face}>
      <b>{name}</b>
      <span>{text}</span>
      <Row className={css.stamps} aria-hidden="true">
        {[0, 1, 2, 3, 4, 5].map((stamp) => (
          <svg key={stamp} viewBox="0 0 24 24" className={stamp < 2 ? css.full : css.hollow} aria-hidden="true">
            <path d={SEAL} />
          </svg>
        ))}
      </Row>
    </div>
  )
}

const DONE = { en: 'Done', ar: 'تم' }
