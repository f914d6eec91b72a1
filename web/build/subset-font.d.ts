// Types of subset-font, which has none of its own.
declare module 'subset-font' {
  /** The font with the glyphs of these letters only. */
  export default function subsetFont(
    font: Buffer,
    letters: string,
    options: { targetFormat: 'woff2' | 'woff' | 'sfnt'; noLayoutClosure?: boolean; noHinting?: boolean },
  ): Promise<Buffer>
}
