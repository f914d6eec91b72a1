// Lines over time, the first with its area filled.
import { area, curveMonotoneX, line } from 'd3-shape'
import { useState } from 'react'
import { useWords } from '../../words/use-words.ts'
import { KeyAxis, ValueAxis } from './axis.tsx'
import css from './chart.module.css'
import type { Series } from './chart-card.tsx'
import { type Box, bandsOf, valuesOf } from './scales.ts'
import { useWidth } from './use-width.ts'

export interface Point {
  key: string
  label: string
  /** In the tooltip; the label when it is not given. */
  name?: string
  /** One for each series; null where it is not known. */
  values: readonly (number | null)[]
}

export interface AreaChartProps {
  label: string
  points: readonly Point[]
  series: readonly Series[]
  format?: (value: number) => string
  height?: number
}

export function AreaChart({ label, points, series, format, height = 260 }: AreaChartProps) {
  const { f, direction } = useWords()
  const [ref, width] = useWidth()
  const [active, setActive] = useState<Point | null>(null)
  const text = format ?? ((value: number) => f.number(value))
  const box: Box = { width, height, direction }
  const bands = bandsOf(
    points.map(({ key }) => key),
    box,
  )
  const scale = valuesOf(
    points.flatMap(({ values }) => values.filter((value) => value !== null)),
    box,
  )
  const x = ({ key }: Point) => (bands(key) ?? 0) + bands.bandwidth() / 2
  return (
    <div ref={ref} className={css.chart} style={{ height }}>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={label}>
          <ValueAxis box={box} scale={scale} format={text} />
          {series.map(({ label: name, tone }, index) => {
            const read = ({ values }: Point) => values[index] ?? null
            const y = (point: Point) => scale(read(point) ?? 0)
            const isKnown = (point: Point) => read(point) !== null
            const path = line<Point>(x, y).defined(isKnown).curve(curveMonotoneX)([...points])
            const ground = area<Point>(x, scale(0), y).defined(isKnown).curve(curveMonotoneX)([...points])
            return (
              <g key={name} className={css[tone]}>
                {index === 0 && <path d={ground ?? ''} className={css.ground} />}
                <path d={path ?? ''} className={index === 1 ? css.dashed : css.line} />
              </g>
            )
          })}
          {points.map((point) => (
            <rect
              key={point.key}
              x={x(point) - bands.step() / 2}
              width={bands.step()}
              height={height}
              fill="transparent"
              onPointerEnter={() => setActive(point)}
              onPointerLeave={() => setActive(null)}
            />
          ))}
          {active && <line x1={x(active)} x2={x(active)} y1={0} y2={scale(0)} className={css.cursor} />}
          <KeyAxis box={box} bands={bands} labels={points} />
        </svg>
      )}
      {active && (
        <div className={css.tip} style={{ left: Math.min(Math.max(x(active), 80), Math.max(80, width - 80)), top: 40 }}>
          <b>{active.name ?? active.label}</b>
          {series.map(({ label: name, tone }, index) => {
            const value = active.values[index] ?? null
            return (
              <span key={name}>
                <i className={css[tone]} />
                {name}: {value === null ? '–' : text(value)}
              </span>
            )
          })}
        </div>
      )}
    </div>
  )
}
