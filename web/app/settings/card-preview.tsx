// How the card looks to a customer, in either language and on a light or a dark screen.
import { useEffect, useRef, useState } from 'react'
import type { Business } from '../../../contract/api/business.ts'
import { type CardDesign, darkColors, type ShopColors } from '../../../contract/brand.ts'
import { drawCard } from '../../card/mount.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useWords } from '../../words/use-words.ts'
import css from './brand.module.css'
import { SAMPLE_CARD } from './sample-card.ts'
import { BRAND_WORDS as WORDS } from './words.ts'

interface CardPreviewProps {
  business: Pick<Business, 'name' | 'language'>
  /** They can be read. */
  colors: ShopColors
  design: CardDesign
  /** Address of the logo. */
  logo: string | null
}

export function CardPreview({ business, colors, design, logo }: CardPreviewProps) {
  const { t } = useWords()
  const [language, setLanguage] = useState(business.language)
  const [scheme, setScheme] = useState<'light' | 'dark'>('light')
  const frame = useRef<HTMLDivElement>(null)
  const name = (language === 'ar' && business.name.ar) || business.name.en
  useEffect(() => {
    if (frame.current === null) return
    const shown = scheme === 'dark' ? darkColors(colors) : colors
    drawCard(frame.current, { ...SAMPLE_CARD[language], language, shop: { name, logo, colors: shown, design } })
  }, [language, scheme, colors, design, logo, name])
  useEffect(() => {
    const element = frame.current
    return () => {
      if (element) drawCard(element, null)
    }
  }, [])
  return (
    <Stack gap={12}>
      <Row gap={12} wrap>
        <Segmented
          label={t(WORDS.previewLanguage)}
          value={language}
          options={[
            { value: 'ar', label: 'العربية' },
            { value: 'en', label: 'English' },
          ]}
          onChange={(chosen: 'ar' | 'en') => setLanguage(chosen)}
        />
        <Segmented
          label={t(WORDS.previewScheme)}
          value={scheme}
          options={[
            { value: 'light', label: t(WORDS.light) },
            { value: 'dark', label: t(WORDS.dark) },
          ]}
          onChange={(chosen: 'light' | 'dark') => setScheme(chosen)}
        />
      </Row>
      {/* A drawing: its buttons are no controls. */}
      <div ref={frame} className={css.phone} data-theme={scheme} role="img" aria-label={t(WORDS.previewLabel)} />
    </Stack>
  )
}
