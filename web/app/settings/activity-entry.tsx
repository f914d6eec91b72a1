// One entry of the activity log: every field before and after, and where it came from.
import { Link } from '@tanstack/react-router'
import { operationText } from '../../../contract/activity/operations.ts'
import type { Activity } from '../../../contract/api/activity.ts'
import { Button } from '../../ui/button.tsx'
import { CopyBlock } from '../../ui/copy.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { Code, Moment } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { nameOf } from '../business.tsx'
import { ACTIVITY as WORDS } from './activity.words.ts'
import css from './activity-entry.module.css'
import { subjectLink } from './subject-link.ts'
import { useChanges } from './use-changes.ts'

interface Props {
  entry: Activity
  onClose(): void
  /** Shows all entries of the same subject. */
  onSubject(): void
}

export function ActivityEntry({ entry, onClose, onSubject }: Props) {
  const { t, f } = useWords()
  const { changes, rest } = useChanges()(entry)
  const { operation, subject, subject_name: name, actor_name: who, at, before, after } = entry
  const link = subjectLink(subject)
  const hasBefore = changes.some((change) => change.before !== null)
  return (
    <Dialog title={t(operationText(operation))} width={640} onClose={onClose}>
      <Stack>
        <p className="sub">
          {who ?? t(WORDS.unknown)} · <Moment value={at} /> · <bdi className="ltr">{entry.address}</bdi>
        </p>
        <Row wrap>
          {name ? <b>{t(nameOf(name))}</b> : subject !== null && <Code value={subject} />}
          {link && (
            <Link {...link} className="link">
              {t(WORDS.open)}
            </Link>
          )}
          {subject !== null && (
            <Button size="small" variant="quiet" onClick={onSubject}>
              {t(WORDS.onlyThis)}
            </Button>
          )}
        </Row>
        {changes.length === 0 ? (
          <p className="dim">{t(WORDS.noValues)}</p>
        ) : (
          <table className={css.changes}>
            <thead>
              <tr>
                <th scope="col">{t(WORDS.field)}</th>
                {hasBefore && <th scope="col">{t(WORDS.before)}</th>}
                <th scope="col">{t(WORDS.after)}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map((change) => (
                <tr key={change.label}>
                  <th scope="row">{change.label}</th>
                  {hasBefore && (
                    <td className="dim">
                      <bdi>{change.before}</bdi>
                    </td>
                  )}
                  <td>
                    <bdi>{change.after}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {rest > 0 && (
          <p className="dim">
            {t(WORDS.rest)} {f.number(rest)}
          </p>
        )}
        <p className="dim sm">
          {t(WORDS.client)}: <bdi className="ltr">{entry.user_agent || '—'}</bdi>
          <br />
          {t(WORDS.request)}: <bdi className="ltr">{entry.request_id}</bdi>
        </p>
        {after !== null && (
          <details>
            <summary>{t(WORDS.raw)}</summary>
            <CopyBlock label="JSON" value={JSON.stringify({ before, after }, null, 2)} />
          </details>
        )}
      </Stack>
    </Dialog>
  )
}
