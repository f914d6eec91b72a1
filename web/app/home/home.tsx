// Home: the day of the business at a glance.
import { Page } from '../../ui/page.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'

export function Home() {
  const { t, f } = useWords()
  const { person } = useBusiness()
  const now = new Date()
  return (
    <Page name={t(WORDS.home)} title={t(WORDS.hello(person.name))} subtitle={`${f.fullDay(now)} · ${f.hijri(now)}`} />
  )
}

const WORDS = {
  home: { en: 'Home', ar: 'الرئيسية' },
  hello: (name: string) => ({ en: `Welcome, ${name}`, ar: `أهلًا ${name}` }),
}
