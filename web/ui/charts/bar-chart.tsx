// Bars, stacked by series: one for each day, branch or program.
import { useState } from 'react'
import { useWords } from '../../words/use-words.ts'
import { KeyAxis, ValueAxis } from './axis.tsx'
import css from './chart.module.css'
import type { Series } from './chart-card.tsx'
import { type Box, bandsOf, valuesOf } from './scales.ts'
import { useWidth } from './use-width.ts'

export interface Bar {
  key: string
  /** Below the bar. */
  label: string
  /** In the tooltip; the label when it is not given. */
  name?: string
  /** One for each series, from the bottom. */
  values: readonly number[]
  /** The day is not over: what it may come to, as a dashed outline. */
  expected?: number
  /** Today. */
  strong?: boolean
}

export interface BarChartProps {
  /** What it shows, for screen readers; the figures are in the table. */
  label: string
  bars: readonly Bar[]
  series: readonly Series[]
  /** Values of the axis and of the tooltip. */
  format?: (value: number) => string
  height?: number
}

export function BarChart({ label, bars, series, format, height = 260 }: BarChartProps) {
  const { f, direction } = useWords()
  const [ref, width] = useWidth()
  const [active, setActive] = useState<Bar | null>(null)
  const text = format ?? ((value: number) => f.number(value))
  const box: Box = { width, height, direction }
  const bands = bandsOf(
    bars.map(({ key }) => key),
    box,
  )
  const totals = bars.map(({ values, expected = 0 }) => Math.max(sum(values), expected))
  const scale = valuesOf(totals, box)
  const middle = (bar: Bar) => (bands(bar.key) ?? 0) + bands.bandwidth() / 2
  return (
    <div ref={ref} className={css.chart} style={{ height }}>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={label}>
          <Hatch />
          <ValueAxis box={box} scale={scale} format={text} />
          {bars.map((bar) => (
            <g key={bar.key} onPointerEnter={() => setActive(bar)} onPointerLeave={() => setActive(null)}>
              <rect
                x={(bands(bar.key) ?? 0) - bands.step() * 0.14}
                width={bands.step()}
                y={0}
                height={height}
                fill="transparent"
              />
              <Stack bar={bar} series={series} x={bands(bar.key) ?? 0} width={bands.bandwidth()} scale={scale} />
            </g>
          ))}
          <KeyAxis box={box} bands={bands} labels={bars} />
        </svg>
      )}
      {active && (
        <div className={css.tip} style={{ left: clamp(middle(active), width), top: scale(sum(active.values)) }}>
          <b>{active.name ?? active.label}</b>
          {series.map(({ label: name, tone }, index) => (
            <span key={name}>
              <i className={css[tone]} />
              {name}: {text(active.values[index] ?? 0)}
            </span>
          ))}
        </div>
      )}
    </div>
  )
}

interface StackProps {
  bar: Bar
  series: readonly Series[]
  x: number
  width: number
  scale(value: number): number
}

function Stack({ bar: { values, expected }, series, x, width, scale }: StackProps) {
  let below = 0
  return (
    <>
      {expected !== undefined && expected > sum(values) && (
        <rect
          x={x}
          width={width}
          y={scale(expected)}
          height={scale(0) - scale(expected)}
          rx={3}
          className={css.expected}
        />
      )}
      {values.map((value, index) => {
        const y = scale(below + value)
        const height = Math.max(0, scale(below) - y)
        below += value
        // A gap of two pixels keeps series apart without colour.
        const gap = index > 0 && height > 3 ? 2 : 0
        const tone = series[index]?.tone ?? 'd1'
        return (
          <rect
            key={index}
            x={x}
            width={width}
            y={y}
            height={height - gap}
            rx={Math.min(3, width / 4)}
            className={css[tone]}
          />
        )
      })}
    </>
  )
}

/** The second series is hatched: it can be told from the first without colour. */
function Hatch() {
  return (
    <defs>
      <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="5" height="5" className={css.hatchGround} />
        <rect width="2.4" height="5" className={css.hatchLine} />
      </pattern>
    </defs>
  )
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** Keeps the tooltip inside the chart. */
const clamp = (x: number, width: number) => Math.min(Math.max(x, 80), Math.max(80, width - 80))
