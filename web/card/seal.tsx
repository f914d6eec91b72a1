// The stamps of a card: eight-pointed seals, given ones filled, the last one with the gift.
/** @jsxImportSource preact */
import type { StampSign } from '../../contract/brand.ts'
import css from './card.module.css'

interface StampsProps {
  given: number
  goal: number
  sign: StampSign
}

/** They fill from the start side. */
export function Stamps({ given, goal, sign }: StampsProps) {
  return (
    <div class={css.stamps} style={{ '--columns': columnsOf(goal) }} aria-hidden="true">
      {Array.from({ length: goal }, (_, place) => (
        <Seal key={place} number={place + 1} isGiven={place < given} isLast={place === goal - 1} sign={sign} />
      ))}
    </div>
  )
}

/** Up to six in one row; then rows that are as full as they can be. */
function columnsOf(goal: number): number {
  return goal <= 6 ? goal : Math.ceil(goal / Math.ceil(goal / 6))
}

interface SealProps {
  number: number
  isGiven: boolean
  isLast: boolean
  sign: StampSign
}

function Seal({ number, isGiven, isLast, sign }: SealProps) {
  if (isGiven) {
    return (
      <svg viewBox="0 0 44 44" aria-hidden="true">
        <path d={star(20)} class={css.given} />
        <path d={star(15.5)} class={css.inner} />
        <path d={SIGNS[sign].path} transform={SIGNS[sign].transform} class={css.sign} />
      </svg>
    )
  }
  return (
    <svg viewBox="0 0 44 44" aria-hidden="true">
      <path d={star(19.4)} class={isLast ? css.gift : css.empty} />
      {isLast ? (
        <path d={GIFT} transform="translate(12.5 12.5) scale(.79)" class={css.giftSign} />
      ) : (
        <text x="22" y="27" text-anchor="middle">
          {number}
        </text>
      )}
    </svg>
  )
}

/** The seals behind the hero, as a pattern. `id` is unique in the page. */
export function SealPattern({ id }: { id: string }) {
  return (
    <svg class={css.pattern} aria-hidden="true">
      <pattern id={id} width="66" height="66" patternUnits="userSpaceOnUse" patternTransform="rotate(15)">
        <path d={star(20)} transform="translate(11 11)" />
      </pattern>
      <rect width="100%" height="100%" fill={`url(#${id})`} />
    </svg>
  )
}

/** Two squares around (22, 22), one turned by 45 degrees. */
function star(radius: number): string {
  // Where the sides of the squares meet.
  const inner = radius / (Math.SQRT2 * Math.cos(Math.PI / 8))
  const points = Array.from({ length: 16 }, (_, index) => {
    const [angle, distance] = [(index * Math.PI) / 8, index % 2 === 0 ? radius : inner]
    return `${(22 + distance * Math.sin(angle)).toFixed(2)} ${(22 - distance * Math.cos(angle)).toFixed(2)}`
  })
  return `M${points.join('L')}Z`
}

const GIFT =
  'M3 8h18v4H3zM12 8v13M19 12v7a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-7M7.5 8a2.5 2.5 0 0 1 0-5C11 3 12 8 12 8s1-5 4.5-5a2.5 2.5 0 0 1 0 5'

const SMALL = 'translate(14.2 14.2) scale(.65)'

const SIGNS: Record<StampSign, { path: string; transform?: string }> = {
  tick: { path: 'M15.5 22.4l4.6 4.6 8.6-9.2' },
  cup: { path: 'M4 8h12v6a5 5 0 0 1-5 5H9a5 5 0 0 1-5-5zM16 9.5h1.5a2.5 2.5 0 0 1 0 5H16', transform: SMALL },
  heart: {
    path: 'M19.5 12.57L12 20l-7.5-7.43A5 5 0 1 1 12 6.01a5 5 0 1 1 7.5 6.56',
    transform: SMALL,
  },
  star: {
    path: 'M12 17.75l-6.17 3.24 1.18-6.87-5-4.87 6.9-1L12 2l3.09 6.25 6.9 1-5 4.87 1.18 6.87z',
    transform: SMALL,
  },
}
