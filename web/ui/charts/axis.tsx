// The lines and labels of a chart: values at the start side, keys below.
import type { ScaleBand, ScaleLinear } from 'd3-scale'
import css from './chart.module.css'
import { type Box, everyNth, MARGIN, plotOf } from './scales.ts'

interface ValueAxisProps {
  box: Box
  scale: ScaleLinear<number, number>
  format(value: number): string
}

export function ValueAxis({ box, scale, format }: ValueAxisProps) {
  const { left, right } = plotOf(box)
  const isRtl = box.direction === 'rtl'
  return (
    <g>
      {/* Values are whole: counts, units, minor units of money. */}
      {scale
        .ticks(4)
        .filter(Number.isInteger)
        .map((tick) => (
          <g key={tick}>
            <line x1={left} x2={right} y1={scale(tick)} y2={scale(tick)} className={css.grid} />
            <text
              x={isRtl ? right + 8 : left - 8}
              y={scale(tick)}
              dy="0.35em"
              // The direction of the text is that of the page, and turns start and end.
              textAnchor="end"
              className={css.tick}
            >
              {format(tick)}
            </text>
          </g>
        ))}
    </g>
  )
}

interface KeyAxisProps {
  box: Box
  bands: ScaleBand<string>
  labels: readonly { key: string; label: string; strong?: boolean }[]
}

/** Pixels: of a letter of a label on average, and between two labels. */
const LETTER = 6.2
const GAP = 12

export function KeyAxis({ box, bands, labels }: KeyAxisProps) {
  const { left, right } = plotOf(box)
  const room = Math.max(...labels.map(({ label }) => label.length)) * LETTER + GAP
  const step = everyNth(labels.length, right - left, room)
  // Counted from the last one, which is now.
  const shown = labels.filter((_, index) => (labels.length - 1 - index) % step === 0)
  return (
    <g>
      {shown.map(({ key, label, strong }) => (
        <text
          key={key}
          x={(bands(key) ?? 0) + bands.bandwidth() / 2}
          y={box.height - MARGIN.bottom + 17}
          textAnchor="middle"
          className={strong ? css.now : css.tick}
        >
          {label}
        </text>
      ))}
    </g>
  )
}
