// A privacy notice as a customer reads it, in both languages.
import { type NoticeBlock, type NoticeTexts, noticeBlocks } from '../../../contract/privacy-notice.ts'
import { Card } from '../../ui/card.tsx'
import { Column, Grid } from '../../ui/layout.tsx'
import { useWords } from '../../words/use-words.ts'
import css from './notice.module.css'
import { NOTICE_WORDS as WORDS } from './notice.words.ts'

export function NoticePreview({ texts }: { texts: NoticeTexts }) {
  const { t } = useWords()
  return (
    <Grid>
      {(['en', 'ar'] as const).map((language) => (
        <Column key={language} span={6}>
          <Card title={`${t(WORDS.preview)}: ${t(WORDS.languages[language])}`}>
            <div className={css.notice} lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'}>
              {noticeBlocks(texts.notice[language]).map((block, place) => (
                // Blocks have no identity but their place.
                <Block key={place} {...block} />
              ))}
              <Consent>{texts.service[language]}</Consent>
              <Consent>{texts.marketing[language]}</Consent>
            </div>
          </Card>
        </Column>
      ))}
    </Grid>
  )
}

function Block({ kind, lines }: NoticeBlock) {
  if (kind === 'heading') return <h3>{lines[0]}</h3>
  if (kind === 'paragraph') return <p>{lines.join('\n')}</p>
  return (
    <ul>
      {lines.map((line, place) => (
        <li key={place}>{line}</li>
      ))}
    </ul>
  )
}

/** As it is drawn for a customer: not ticked. */
function Consent({ children }: { children: string }) {
  return (
    <div className={css.consent}>
      <span aria-hidden="true" />
      <p>{children}</p>
    </div>
  )
}
