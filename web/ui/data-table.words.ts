// Words of tables.
import { plural, type Text } from '../words/text.ts'

export const WORDS = {
  columns: { en: 'Columns', ar: 'الأعمدة' },
  more: { en: 'Show more', ar: 'عرض المزيد' },
  /** No total: the server does not count what nobody reads. */
  shown(count: number, hasMore: boolean): Text {
    const rows = plural(count, {
      en: { one: '1 row', other: '# rows' },
      ar: { zero: 'لا صفوف', one: 'صف واحد', two: 'صفان', few: '# صفوف', many: '# صفًا', other: '# صف' },
    })
    return hasMore ? { en: `First ${rows.en}`, ar: `المعروض: ${rows.ar}` } : rows
  },
}
