// The equation in the sentence of a movement: `24.00 SAR × 1 point per 1.00 SAR = 24 points` as chips.

export type EquationPart = { text: string } | { sign: '=' | '×' | '+' }

export interface Equation {
  /** What stands before it: `After the return`. */
  lead: string
  left: readonly EquationPart[]
  result: string
  /** What stands after it: `limited to 10 points (limit per order)`. */
  rest: string
}

/** Null when the sentence is no equation. */
export function equationOf(sentence: string): Equation | null {
  const [, before = '', after = ''] = /^(.*?) = (.*)$/s.exec(sentence) ?? []
  if (before === '') return null
  // A colon before the equation ends what leads to it; a time has none, for it has no space after it.
  const [, lead = '', terms = before] = /^(.*?: )?(.*)$/s.exec(before) ?? []
  const end = /[,،;؛] | instead of | بدلًا من /.exec(after)
  const result = end ? after.slice(0, end.index) : after
  // Several results: a list of the best, which a row of chips cannot show.
  if (result.includes(' = ') || / = /.test(end ? after.slice(end.index) : '')) return null
  return {
    lead: lead.replace(/: $/, ''),
    left: partsOf(terms),
    result,
    rest: end
      ? after
          .slice(end.index)
          .replace(/^[,،;؛] /, '')
          .trim()
      : '',
  }
}

/** Split at the signs that are in no parentheses. */
function partsOf(terms: string): EquationPart[] {
  const parts: EquationPart[] = []
  let depth = 0
  let text = ''
  for (let at = 0; at < terms.length; at++) {
    const sign = depth === 0 ? / ([×+]) /y : null
    if (sign) sign.lastIndex = at
    const found = sign?.exec(terms)
    if (found) {
      parts.push({ text: text.trim() }, { sign: found[1] as '×' | '+' })
      text = ''
      at += 2
      continue
    }
    if (terms[at] === '(') depth += 1
    if (terms[at] === ')') depth -= 1
    text += terms[at]
  }
  return [...parts, { text: text.trim() }]
}
