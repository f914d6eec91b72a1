// Filters in the URL: `validateSearch: filters({ q: text, status: oneOf('paid', 'void') })`. What the
// URL says and a filter does not know is left out.

/** `?q=latte&flagged=true`; values stay text, so that a phone number is not read as a number. */
export function readSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search))
}

export function writeSearch(search: Record<string, unknown>): string {
  const pairs = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()
  return text === '' ? '' : `?${text}`
}

type Reader<T> = (value: string) => T | undefined

type Filters<Readers extends Record<string, Reader<unknown>>> = {
  [Name in keyof Readers]?: Exclude<ReturnType<Readers[Name]>, undefined>
}

/** The `validateSearch` of a route. */
export function filters<const Readers extends Record<string, Reader<unknown>>>(readers: Readers) {
  return (search: Record<string, unknown>): Filters<Readers> => {
    const read = Object.entries(readers).flatMap(([name, reader]) => {
      const given = search[name]
      const value = given === undefined || given === null || given === '' ? undefined : reader(String(given))
      return value === undefined ? [] : [[name, value]]
    })
    return Object.fromEntries(read) as Filters<Readers>
  }
}

export const text: Reader<string> = (value) => value.slice(0, 200)

/** `2026-11-30` */
export const day: Reader<string> = (value) => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined)

export const flag: Reader<boolean> = (value) => (value === 'true' ? true : value === 'false' ? false : undefined)

export function oneOf<const Values extends readonly string[]>(...values: Values): Reader<Values[number]> {
  return (value) => values.find((one) => one === value)
}

/** An id with its prefix: `idOf('brn')`. */
export function idOf(prefix: string): Reader<string> {
  return (value) => (new RegExp(`^${prefix}_[0-9a-z]{26}$`).test(value) ? value : undefined)
}
