// The mark of LoyaPro, an eight-pointed seal with one hook: L, and mirrored ل; and the mark with the
// name.
import { useWords } from '../words/use-words.ts'
import { WORDMARK } from './wordmark.ts'

export function Logo({ height }: { height: number }) {
  const { language } = useWords()
  const { width, mark, name, path } = WORDMARK[language]
  return (
    <svg viewBox={`0 0 ${width} 32`} height={height} width={(width * height) / 32} role="img" aria-label={name}>
      <g transform={`translate(${mark} 0)`}>
        <Seal isArabic={language === 'ar'} />
      </g>
      <path {...path} fill="var(--ink)" />
    </svg>
  )
}

export function Mark({ size }: { size: number }) {
  const { language } = useWords()
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <Seal isArabic={language === 'ar'} />
    </svg>
  )
}

function Seal({ isArabic }: { isArabic: boolean }) {
  return (
    <>
      <g fill="var(--palm)">
        <rect x="5.2" y="5.2" width="21.6" height="21.6" rx="3.4" />
        <rect x="5.2" y="5.2" width="21.6" height="21.6" rx="3.4" transform="rotate(45 16 16)" />
      </g>
      <path
        transform={isArabic ? 'matrix(-1 0 0 1 32 0)' : undefined}
        d="M12.1 8.9v8.6c0 3.1 1.9 4.9 4.5 4.9s4.4-1.7 4.4-4.3"
        fill="none"
        stroke="#fff"
        strokeWidth="3.3"
        strokeLinecap="round"
      />
    </>
  )
}
