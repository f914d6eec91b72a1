// The progress of the tests (`node --test --test-reporter`): one line for each file when it ends,
// failures at once, and at the end a summary with the slowest files.
import { inspect, styleText } from 'node:util'

type Event =
  | { type: 'test:pass' | 'test:fail'; data: Result }
  | { type: 'test:diagnostic' | 'test:stdout' | 'test:stderr'; data: { file?: string; message: string } }
  | { type: 'test:summary'; data: Summary }
  | { type: 'test:plan' | 'other'; data: unknown }

interface Result {
  name: string
  file?: string
  line?: number
  skip?: string | boolean
  todo?: string | boolean
  details: { duration_ms: number; type?: string; error?: Error }
}

interface Summary {
  /** Undefined in the summary of the whole run. */
  file?: string
  success: boolean
  duration_ms: number
  counts: { tests: number; passed: number; failed: number; skipped: number; cancelled: number }
}

const SLOWEST = 15
const total = Number(process.env.LOYAPRO_TEST_FILES ?? 0)

export default async function* report(events: AsyncIterable<Event>): AsyncGenerator<string> {
  const failures: Result[] = []
  const files: Summary[] = []
  const skipped: Result[] = []
  const output = new Map<string, string>()
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr' || type === 'test:diagnostic') {
      const { file = '', message } = data
      output.set(file, `${output.get(file) ?? ''}${message}${type === 'test:diagnostic' ? '\n' : ''}`)
    }
    if (type === 'test:pass' && data.skip !== undefined) skipped.push(data)
    if (type === 'test:fail' && data.details.error && !isSubtestFailure(data.details.error)) {
      failures.push(data)
      yield failureOf(data)
    }
    if (type !== 'test:summary') continue
    if (data.file === undefined) {
      yield summaryOf(data, files, failures, skipped)
      continue
    }
    files.push(data)
    yield lineOf(data, files.length)
    if (!data.success) yield output.get(data.file) ?? ''
    output.delete(data.file)
  }
}

/** A test fails because one of its subtests did, which is reported itself. */
function isSubtestFailure(error: Error): boolean {
  return 'failureType' in error && error.failureType === 'subtestsFailed'
}

function lineOf({ file = '', success, counts, duration_ms: ms }: Summary, done: number): string {
  const mark = success ? styleText('green', '✔') : styleText('red', '✖')
  const progress = `${String(done).padStart(String(total).length)}/${total || '?'}`
  const skips = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
  return `${mark} ${progress} ${shortPath(file)} (${counts.tests} tests${skips}, ${seconds(ms)})\n`
}

function failureOf({ name, file, line, details: { error } }: Result): string {
  const cause = error && 'cause' in error && error.cause !== undefined ? error.cause : error
  const text = cause instanceof Error || typeof cause === 'object' ? inspect(cause, { depth: 6 }) : String(cause)
  return `${styleText('red', '✖')} ${name}\n  ${shortPath(file ?? '')}:${line ?? ''}\n${text.replace(/^/gm, '  ')}\n`
}

function summaryOf(
  { counts, duration_ms: ms, success }: Summary,
  files: readonly Summary[],
  failures: readonly Result[],
  skipped: readonly Result[],
): string {
  const slowest = files.toSorted((a, b) => b.duration_ms - a.duration_ms).slice(0, SLOWEST)
  const lines = [
    '',
    `slowest files: ${slowest.map(({ file = '', duration_ms: each }) => `${shortPath(file)} ${seconds(each)}`).join(', ')}`,
    ...skipped.map(({ name, skip }) => `skipped: ${name}${typeof skip === 'string' ? `: ${skip}` : ''}`),
    ...failures.map(
      ({ name, file, line }) => `${styleText('red', '✖')} ${shortPath(file ?? '')}:${line ?? ''} ${name}`,
    ),
    `${success ? styleText('green', '✔') : styleText('red', '✖')} ${files.length} files, ${counts.tests} tests: ` +
      `${counts.passed} passed, ${counts.failed} failed, ${counts.cancelled} cancelled, ${counts.skipped} skipped, ${seconds(ms)}`,
  ]
  return `${lines.join('\n')}\n`
}

function shortPath(file: string): string {
  const root = `${process.cwd()}/`
  return file.startsWith(root) ? file.slice(root.length) : file
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
