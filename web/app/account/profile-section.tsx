// My account › Profile: name and email address.
import { Card } from '../../ui/card.tsx'
import { Stack } from '../../ui/layout.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { WORDS } from './words.ts'

export function ProfileSection() {
  const { t } = useWords()
  const { person } = useBusiness()
  return (
    <Card title={t(WORDS.profile)}>
      <Stack gap={4}>
        <b>{person.name}</b>
        <span className="dim">
          <bdi className="ltr">{person.email}</bdi>
        </span>
      </Stack>
    </Card>
  )
}
