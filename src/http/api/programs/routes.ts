// The operations of the business API on programs and their versions.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerActivateProgram } from './activate-program.ts'
import { registerCreateProgram } from './create-program.ts'
import { registerCreateVersion } from './create-version.ts'
import { registerEndProgram } from './end-program.ts'
import { registerGetProgram } from './get-program.ts'
import { registerGetSummary } from './get-summary.ts'
import { registerListPrograms } from './list-programs.ts'
import { registerListSummaries } from './list-summaries.ts'
import { registerRenameProgram } from './rename-program.ts'
import { registerTryProgram } from './try-program.ts'

/** In the order of the API reference. */
export function programRoutes(app: ApiServer, ctx: AppContext): void {
  registerListPrograms(app, ctx)
  registerCreateProgram(app, ctx)
  registerTryProgram(app, ctx)
  registerGetProgram(app, ctx)
  registerRenameProgram(app, ctx)
  registerCreateVersion(app, ctx)
  registerActivateProgram(app, ctx)
  registerEndProgram(app, ctx)
  registerGetSummary(app, ctx)
  registerListSummaries(app, ctx)
}
