// Settings › Privacy notices › one: a draft to write and publish, or a version as it was published.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { PrivacyNotice } from '../../../contract/api/privacy-notices.ts'
import { blanksOf, MAX_CONSENT, MAX_NOTICE, type NoticeTexts } from '../../../contract/privacy-notice.ts'
import { api } from '../../api/client.ts'
import { noticeQuery, noticesQuery } from '../../api/privacy-notices.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { confirm } from '../../ui/confirm.ts'
import { TextField } from '../../ui/fields.tsx'
import { Form, useSend } from '../../ui/form.tsx'
import { Column, Grid, Stack } from '../../ui/layout.tsx'
import { BackLink, Page } from '../../ui/page.tsx'
import { Failed, QueryView } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { NOTICE_WORDS as WORDS } from './notice.words.ts'
import { NoticeChip } from './notice-list.tsx'
import { NoticePreview } from './notice-preview.tsx'
import { WORDS as COMMON } from './words.ts'

const route = getRouteApi('/shell/settings/notices/$id')

export function NoticeScreen() {
  const { t } = useWords()
  const { id } = route.useParams()
  const { can } = useBusiness()
  const query = useQuery(noticeQuery(id))
  const notice = query.data
  const isDraft = notice?.status === 'draft'
  return (
    <Page
      title={notice && !isDraft ? t(WORDS.version(notice.version ?? 0)) : t(WORDS.draft)}
      name={t(WORDS.notices)}
      chips={notice && <NoticeChip status={notice.status} />}
      subtitle={t(isDraft ? WORDS.draftText : WORDS.publishedText)}
      back={<BackLink to="/settings/notices">{t(WORDS.notices)}</BackLink>}
    >
      <QueryView query={query}>
        {(known) =>
          known.status === 'draft' && can('business:write') ? (
            <Editor key={known.id} notice={known} />
          ) : (
            <NoticePreview texts={known.texts} />
          )
        }
      </QueryView>
    </Page>
  )
}

const LANGUAGES = ['en', 'ar'] as const

function Editor({ notice }: { notice: PrivacyNotice }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [texts, setTexts] = useState(notice.texts)
  const path = `/privacy-notices/${notice.id}`
  const sending = useSend(() => api.patch<PrivacyNotice>(path, { texts }))
  const publishing = useSend(() => api.post<PrivacyNotice>(`${path}/publish`))
  const deleting = useSend(() => api.delete(path))
  const isDirty = JSON.stringify(texts) !== JSON.stringify(notice.texts)
  const blanks = Object.values(texts).flatMap(({ en, ar }) => [...blanksOf(en), ...blanksOf(ar)])
  const keep = (saved: PrivacyNotice) => {
    queries.setQueryData(noticeQuery(notice.id).queryKey, saved)
    return queries.invalidateQueries({ queryKey: noticesQuery.queryKey, exact: true })
  }
  const save = async () => {
    const saved = await sending.send()
    if (saved === null) return
    setTexts(saved.texts)
    await keep(saved)
    toast(COMMON.saved)
  }
  const publish = async () => {
    const question = { title: t(WORDS.publishTitle), text: t(WORDS.publishText), act: t(WORDS.publish) }
    if (!(await confirm(question))) return
    const published = await publishing.send()
    if (published === null) return
    await keep(published)
    toast(WORDS.published)
  }
  const remove = async () => {
    const question = { title: t(WORDS.deleteTitle), text: t(WORDS.deleteText), act: t(WORDS.delete), danger: true }
    if (!(await confirm(question)) || (await deleting.send()) === null) return
    await queries.invalidateQueries({ queryKey: noticesQuery.queryKey, exact: true })
    await navigate({ to: '/settings/notices' })
  }
  const field = (name: keyof NoticeTexts, language: (typeof LANGUAGES)[number]) => (
    <TextField
      key={language}
      label={t(WORDS.languages[language])}
      ltr={language === 'en'}
      rtl={language === 'ar'}
      lines={name === 'notice' ? 18 : 3}
      value={texts[name][language]}
      onChange={(text) => setTexts({ ...texts, [name]: { ...texts[name], [language]: text } })}
      error={sending.errorAt(`/texts/${name}/${language}`) ?? publishing.errorAt(`/texts/${name}/${language}`)}
      maxLength={name === 'notice' ? MAX_NOTICE : MAX_CONSENT}
      required
    />
  )
  const failure = publishing.error ?? deleting.error
  return (
    <Stack gap={20}>
      {failure != null && <Failed error={failure} isWrite />}
      <Form
        state={sending}
        isDirty={isDirty}
        act={t(WORDS.saveDraft)}
        onSubmit={() => void save()}
        onReset={() => setTexts(notice.texts)}
      >
        {(['notice', 'service', 'marketing'] as const).map((name) => (
          <Card key={name} title={t(WORDS.parts[name])}>
            <Stack gap={12}>
              <p className="dim sm">{t(WORDS.partTexts[name])}</p>
              <Grid>
                {LANGUAGES.map((language) => (
                  <Column key={language} span={6}>
                    {field(name, language)}
                  </Column>
                ))}
              </Grid>
            </Stack>
          </Card>
        ))}
      </Form>
      <Card title={t(WORDS.publish)}>
        <Stack gap={12}>
          <p>{isDirty ? t(WORDS.saveFirst) : blanks.length > 0 ? t(WORDS.blanks(blanks)) : t(WORDS.publishText)}</p>
          <div>
            <Button disabled={isDirty || blanks.length > 0} busy={publishing.isBusy} onClick={() => void publish()}>
              {t(WORDS.publish)}
            </Button>{' '}
            <Button variant="danger" busy={deleting.isBusy} onClick={() => void remove()}>
              {t(WORDS.delete)}
            </Button>
          </div>
        </Stack>
      </Card>
      <NoticePreview texts={texts} />
    </Stack>
  )
}
