// LoyaPro's look as a Mantine theme: scales, sizes, and resolvers that take every colour from
// tokens.css, so that each text has a contrast of 4.5:1 or more in both schemes.
import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'

const tuple = (colors: string) => colors.split(' ') as unknown as MantineColorsTuple

export const theme = createTheme({
  primaryColor: 'palm',
  primaryShade: { light: 8, dark: 6 },
  colors: {
    palm: tuple('#e6f2ec #d0e8dd #b9dccd #6fcdac #45b08d #1d8064 #1a7a5f #0f6b4f #0b5e49 #084a39'),
    gray: tuple('#fcfbf9 #f7f6f2 #f0eee8 #e7e4dc #d2cec3 #8d897d #626d67 #44514b #26332d #14221d'),
    dark: tuple('#edf2ef #b6c2bc #93a199 #71827a #384740 #25312c #141c19 #0d1412 #0a100e #070b0a'),
    saffron: tuple('#fdf1d8 #f7e4ba #f0d9a4 #f0bd5e #e9a21f #c2780f #a5650a #965a06 #875000 #6b3f00'),
    pomegranate: tuple('#fcebe7 #f7dad3 #f1c7be #ff9c8b #e0604c #c94634 #b83526 #ae2f20 #a62a1c #832014'),
    sky: tuple('#e8f0f8 #d3e3f2 #b4d0ea #8fc0ee #5a96cf #3f7db8 #2f6ba4 #286399 #215a8f #194872'),
  },
  white: '#ffffff',
  black: '#14221d',
  fontFamily: 'var(--ui)',
  fontFamilyMonospace: 'var(--ui)',
  fontSizes: { xs: 'var(--t-xs)', sm: 'var(--t-s)', md: 'var(--t-m)', lg: 'var(--t-l)', xl: 'var(--t-xl)' },
  lineHeights: { xs: 'var(--lh-tight)', sm: 'var(--lh)', md: 'var(--lh)', lg: 'var(--lh)', xl: 'var(--lh)' },
  headings: { fontWeight: '600' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '20px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '14px', xl: '22px' },
  defaultRadius: 'md',
  shadows: { xs: 'var(--sh-1)', sm: 'var(--sh-1)', md: 'var(--sh-2)', lg: 'var(--sh-3)', xl: 'var(--sh-3)' },
  breakpoints: { xs: '360px', sm: '700px', md: '1100px', lg: '1440px', xl: '1920px' },
  respectReducedMotion: true,
  focusRing: 'auto',
  cursorType: 'pointer',
  variantColorResolver: (input) => variantColorResolver(input),
})

/** What a filled control, a word and a tinted ground of each colour are made of. */
const VARIABLES: Record<string, { fill: string; hover: string; word: string; tint: string }> = {
  palm: { fill: '--palm', hover: '--palm-hover', word: '--palm-text', tint: '--palm-soft' },
  pomegranate: { fill: '--fail-fill', hover: '--fail-fill', word: '--fail', tint: '--fail-soft' },
  saffron: { fill: '--hand-fill', hover: '--hand-fill', word: '--hand', tint: '--hand-soft' },
  sky: { fill: '--note-fill', hover: '--note-fill', word: '--note', tint: '--note-soft' },
  gray: { fill: '--gray-fill', hover: '--gray-fill', word: '--ink-2', tint: '--sunken' },
}

export const variantColorResolver: VariantColorsResolver = (input) => {
  const base = defaultVariantColorsResolver(input)
  const of = VARIABLES[input.color ?? 'palm']
  if (of === undefined) return base
  const { fill, hover, word, tint } = of
  switch (input.variant) {
    case 'filled':
      return { background: `var(${fill})`, hover: `var(${hover})`, color: '#ffffff', border: '1px solid transparent' }
    case 'light':
      return { ...base, background: `var(${tint})`, hover: `var(${tint})`, color: `var(${word})` }
    case 'subtle':
    case 'transparent':
      return { ...base, hover: `var(${tint})`, color: `var(${word})` }
    case 'outline':
      return { ...base, hover: `var(${tint})`, color: `var(${word})`, border: '1px solid var(--line-2)' }
    default:
      return base
  }
}

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--bg)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-error': 'var(--fail)',
    '--mantine-color-anchor': 'var(--palm-text)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--raised)',
    '--mantine-color-default-border': 'var(--line-2)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-disabled': 'var(--sunken)',
    '--mantine-color-disabled-color': 'var(--ink-3)',
    '--mantine-color-disabled-border': 'var(--line)',
    '--mantine-primary-color-filled': 'var(--palm)',
    '--mantine-primary-color-filled-hover': 'var(--palm-hover)',
    '--mantine-primary-color-light': 'var(--palm-soft)',
    '--mantine-primary-color-light-color': 'var(--palm-text)',
  },
  light: {},
  dark: {},
})
