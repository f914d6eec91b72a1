// The frame of the pages for people who are not signed in: logo, what they do, languages, a picture.
import type { ReactNode } from 'react'
import { Logo } from '../../ui/logo.tsx'
import { Why } from '../../ui/why.tsx'
import { setPreferences } from '../../words/preferences.ts'
import { useWords } from '../../words/use-words.ts'
import { LANGUAGE_NAMES } from '../shell/words.ts'
import css from './sign-in.module.css'
import { WORDS } from './words.ts'

export function EntryPage({ children }: { children: ReactNode }) {
  const { language } = useWords()
  return (
    <div className={css.page}>
      <main className={css.form}>
        <Logo height={30} />
        <div className={css.inner}>{children}</div>
        <footer className={css.foot}>
          {(['ar', 'en'] as const).map((name) => (
            <button
              key={name}
              type="button"
              lang={name}
              aria-pressed={name === language}
              onClick={() => setPreferences({ language: name })}
            >
              {LANGUAGE_NAMES[name]}
            </button>
          ))}
        </footer>
      </main>
      <Picture />
    </div>
  )
}

function Picture() {
  const { t } = useWords()
  return (
    <aside className={css.picture}>
      <div>
        <p className={css.say}>{t(WORDS.say)}</p>
        <div className={css.sample}>
          <Why
            title={t(WORDS.sampleTitle)}
            note={t(WORDS.sampleText)}
            parts={[{ text: '48.00' }, { sign: '÷' }, { text: '1.00' }, { sign: '=' }, { text: '48', tone: 'result' }]}
          />
        </div>
      </div>
    </aside>
  )
}
