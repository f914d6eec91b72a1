// The logo: shown, chosen from a file, removed.
import { useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { useWords } from '../../words/use-words.ts'
import css from './brand.module.css'
import { convertPicture } from './picture.ts'
import { BRAND_WORDS as WORDS } from './words.ts'

interface LogoFieldProps {
  /** Address of what is shown now. */
  address: string | null
  error: string | undefined
  disabled: boolean
  /** Null: it is removed. */
  onChange(picture: { base64: string; address: string } | null): void
}

export function LogoField({ address, error, disabled, onChange }: LogoFieldProps) {
  const { t } = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [isUnreadable, setUnreadable] = useState(false)
  const choose = async (file: File | undefined) => {
    if (file === undefined) return
    const picture = await convertPicture(file)
    setUnreadable(picture === null)
    if (picture) onChange(picture)
  }
  return (
    <Row gap={16}>
      <div className={css.logo}>{address === null ? <span>{t(WORDS.noLogo)}</span> : <img src={address} alt="" />}</div>
      <Stack gap={8}>
        <small className="dim">{t(WORDS.logoHint)}</small>
        {!disabled && (
          <Row gap={8} wrap>
            <Button size="small" onClick={() => input.current?.click()}>
              {t(address === null ? WORDS.chooseLogo : WORDS.changeLogo)}
            </Button>
            {address !== null && (
              <Button size="small" variant="quiet" onClick={() => onChange(null)}>
                {t(WORDS.removeLogo)}
              </Button>
            )}
          </Row>
        )}
        <input
          ref={input}
          type="file"
          className="hidden"
          tabIndex={-1}
          aria-label={t(WORDS.logo)}
          accept="image/png,image/jpeg,image/webp,image/svg+xml"
          onChange={(event) => {
            void choose(event.target.files?.[0])
            // The same file can be chosen again.
            event.target.value = ''
          }}
        />
        {(isUnreadable || error) && (
          <small className="bad" role="alert">
            {isUnreadable ? t(WORDS.unreadableLogo) : error}
          </small>
        )}
      </Stack>
    </Row>
  )
}
