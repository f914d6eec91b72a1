// My account › Businesses: where the person belongs, in which role.
import { Card } from '../../ui/card.tsx'
import { Row, Space, Stack } from '../../ui/layout.tsx'
import { useWords } from '../../words/use-words.ts'
import { nameOf, useBusiness } from '../business.tsx'
import { ROLES } from '../shell/words.ts'
import { WORDS } from './words.ts'

export function BusinessesSection() {
  const { t } = useWords()
  const { memberships } = useBusiness()
  return (
    <Card title={t(WORDS.businesses)}>
      <Stack gap={12}>
        {memberships.map(({ business, role }) => (
          <Row key={business.id}>
            <b>{t(nameOf(business.name))}</b>
            <Space />
            <span className="dim">{t(ROLES[role])}</span>
          </Row>
        ))}
      </Stack>
    </Card>
  )
}
