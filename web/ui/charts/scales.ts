// Where things stand in a chart. In Arabic time runs from the right to the left, and the axis of values
// stands at the right.
import { scaleBand, scaleLinear } from 'd3-scale'

export interface Box {
  width: number
  height: number
  direction: 'ltr' | 'rtl'
}

/** Pixels around the plot. */
export const MARGIN = { top: 10, axis: 44, bottom: 24, end: 4 }

/** Left edge and width of the plot. */
export function plotOf({ width, direction }: Box): { left: number; right: number } {
  const [left, right] = direction === 'rtl' ? [MARGIN.end, MARGIN.axis] : [MARGIN.axis, MARGIN.end]
  return { left, right: Math.max(left + 1, width - right) }
}

/** Bands of equal width in reading order. */
export function bandsOf(keys: readonly string[], box: Box) {
  const { left, right } = plotOf(box)
  return scaleBand(keys, box.direction === 'rtl' ? [right, left] : [left, right])
    .paddingInner(0.28)
    .paddingOuter(0.14)
}

/** From 0 (or the least value, when it is less) to a round number above the greatest. */
export function valuesOf(values: readonly number[], { height }: Box) {
  const least = Math.min(0, ...values)
  const most = Math.max(1, ...values)
  return scaleLinear([least, most], [height - MARGIN.bottom, MARGIN.top]).nice(4)
}

/** Every n-th label, so that they do not touch: `room` is the width of one in pixels. */
export function everyNth(count: number, width: number, room: number): number {
  return Math.max(1, Math.ceil((count * room) / Math.max(1, width)))
}
