// Figures at a glance: label, figure, a comparison in words, and the same day of earlier weeks as small
// bars.
import type { ReactNode } from 'react'
import css from './tile.module.css'

export interface TileProps {
  label: ReactNode
  /** `<Money whole minor={…} />`, or a number as text. */
  value: ReactNode
  /** `7 more than last Monday`: `<><b className="good">7 more</b> than last Monday</>`. */
  comparison?: ReactNode
  /** Oldest first; the last one is now. */
  bars?: readonly number[]
}

export function Tile({ label, value, comparison, bars }: TileProps) {
  const most = Math.max(1, ...(bars ?? []))
  return (
    <div className={css.tile}>
      <span className={css.label}>{label}</span>
      <div className={css.line}>
        <span className={css.value}>{value}</span>
        {bars && bars.length > 1 && (
          <span className={css.bars} aria-hidden="true">
            {bars.map((bar, index) => (
              <i key={index} style={{ height: Math.max(2, Math.round((bar / most) * 32)) }} />
            ))}
          </span>
        )}
      </div>
      {comparison !== undefined && <span className={css.comparison}>{comparison}</span>}
    </div>
  )
}

/** Tiles in one card, divided by hairlines: two or four in a row. */
export function Tiles({ columns = 4, children }: { columns?: 2 | 4; children: ReactNode }) {
  return <section className={`${css.tiles} ${columns === 2 ? css.two : css.four}`}>{children}</section>
}
