// My account › Language and display: applied at once, and kept in the account.
import type { ReactNode } from 'react'
import { Card } from '../../ui/card.tsx'
import { Stack } from '../../ui/layout.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { usePreferences } from '../../words/preferences.ts'
import { useWords } from '../../words/use-words.ts'
import { useChoose } from '../choices.ts'
import { LANGUAGE_NAMES } from '../shell/words.ts'
import { WORDS } from './words.ts'

export function DisplaySection() {
  const { t } = useWords()
  const { language, scheme, digits } = usePreferences()
  const choose = useChoose()
  return (
    <Card title={t(WORDS.display)}>
      <Stack gap={20}>
        <Choice label={t(WORDS.language)}>
          <Segmented
            label={t(WORDS.language)}
            value={language}
            options={(['ar', 'en'] as const).map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
            onChange={(value) => choose({ language: value })}
          />
        </Choice>
        <Choice label={t(WORDS.scheme)}>
          <Segmented
            label={t(WORDS.scheme)}
            value={scheme}
            options={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(WORDS[value]) }))}
            onChange={(value) => choose({ scheme: value })}
          />
        </Choice>
        <Choice label={t(WORDS.digits)} hint={t(WORDS.digitsHint)}>
          <Segmented
            label={t(WORDS.digits)}
            value={digits}
            options={[
              { value: 'latn', label: '123' },
              { value: 'arab', label: '١٢٣' },
            ]}
            onChange={(value) => choose({ digits: value })}
          />
        </Choice>
      </Stack>
    </Card>
  )
}

function Choice({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <Stack gap={4}>
      <b className="sm" aria-hidden="true">
        {label}
      </b>
      {hint !== undefined && <small className="dim">{hint}</small>}
      <div>{children}</div>
    </Stack>
  )
}
