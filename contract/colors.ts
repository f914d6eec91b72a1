// Colours in the form #rrggbb: contrast as WCAG 2.2 defines it, and the nearest shade that is readable.

/** The least contrast of text with its ground (WCAG 2.2, 1.4.3). */
export const TEXT_CONTRAST = 4.5
/** The least contrast of shapes with their ground (WCAG 2.2, 1.4.11). */
export const SHAPE_CONTRAST = 3

export const WHITE = '#ffffff'
export const BLACK = '#000000'

/** From 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [a, b] = [luminanceOf(one), luminanceOf(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** `share` of `other` from 0 to 1, the rest of `color`. */
export function mix(color: string, other: string, share: number): string {
  const [from, to] = [channelsOf(color), channelsOf(other)]
  const mixed = from.map((value, place) => Math.round(value + ((to[place] ?? value) - value) * share))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/**
 * `color`, or its nearest shade that has the contrast `least` with every ground: darker where the
 * grounds are lighter, else lighter; black or white where no shade of that side has it.
 */
export function readableOn(grounds: readonly string[], color: string, least: number): string {
  const isReadable = (shade: string) => grounds.every((ground) => contrastOf(shade, ground) >= least)
  if (isReadable(color)) return color
  const isDarker = grounds.every((ground) => luminanceOf(color) <= luminanceOf(ground))
  const ends = isDarker ? [BLACK, WHITE] : [WHITE, BLACK]
  for (const end of ends) {
    for (let step = 1; step <= STEPS; step++) {
      const shade = mix(color, end, step / STEPS)
      if (isReadable(shade)) return shade
    }
  }
  return contrastOf(BLACK, grounds[0] ?? WHITE) >= contrastOf(WHITE, grounds[0] ?? WHITE) ? BLACK : WHITE
}

const STEPS = 100

function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(color).map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function channelsOf(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
}
