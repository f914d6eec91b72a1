// A stream of the server: `useLive('/activity/stream', { onEvent })`. The browser connects again by
// itself; `state` says how it stands.
import { useEffect, useEffectEvent, useState } from 'react'
import { addressOf } from '../api/client.ts'

export type LiveState = 'connecting' | 'open' | 'lost'

export interface LiveOptions {
  query?: object
  /** Names of the events that the stream sends; `message` by default. */
  events?: readonly string[]
  enabled?: boolean
  /** The parsed data of an event, and its name. */
  onEvent(data: unknown, name: string): void
}

export function useLive(
  path: string,
  { query, events = ['message'], enabled = true, onEvent }: LiveOptions,
): LiveState {
  const [state, setState] = useState<LiveState>('connecting')
  const address = addressOf(path, query)
  const names = events.join(' ')
  const receive = useEffectEvent((event: MessageEvent<string>) => onEvent(parse(event.data), event.type))
  useEffect(() => {
    if (!enabled) return
    const source = new EventSource(address)
    source.onopen = () => setState('open')
    source.onerror = () => setState('lost')
    for (const name of names.split(' ')) source.addEventListener(name, (event) => receive(event))
    return () => source.close()
  }, [address, names, enabled])
  return state
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return data
  }
}
