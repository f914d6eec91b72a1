// What a change of a program does to those who hold something in it.
import { plural, type Text } from '../../words/text.ts'

export function keep(holders: number): Text {
  return plural(holders, {
    en: { one: '# customer keeps their balance.', other: '# customers keep their balances.' },
    ar: {
      zero: 'لا يوجد عميل له رصيد.',
      one: 'يحتفظ عميل واحد برصيده.',
      two: 'يحتفظ عميلان برصيدهما.',
      few: 'يحتفظ # عملاء بأرصدتهم.',
      many: 'يحتفظ # عميلًا بأرصدتهم.',
      other: 'يحتفظ # عميل بأرصدتهم.',
    },
  })
}
