// Renders a mail: the subject, the plain text, and simple HTML that loads nothing and runs from right
// to left in Arabic.
import type { MailContent, MailLanguage } from './content.ts'
import { type MailText, textOf } from './texts.ts'

export interface RenderedMail {
  subject: string
  text: string
  html: string
}

export function renderMail(content: MailContent, language: MailLanguage): RenderedMail {
  const text = textOf(content, language)
  return { subject: text.subject, text: toPlain(text), html: toHtml(text, language) }
}

function toPlain({ paragraphs, action, note }: MailText): string {
  return [...paragraphs, ...(action ? [`${action.label}:\n${action.url}`] : []), note, 'LoyaPro'].join('\n\n')
}

function toHtml({ subject, paragraphs, action, note }: MailText, language: MailLanguage): string {
  const direction = language === 'ar' ? 'rtl' : 'ltr'
  const button =
    action &&
    `<p><a href="${escapeHtml(action.url)}" style="${BUTTON}">${escapeHtml(action.label)}</a></p>
<p style="${SMALL}" dir="ltr">${escapeHtml(action.url)}</p>`
  return `<!doctype html>
<html lang="${language}" dir="${direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body dir="${direction}" style="${BODY}">
${paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n')}
${button ?? ''}
<p style="${SMALL}">${escapeHtml(note)}</p>
<p style="${SMALL}">LoyaPro</p>
</body>
</html>
`
}

/** Mail programs ignore style sheets. */
const BODY =
  'max-width:32rem;margin:0 auto;padding:1.5rem;font:16px/1.6 Tahoma,Arial,sans-serif;color:#1c1b1a;background:#fff'
const BUTTON =
  'display:inline-block;padding:.7rem 1.2rem;border-radius:.5rem;background:#0f5c4d;color:#fff;text-decoration:none'
const SMALL = 'font-size:13px;color:#5f5b57;word-break:break-all'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
