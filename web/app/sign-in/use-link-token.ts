// The token behind `#` of a link in a mail. It leaves the address at once: it must not stay in the history.
import { useEffect, useState } from 'react'

/** Empty when there is none. */
export function useLinkToken(): string {
  const [token] = useState(() => location.hash.slice(1))
  useEffect(() => {
    if (location.hash !== '') history.replaceState(history.state, '', location.pathname + location.search)
  }, [])
  return token
}
