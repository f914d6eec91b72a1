// What the keys of the shell mean: Ctrl or Cmd+K and `/` open the palette, `?` the list of shortcuts,
// `g` and then a letter a screen.

export interface Press {
  /** Place of the key: `KeyK`. */
  code: string
  command: boolean
  shift: boolean
  alt: boolean
  /** The focus is where keys mean something else: a field, a menu, a dialog. */
  isBusy: boolean
  /** Milliseconds. */
  at: number
}

export interface Acts {
  palette(): void
  shortcuts(): void
  /** Opens the screen of the second key; false when there is none. */
  go(code: string): boolean
}

const SECOND_KEY_MS = 1_500

/** Returns a function that tells whether the press meant something. */
export function createKeys({ palette, shortcuts, go }: Acts): (press: Press) => boolean {
  let goSince = Number.NEGATIVE_INFINITY
  return ({ code, command, shift, alt, isBusy, at }) => {
    if (command && !shift && !alt && code === 'KeyK') {
      palette()
      return true
    }
    if (command || alt || isBusy) return false
    const isSecond = at - goSince < SECOND_KEY_MS
    goSince = Number.NEGATIVE_INFINITY
    if (isSecond && !shift && go(code)) return true
    if (code === 'KeyG' && !shift) {
      goSince = at
      return true
    }
    if (code !== 'Slash') return false
    if (shift) shortcuts()
    else palette()
    return true
  }
}
