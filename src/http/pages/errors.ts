// The page that the `type` of every error links to: all error codes in both languages.
import { ERRORS } from '../../../contract/errors.ts'

/**
 * Plain HTML without script or style, narrow enough for a phone. It contains constants only, so
 * nothing is escaped.
 */
export function errorsPage(): string {
  const rows = Object.entries(ERRORS).map(
    ([code, { status, title }]) =>
      `<tr id="${code}"><td>${status}</td><td><code>${code}</code><div>${title.en}</div><div lang="ar" dir="rtl">${title.ar}</div></td></tr>`,
  )
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>LoyaPro: errors</title></head>
<body>
<h1>Errors</h1>
<p>Every error response is <code>application/problem+json</code> with one of these codes. See the <a href="/docs">API reference</a>.</p>
<table>
<thead><tr><th>Status</th><th>Code and meaning <span lang="ar" dir="rtl">الرمز والمعنى</span></th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</body>
</html>
`
}
