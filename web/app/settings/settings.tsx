// Settings: the sections that the person may open.
import { Link } from '@tanstack/react-router'
import { Card } from '../../ui/card.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Column, Grid, Row, Stack } from '../../ui/layout.tsx'
import { Page } from '../../ui/page.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { SECTIONS } from './sections.ts'

export function Settings() {
  const { t } = useWords()
  const { can } = useBusiness()
  return (
    <Page title={t(SETTINGS)} width="narrow">
      <Grid>
        {SECTIONS.filter(({ scopes }) => scopes.some(can)).map(({ to, label, text, icon }) => (
          <Column key={to} span={6}>
            <Card>
              <Row gap={12} align="start">
                <Icon of={icon} size={22} />
                <Stack gap={4}>
                  <Link to={to}>
                    <b>{t(label)}</b>
                  </Link>
                  <span className="dim sm">{t(text)}</span>
                </Stack>
              </Row>
            </Card>
          </Column>
        ))}
      </Grid>
    </Page>
  )
}

export const SETTINGS = { en: 'Settings', ar: 'الإعدادات' }
