// The list of keyboard shortcuts.
import { Dialog } from '../../ui/dialog.tsx'
import type { Text } from '../../words/text.ts'
import { useWords } from '../../words/use-words.ts'
import { useDestinations } from '../use-destinations.ts'
import css from './shortcuts.module.css'
import { WORDS as SHELL } from './words.ts'

export function Shortcuts({ onClose }: { onClose(): void }) {
  const { t } = useWords()
  const letters = useDestinations().map(({ key, label }) => ({ keys: `G ${key.slice(3)}`, label }))
  return (
    <Dialog title={t(SHELL.shortcuts)} onClose={onClose}>
      <dl className={css.list}>
        {[...GENERAL, ...letters].map(({ keys, label }) => (
          <div key={keys}>
            <dt>{t(label)}</dt>
            <dd>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="dim sm">{t(LAYOUT)}</p>
    </Dialog>
  )
}

const GENERAL: { keys: string; label: Text }[] = [
  { keys: 'Ctrl K', label: { en: 'Search and go to a screen', ar: 'البحث والانتقال إلى شاشة' } },
  { keys: '/', label: { en: 'Search', ar: 'بحث' } },
  { keys: '?', label: { en: 'This list', ar: 'هذه القائمة' } },
  { keys: 'Esc', label: { en: 'Close', ar: 'إغلاق' } },
]

const LAYOUT: Text = {
  en: 'The keys work by their place, also on an Arabic keyboard.',
  ar: 'تعمل الاختصارات بحسب مكان الزر، حتى مع لوحة المفاتيح العربية.',
}
