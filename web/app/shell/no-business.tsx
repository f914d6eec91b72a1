// For a person who belongs to no business.

import { signOut } from '../../api/session.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/states.tsx'
import { useWords } from '../../words/use-words.ts'
import { WORDS } from './words.ts'

export function NoBusiness() {
  const { t } = useWords()
  const leave = () => void signOut().then(() => location.assign('/app/sign-in'))
  return (
    <main>
      <Empty title={t(WORDS.noBusiness)} action={<Button onClick={leave}>{t(WORDS.signOut)}</Button>}>
        {t(WORDS.noBusinessText)}
      </Empty>
    </main>
  )
}
