// Every operation of the business API, registered in one place.
import type { AppContext } from '../../server/context.ts'
import type { ApiServer } from '../server.ts'
import { registerConnect } from './business/connect.ts'
import { registerCreateConnectionSecret, registerRemoveConnectionSecret } from './business/connection-secret.ts'
import { registerCreateConnectionCode } from './business/create-connection-code.ts'
import { registerCreateKey } from './business/create-key.ts'
import { registerCreatePosToken } from './business/create-pos-token.ts'
import { registerDisconnect } from './business/disconnect.ts'
import { registerGetBusiness } from './business/get-business.ts'
import { registerListBranches } from './business/list-branches.ts'
import { registerListConnectionCodes } from './business/list-connection-codes.ts'
import { registerListConnections } from './business/list-connections.ts'
import { registerListKeys } from './business/list-keys.ts'
import { registerListPosSystems } from './business/list-pos-systems.ts'
import { registerRegisterPos } from './business/register-pos.ts'
import { registerRevokeKey } from './business/revoke-key.ts'
import { registerRevokePosToken } from './business/revoke-pos-token.ts'
import { registerUpdateBranch } from './business/update-branch.ts'
import { registerUpdateBusiness } from './business/update-business.ts'
import { registerGetCard } from './cards/get-card.ts'
import { registerReadCard } from './cards/read-card.ts'
import { registerRenewCard } from './cards/renew-card.ts'
import { registerSendPassword } from './cards/send-password.ts'
import { registerCancelClaim } from './claims/cancel-claim.ts'
import { registerCreateClaim } from './claims/create-claim.ts'
import { registerGetClaim } from './claims/get-claim.ts'
import { registerListClaims } from './claims/list-claims.ts'
import { registerReturnRedemption } from './claims/return-redemption.ts'
import { registerAdjustBalance } from './customers/adjust-balance.ts'
import { registerChangePhone } from './customers/change-phone.ts'
import { registerCreateCustomer } from './customers/create-customer.ts'
import { registerCreateSubscription } from './customers/create-subscription.ts'
import { registerEndSubscription } from './customers/end-subscription.ts'
import { registerGetCustomer } from './customers/get-customer.ts'
import { registerListCustomers } from './customers/list-customers.ts'
import { registerListLedger } from './customers/list-ledger.ts'
import { registerMergeCustomer } from './customers/merge-customer.ts'
import { registerReleasePhone } from './customers/release-phone.ts'
import { registerUpdateCustomer } from './customers/update-customer.ts'
import { registerGetDelivery } from './deliveries/get-delivery.ts'
import { registerListDeliveries } from './deliveries/list-deliveries.ts'
import { registerReplayDelivery } from './deliveries/replay-delivery.ts'
import { registerGetPosAccount } from './installations/get-pos-account.ts'
import { registerListCategories } from './installations/list-categories.ts'
import { registerListPosAccounts } from './installations/list-pos-accounts.ts'
import { registerListProducts } from './installations/list-products.ts'
import { registerRemovePosAccount } from './installations/remove-pos-account.ts'
import { registerStartBackfill } from './installations/start-backfill.ts'
import { registerStartConsent } from './installations/start-consent.ts'
import { registerSyncPosAccount } from './installations/sync-pos-account.ts'
import { registerApplyVoid } from './orders/apply-void.ts'
import { registerRejectOrder, registerReleaseOrder } from './orders/decide-ceiling.ts'
import { registerGetOrder } from './orders/get-order.ts'
import { registerListCustomerOrders } from './orders/list-customer-orders.ts'
import { registerListOrders } from './orders/list-orders.ts'
import { registerActivateProgram } from './programs/activate-program.ts'
import { registerCreateProgram } from './programs/create-program.ts'
import { registerCreateVersion } from './programs/create-version.ts'
import { registerEndProgram } from './programs/end-program.ts'
import { registerGetProgram } from './programs/get-program.ts'
import { registerGetSummary } from './programs/get-summary.ts'
import { registerListPrograms } from './programs/list-programs.ts'
import { registerListSummaries } from './programs/list-summaries.ts'
import { registerRenameProgram } from './programs/rename-program.ts'
import { registerActivateReward } from './rewards/activate-reward.ts'
import { registerArchiveReward } from './rewards/archive-reward.ts'
import { registerCreateReward } from './rewards/create-reward.ts'
import { registerCreateRewardVersion } from './rewards/create-reward-version.ts'
import { registerGetReward } from './rewards/get-reward.ts'
import { registerListRewards } from './rewards/list-rewards.ts'
import { registerUpdateReward } from './rewards/update-reward.ts'

/** In the order in which the reference shows them. */
export function registerApi(app: ApiServer, ctx: AppContext): void {
  for (const register of OPERATIONS) register(app, ctx)
}

const OPERATIONS: readonly ((app: ApiServer, ctx: AppContext) => void)[] = [
  registerListPrograms,
  registerCreateProgram,
  registerGetProgram,
  registerRenameProgram,
  registerCreateVersion,
  registerActivateProgram,
  registerEndProgram,
  registerGetSummary,
  registerListSummaries,
  registerListRewards,
  registerCreateReward,
  registerGetReward,
  registerUpdateReward,
  registerCreateRewardVersion,
  registerArchiveReward,
  registerActivateReward,
  registerListCustomers,
  registerCreateCustomer,
  registerGetCustomer,
  registerUpdateCustomer,
  registerChangePhone,
  registerReleasePhone,
  registerMergeCustomer,
  registerListLedger,
  registerAdjustBalance,
  registerListCustomerOrders,
  registerCreateSubscription,
  registerEndSubscription,
  registerGetCard,
  registerRenewCard,
  registerReadCard,
  registerSendPassword,
  registerListClaims,
  registerCreateClaim,
  registerGetClaim,
  registerCancelClaim,
  registerReturnRedemption,
  registerListOrders,
  registerGetOrder,
  registerApplyVoid,
  registerReleaseOrder,
  registerRejectOrder,
  registerListDeliveries,
  registerGetDelivery,
  registerReplayDelivery,
  registerGetBusiness,
  registerUpdateBusiness,
  registerListBranches,
  registerUpdateBranch,
  registerListConnections,
  registerConnect,
  registerDisconnect,
  registerCreateConnectionSecret,
  registerRemoveConnectionSecret,
  registerListConnectionCodes,
  registerCreateConnectionCode,
  registerListPosSystems,
  registerRegisterPos,
  registerCreatePosToken,
  registerRevokePosToken,
  registerListPosAccounts,
  registerStartConsent,
  registerGetPosAccount,
  registerSyncPosAccount,
  registerStartBackfill,
  registerRemovePosAccount,
  registerListProducts,
  registerListCategories,
  registerListKeys,
  registerCreateKey,
  registerRevokeKey,
]
