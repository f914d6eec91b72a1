// The operations of the business API on the business: branches, connections, POS systems and API
// keys.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerConnect } from './connect.ts'
import { registerCreateConnectionSecret, registerRemoveConnectionSecret } from './connection-secret.ts'
import { registerCreateConnectionCode } from './create-connection-code.ts'
import { registerCreateKey } from './create-key.ts'
import { registerCreatePosToken } from './create-pos-token.ts'
import { registerDisconnect } from './disconnect.ts'
import { registerGetBusiness } from './get-business.ts'
import { registerListBranches } from './list-branches.ts'
import { registerListConnectionCodes } from './list-connection-codes.ts'
import { registerListConnections } from './list-connections.ts'
import { registerListKeys } from './list-keys.ts'
import { registerListPosSystems } from './list-pos-systems.ts'
import { registerRegisterPos } from './register-pos.ts'
import { registerRevokeKey } from './revoke-key.ts'
import { registerRevokePosToken } from './revoke-pos-token.ts'
import { registerUpdateBranch } from './update-branch.ts'
import { registerUpdateBusiness } from './update-business.ts'

/** In the order of the API reference. */
export function businessRoutes(app: ApiServer, ctx: AppContext): void {
  registerGetBusiness(app, ctx)
  registerUpdateBusiness(app, ctx)
  registerListBranches(app, ctx)
  registerUpdateBranch(app, ctx)
  registerListConnections(app, ctx)
  registerConnect(app, ctx)
  registerDisconnect(app, ctx)
  registerCreateConnectionSecret(app, ctx)
  registerRemoveConnectionSecret(app, ctx)
  registerListConnectionCodes(app, ctx)
  registerCreateConnectionCode(app, ctx)
  registerListPosSystems(app, ctx)
  registerRegisterPos(app, ctx)
  registerCreatePosToken(app, ctx)
  registerRevokePosToken(app, ctx)
  registerListKeys(app, ctx)
  registerCreateKey(app, ctx)
  registerRevokeKey(app, ctx)
}
