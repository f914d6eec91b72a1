// The addresses of the dashboard that its server and its program both know.

/** Pages for people who are not signed in, below /app. */
const ENTRY = /^\/app\/(?:sign-in|invitation|reset|email-change)\/?$/

export function isEntryPath(path: string): boolean {
  return ENTRY.test(path)
}

/** Home itself, and not a screen below it. */
export function isHomePath(path: string): boolean {
  return /^\/app\/?$/.test(path)
}
