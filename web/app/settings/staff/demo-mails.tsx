// The mails of a demo, which nobody receives: who got which, with the text and the link.
import { useQuery } from '@tanstack/react-query'
import type { DemoMail } from '../../../../contract/api/staff.ts'
import { api } from '../../../api/client.ts'
import { ButtonAnchor } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { Row, Space, Stack } from '../../../ui/layout.tsx'
import { BackLink, Page } from '../../../ui/page.tsx'
import { Empty, Forbidden, QueryView } from '../../../ui/states.tsx'
import { Ago } from '../../../ui/values.tsx'
import { useWords } from '../../../words/use-words.ts'
import { useBusiness } from '../../business.tsx'
import css from './demo-mails.module.css'
import { WORDS } from './words.ts'

const TONES = { waiting: 'neutral', sent: 'good', failed: 'fail' } as const

/** Milliseconds. */
const REFRESH_MS = 5_000

export function DemoMails() {
  const { t } = useWords()
  const { can } = useBusiness()
  const mails = useQuery({
    queryKey: ['demo-mails'],
    queryFn: ({ signal }) => api.get<{ data: DemoMail[] }>('/demo/mails', { signal }),
    refetchInterval: REFRESH_MS,
    enabled: can('staff:read'),
  })
  return (
    <Page
      title={t(WORDS.mails)}
      subtitle={t(WORDS.mailsText)}
      width="narrow"
      back={<BackLink to="/settings/staff">{t(WORDS.staff)}</BackLink>}
    >
      {can('staff:read') ? (
        <QueryView query={mails}>
          {({ data }) =>
            data.length === 0 ? (
              <Card>
                <Empty title={t(WORDS.noMails)}>{t(WORDS.noMailsText)}</Empty>
              </Card>
            ) : (
              <Stack gap={16}>
                {data.map((mail) => (
                  <Mail key={mail.id} mail={mail} />
                ))}
              </Stack>
            )
          }
        </QueryView>
      ) : (
        <Forbidden />
      )}
    </Page>
  )
}

function Mail({ mail: { to, subject, text, status, created_at } }: { mail: DemoMail }) {
  const { t } = useWords()
  const link = /^https?:\/\/\S+$/m.exec(text ?? '')?.[0]
  return (
    <Card title={subject ?? to} action={<Chip tone={TONES[status]}>{t(WORDS[status])}</Chip>}>
      <Stack gap={12}>
        <Row gap={8}>
          <bdi className="ltr dim sm">{to}</bdi>
          <Space />
          <span className="dim sm">
            <Ago value={created_at} />
          </span>
        </Row>
        {text === null ? (
          <p className="dim">{t(WORDS.noText)}</p>
        ) : (
          <p className={css.text} dir="auto">
            {text}
          </p>
        )}
        {link !== undefined && (
          <Row>
            <ButtonAnchor size="small" href={link}>
              {t(WORDS.openLink)}
            </ButtonAnchor>
          </Row>
        )}
      </Stack>
    </Card>
  )
}
