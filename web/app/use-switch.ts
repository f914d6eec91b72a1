// Opens another business of the person, on Home.
import { useNavigate } from '@tanstack/react-router'
import { useMayLeave } from '../ui/form.tsx'
import { useBusiness } from './business.tsx'

/** Asks first when something on the screen is not saved. */
export function useSwitch(): (id: string) => Promise<void> {
  const { switchTo } = useBusiness()
  const navigate = useNavigate()
  const mayLeave = useMayLeave()
  return async (id) => {
    if (!(await mayLeave())) return
    switchTo(id)
    // The branch in the address is one of the former business.
    await navigate({ to: '/', search: { branch: undefined }, ignoreBlocker: true })
  }
}
