// The main flows of the dashboard, each a function on the world of the browser tests. One that changes
// the session, or leaves data behind that others would see, opens its own context.
import type { World } from '../support/world.ts'
import { accountFlows } from './account.ts'
import { factorFlows } from './factors.ts'
import { keyboardFlows } from './keyboard.ts'
import { listFlows } from './lists.ts'
import { openingFlows } from './opening.ts'
import { ownSignInFlows } from './own-sign-in.ts'
import { secondFactorFlows } from './second-factor.ts'
import { signInFlows } from './sign-in.ts'
import { staffFlows } from './staff.ts'
import { workFlows } from './work.ts'

export const flows: Record<string, (world: World) => Promise<void>> = {
  ...signInFlows,
  ...openingFlows,
  ...accountFlows,
  ...ownSignInFlows,
  ...secondFactorFlows,
  ...factorFlows,
  ...keyboardFlows,
  ...staffFlows,
  ...workFlows,
  ...listFlows,
}
