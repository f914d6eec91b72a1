// A Vite plugin: IBM Plex Sans Arabic in two weights, cut to the letters of Arabic and Latin text
// (128 kB become 39), declared in the page. web/app/load-fonts.ts loads them.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import subsetFont from 'subset-font'
import type { HtmlTagDescriptor, Plugin } from 'vite'

const FAMILY = 'IBM Plex Sans Arabic'
const WEIGHTS = [400, 600] as const

/** Names of customers hold any letter of these languages, so whole alphabets are kept. */
const SCRIPTS = [
  {
    name: 'arabic',
    letters: `${range(0x0621, 0x063a)}${range(0x0640, 0x0652)}${range(0x0660, 0x066c)}،؛؟ٰٱپچڤگﷲ`,
    // The ranges of the package: what is not in the file falls back to a font of the system.
    unicode: 'U+0600-06FF,U+FDF2',
  },
  {
    name: 'latin',
    letters: `${range(0x20, 0x7e)}\u00a0«»·°×÷éèàçüö–—‘’“”…−`,
    unicode: 'U+0000-00FF,U+0152-0153,U+0160-0161,U+0178,U+017D-017E,U+2000-206F,U+20AC,U+2212',
  },
] as const

interface Face {
  script: (typeof SCRIPTS)[number]
  weight: number
  /** Name of the asset, before its hash is added. */
  name: string
}

const FACES: readonly Face[] = SCRIPTS.flatMap((script) =>
  WEIGHTS.map((weight) => ({ script, weight, name: `plex-${script.name}-${weight}.woff2` })),
)

export function subsetFonts(): Plugin {
  return {
    name: 'loyapro:fonts',
    apply: 'build',
    async buildStart() {
      for (const { script, weight, name } of FACES) {
        this.emitFile({ type: 'asset', name, source: await cut(script.name, weight, script.letters) })
      }
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const urlOf = (name: string) => {
          const asset = Object.values(bundle).find((one) => one.type === 'asset' && one.names.includes(name))
          if (!asset) throw new Error(`${name} is not part of the build`)
          return `/app/${asset.fileName}`
        }
        const faces = FACES.map(({ script, weight, name }) => ({ script, weight, url: urlOf(name) }))
        return [declare(faces)]
      },
    },
  }
}

function range(first: number, last: number): string {
  return String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, index) => first + index))
}

async function cut(script: string, weight: number, letters: string): Promise<Buffer> {
  const require = createRequire(import.meta.url)
  const file = `@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-${script}-${weight}-normal.woff2`
  // After Arabic letters, the Latin file would draw other, wider digits than elsewhere. Without its
  // alternates every number looks alike; the joined forms of Arabic letters are alternates too, and stay.
  const noLayoutClosure = script === 'latin'
  // Instructions for coarse screens are a quarter of the file; phones and Macs do not read them.
  return subsetFont(await readFile(require.resolve(file)), letters, {
    targetFormat: 'woff2',
    noLayoutClosure,
    noHinting: true,
  })
}

function declare(faces: readonly { script: Face['script']; weight: number; url: string }[]): HtmlTagDescriptor {
  const rules = faces.map(
    ({ script, weight, url }) =>
      `@font-face{font-family:"${FAMILY}";font-weight:${weight};font-display:swap;src:url(${url}) format("woff2");unicode-range:${script.unicode}}`,
  )
  return { tag: 'style', attrs: { nonce: 'NONCE' }, children: rules.join(''), injectTo: 'head' }
}
