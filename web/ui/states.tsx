// What a screen shows when it has no data to show: loading, empty, failed, forbidden.
import { IconAlertTriangle, IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ApiError } from '../api/error.ts'
import { useWords } from '../words/use-words.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import css from './states.module.css'
import { WORDS } from './states.words.ts'

/** Grey shapes in place of the content; seen after 150 ms, so that what is quick does not flicker. */
export function Loading({ shape = 'lines', rows = 4 }: { shape?: 'lines' | 'table'; rows?: number }) {
  const { t } = useWords()
  return (
    <div className={`${css.loading} ${css[shape]}`} aria-busy="true" role="status">
      <span className="hidden">{t(WORDS.loading)}</span>
      {Array.from({ length: rows }, (_, row) => (
        <i key={row} style={{ inlineSize: widthOf(shape, row) }} />
      ))}
    </div>
  )
}

function widthOf(shape: string, row: number): string {
  return shape === 'lines' ? `${[72, 94, 58, 83][row % 4]}%` : '100%'
}

export interface EmptyProps {
  title: ReactNode
  /** What fills it, in a sentence or two. */
  children?: ReactNode
  /** One act. */
  action?: ReactNode
  picture?: ReactNode
}

/** Says what belongs here, how it comes, and offers the one act that brings it. */
export function Empty({ title, children, action, picture }: EmptyProps) {
  return (
    <div className={css.empty}>
      {picture}
      <h2>{title}</h2>
      {children !== undefined && <p className="sub">{children}</p>}
      {action}
    </div>
  )
}

export interface FailedProps {
  error: unknown
  /** When what is still on the screen was loaded: it stays, and the reader learns how old it is. */
  since?: Date | undefined
  retry?: (() => void) | undefined
  /** What was sent failed, not what was loaded. */
  isWrite?: boolean
}

/** What happened, since when, the number for support, and another try. */
export function Failed({ error, since, retry, isWrite = false }: FailedProps) {
  const { t, f } = useWords()
  const failure = error instanceof ApiError ? error : null
  if (failure?.status === 403) return <Forbidden error={failure} />
  const isGone = failure?.code === 'not_found'
  return (
    <div className={since ? css.banner : css.failed} role="alert">
      <Icon of={IconAlertTriangle} size={22} />
      <div>
        <b>{t(since ? WORDS.stale : isGone ? WORDS.gone : isWrite ? WORDS.notDone : WORDS.failed)}</b>
        <p>{failure ? t(failure.text) : t(WORDS.unexpected)}</p>
        {since && <p>{t(WORDS.shownSince(f.time(since)))}</p>}
        {failure?.requestId && (
          <p className="dim sm">
            {t(WORDS.requestId)} <bdi className="ltr">{failure.requestId}</bdi>
          </p>
        )}
      </div>
      {retry && !isGone && (
        <Button size="small" onClick={retry}>
          {t(WORDS.retry)}
        </Button>
      )}
    </div>
  )
}

/** The role of the reader does not allow it. */
export function Forbidden({ error }: { error?: ApiError }) {
  const { t } = useWords()
  return (
    <div className={css.empty}>
      <Icon of={IconLock} size={28} />
      <h2>{t(WORDS.forbidden)}</h2>
      <p className="sub">{error ? t(error.text) : t(WORDS.askOwner)}</p>
    </div>
  )
}

/** The part of TanStack Query's result that QueryView reads. */
interface QueryLike<Data> {
  data: Data | undefined
  error: unknown
  dataUpdatedAt: number
  refetch(): unknown
}

interface QueryViewProps<Data> {
  query: QueryLike<Data>
  loading?: ReactNode
  children: (data: Data) => ReactNode
}

/** Data, or why there is none; when a refresh failed, the old data with a banner above it. */
export function QueryView<Data>({ query, loading = <Loading />, children }: QueryViewProps<Data>) {
  const { data, error, dataUpdatedAt, refetch } = query
  const retry = () => void refetch()
  if (data === undefined) return error ? <Failed error={error} retry={retry} /> : loading
  return (
    <>
      {error != null && <Failed error={error} since={new Date(dataUpdatedAt)} retry={retry} />}
      {children(data)}
    </>
  )
}
