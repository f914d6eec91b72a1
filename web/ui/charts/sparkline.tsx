// A line as high as a word, beside a figure. It has no axis: the figure says the number.
import { curveMonotoneX, line } from 'd3-shape'
import { useWords } from '../../words/use-words.ts'
import css from './chart.module.css'

interface SparklineProps {
  /** Oldest first. */
  values: readonly number[]
  width?: number
  height?: number
}

export function Sparkline({ values, width = 96, height = 28 }: SparklineProps) {
  const { direction } = useWords()
  const least = Math.min(...values)
  const range = Math.max(...values) - least || 1
  const step = width / Math.max(1, values.length - 1)
  const x = (_: number, index: number) => (direction === 'rtl' ? width - index * step : index * step)
  const path = line<number>(x, (value) => height - 2 - ((value - least) / range) * (height - 4)).curve(curveMonotoneX)
  return (
    <svg width={width} height={height} aria-hidden="true" className={css.d1}>
      <path d={path([...values]) ?? ''} className={css.line} />
    </svg>
  )
}
