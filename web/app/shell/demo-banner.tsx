// Says that the business is a demo, how much of it has arrived, and removes it.
import { IconFlask } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { demoQuery } from '../../api/home.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import css from './demo-banner.module.css'

const RemoveDemo = lazy(() => import('./remove-demo.tsx').then(({ RemoveDemo }) => ({ default: RemoveDemo })))

export function DemoBanner() {
  const { t, f } = useWords()
  const { can } = useBusiness()
  const [isAsking, setAsking] = useState(false)
  const { data } = useQuery({ ...demoQuery, enabled: can('business:read') })
  if (data === undefined || data.status === 'none') return null
  const { status, sent, due } = data
  const text = status === 'loading' && due > 0 ? WORDS.loading(f.percent(sent / due)) : WORDS.demo
  return (
    <div className={`${css.banner} no-print`} role="status">
      <Icon of={IconFlask} />
      <span>{t(text)}</span>
      {can('demo:remove') && status !== 'removing' && (
        <Button size="small" variant="quiet" onClick={() => setAsking(true)}>
          {t(WORDS.remove)}
        </Button>
      )}
      {isAsking && (
        <Suspense>
          <RemoveDemo onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </div>
  )
}

const WORDS = {
  demo: {
    en: 'This is a demo: its customers and orders are samples.',
    ar: 'هذه منشأة تجريبية: عملاؤها وطلباتها عينات.',
  },
  loading: (share: string) => ({
    en: `This is a demo. Its sample orders are arriving: ${share}.`,
    ar: `هذه منشأة تجريبية، وطلباتها العينات قيد الوصول: ${share}.`,
  }),
  remove: { en: 'Start with my own business', ar: 'ابدأ بمنشأتي' },
}
