// 409 when somebody has saved a version since the one that was edited or seen, with what they
// changed.
import { changesBetween } from '../../../../contract/program/changes.ts'
import type { Definition } from '../../../../contract/program.ts'
import { rational } from '../../../kernel/rational.ts'
import { moneyText } from '../../../programs/why/words.ts'
import { Problem } from '../../problem.ts'

interface Outdated {
  /** Null when there never was such a version. */
  basedOn: Definition | null
  latest: number
  definition: Definition
}

export function outdated({ basedOn, latest, definition }: Outdated, currency: string): Problem {
  const money = (minor: number) => ({
    en: moneyText('en', currency, rational(minor)),
    ar: moneyText('ar', currency, rational(minor)),
  })
  return new Problem('conflict', {
    detail: {
      en: `Version ${latest} of the program was saved meanwhile. Look at the changes and save again, based on it.`,
      ar: `حُفظ الإصدار ${latest} من البرنامج في هذه الأثناء. اطّلع على التغييرات ثم احفظ من جديد بناءً عليه.`,
    },
    extra: { latest, changes: basedOn ? changesBetween(basedOn, definition, money) : [] },
  })
}
