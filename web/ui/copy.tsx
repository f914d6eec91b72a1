// A value to take elsewhere: an address, a token, JSON.
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useWords } from '../words/use-words.ts'
import { Button } from './button.tsx'
import css from './copy.module.css'

/** `label`: what is copied, for screen readers. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const { t } = useWords()
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = () =>
    void writeText(value).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <Button
      size="small"
      icon={isCopied ? IconCheck : IconCopy}
      onClick={copy}
      aria-label={`${t(WORDS.copy)}: ${label}`}
    >
      <span aria-live="polite">{t(isCopied ? WORDS.copied : WORDS.copy)}</span>
    </Button>
  )
}

interface CopyFieldProps {
  label: string
  value: string
  /** Shown as dots until the reader asks; copied in full. */
  secret?: boolean
  /** Shown in full, on several lines, because people also type it by hand. */
  whole?: boolean
}

export function CopyField({ label, value, secret = false, whole = false }: CopyFieldProps) {
  return (
    <div>
      <span className={css.label}>{label}</span>
      <div className={css.field}>
        <code className={whole ? css.whole : undefined}>{secret ? `${value.slice(0, 8)}••••••••` : value}</code>
        <CopyButton value={value} label={label} />
      </div>
    </div>
  )
}

/** Several lines: JSON. */
export function CopyBlock({ label, value }: { label: string; value: string }) {
  return (
    <div className={css.block}>
      <div className={css.head}>
        <span>{label}</span>
        <CopyButton value={value} label={label} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys. */}
      <pre tabIndex={0}>{value}</pre>
    </div>
  )
}

/** Pages that are not served by HTTPS have no clipboard; the former way still works there. */
async function writeText(value: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(value)
  const area = document.createElement('textarea')
  area.value = value
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}

const WORDS = { copy: { en: 'Copy', ar: 'نسخ' }, copied: { en: 'Copied', ar: 'تم النسخ' } }
