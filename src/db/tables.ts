// Every table with the type of its rows, and the query builder over them. The builder only builds:
// Queryable.run executes.
import { type Driver, DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { Actor } from '../../contract/actor.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { BackTestTable } from './back-test-table.ts'
import type { BrandLogoTable, BrandTable, PrivacyNoticeTable } from './brand-tables.ts'
import type { Instant, OptionalInstant } from './columns.ts'
import type {
  CustomerFiguresBuiltTable,
  CustomerFiguresTable,
  CustomerNoteTable,
  CustomerTable,
  ErasureTable,
  FormerPhoneTable,
  MergedCustomerTable,
} from './customer-table.ts'
import type {
  CatalogueCategoryTable,
  CatalogueProductTable,
  InstallationTable,
  PosBackfillTable,
  PosConsentTable,
  PosCustomerChangeTable,
  PosCustomerTable,
} from './installation-tables.ts'
import type {
  ActivityTable,
  DemoBusinessTable,
  EventReaderTable,
  EventTable,
  IdempotencyKeyTable,
  RefusedDeliveryTable,
  RemovalTable,
} from './record-tables.ts'
import type {
  CohortMonthTable,
  CountedClaimTable,
  CountedOrderTable,
  CustomerMonthTable,
  CustomerVisitTable,
  DailyBranchUnitTable,
  DailyClaimTable,
  DailyCustomerTable,
  DailyOrderTable,
  DailyUnitTable,
  ReportStateTable,
} from './report-tables.ts'
import type {
  AdjustedAmountTable,
  AdjustmentLimitTable,
  InvitationTable,
  MailTable,
  MembershipTable,
  StaffAttemptTable,
  StaffPasskeyTable,
  StaffRecoveryCodeTable,
  StaffSessionTable,
  StaffTable,
  StaffTokenTable,
  StaffTotpTable,
} from './staff-tables.ts'
import type {
  AccountTable,
  ArchiveDictionaryTable,
  AwardTable,
  BranchTable,
  BusinessLockTable,
  ClaimTable,
  DeliveryTable,
  LotTable,
  OneTimePasswordTable,
  OrderTable,
  ProgramBudgetTable,
  ProgramTable,
  ProgramVersionTable,
  RewardTable,
  RewardVersionTable,
  SubscriptionTable,
  TermsTable,
  TransferTable,
  WrongCodeTable,
} from './tenant-tables.ts'

/**
 * Builds queries for Queryable.run. Executing one here throws, because it would reach no database.
 */
export const db = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: builderOnlyDriver,
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

function builderOnlyDriver(): Driver {
  const driver = new DummyDriver()
  driver.acquireConnection = () => {
    throw new Error('this builder has no database: pass the query to run() of a Database or Transaction')
  }
  return driver
}

export interface Tables {
  businesses: BusinessTable
  pos_systems: PosSystemTable
  pos_secrets: PosSecretTable
  pos_revocations: PosRevocationTable
  pos_connections: PosConnectionTable
  unmatched_deliveries: UnmatchedDeliveryTable
  connection_codes: ConnectionCodeTable
  connection_attempts: ConnectionAttemptTable
  api_keys: ApiKeyTable
  staff: StaffTable
  invitations: InvitationTable
  mails: MailTable
  memberships: MembershipTable
  staff_sessions: StaffSessionTable
  staff_tokens: StaffTokenTable
  staff_attempts: StaffAttemptTable
  adjustment_limits: AdjustmentLimitTable
  adjusted_amounts: AdjustedAmountTable
  staff_totp: StaffTotpTable
  staff_recovery_codes: StaffRecoveryCodeTable
  staff_passkeys: StaffPasskeyTable
  business_locks: BusinessLockTable
  branches: BranchTable
  brands: BrandTable
  brand_logos: BrandLogoTable
  privacy_notices: PrivacyNoticeTable
  customers: CustomerTable
  customer_figures: CustomerFiguresTable
  customer_figures_built: CustomerFiguresBuiltTable
  customer_notes: CustomerNoteTable
  former_phones: FormerPhoneTable
  merged_customers: MergedCustomerTable
  erasures: ErasureTable
  programs: ProgramTable
  program_versions: ProgramVersionTable
  terms: TermsTable
  program_budgets: ProgramBudgetTable
  back_tests: BackTestTable
  archive_dictionaries: ArchiveDictionaryTable
  deliveries: DeliveryTable
  orders: OrderTable
  order_joins: OrderJoinTable
  accounts: AccountTable
  transfers: TransferTable
  lots: LotTable
  subscriptions: SubscriptionTable
  awards: AwardTable
  rewards: RewardTable
  reward_versions: RewardVersionTable
  claims: ClaimTable
  wrong_codes: WrongCodeTable
  one_time_passwords: OneTimePasswordTable
  idempotency_keys: IdempotencyKeyTable
  removals: RemovalTable
  activity: ActivityTable
  events: EventTable
  event_readers: EventReaderTable
  demo_businesses: DemoBusinessTable
  refused_deliveries: RefusedDeliveryTable
  installations: InstallationTable
  pos_consents: PosConsentTable
  pos_customers: PosCustomerTable
  pos_customer_changes: PosCustomerChangeTable
  catalogue_categories: CatalogueCategoryTable
  catalogue_products: CatalogueProductTable
  pos_backfills: PosBackfillTable
  report_states: ReportStateTable
  counted_orders: CountedOrderTable
  counted_claims: CountedClaimTable
  customer_months: CustomerMonthTable
  customer_visits: CustomerVisitTable
  daily_units: DailyUnitTable
  daily_orders: DailyOrderTable
  daily_branch_units: DailyBranchUnitTable
  daily_customers: DailyCustomerTable
  daily_claims: DailyClaimTable
  cohort_months: CohortMonthTable
}

interface OrderJoinTable {
  business_id: Uuid
  order_id: Uuid
  into_id: Uuid
  named: boolean
}

interface BusinessTable {
  id: Uuid
  name: string
  name_ar: string | null
  currency: string
  timezone: string
  country: string | null
  language: 'ar' | 'en'
  created_at: Instant
  created_by: Actor | null
  updated_by: Actor | null
}

interface PosSystemTable {
  name: string
  title: string
  adapter: string
  business_id: Uuid | null
  created_at: Instant
  created_by: Actor | null
}

interface PosSecretTable {
  id: Uuid
  pos_name: string
  sealed_secret: Buffer
  created_at: Instant
  created_by: Actor | null
  retired_at: OptionalInstant
  retired_by: Actor | null
}

interface PosRevocationTable {
  id: Uuid
  pos_name: string
  jti: string | null
  issued_before: OptionalInstant
  created_at: Instant
  created_by: Actor | null
  effective_at: OptionalInstant
}

interface PosConnectionTable {
  pos_name: string
  reference_key: string
  reference: string
  business_id: Uuid
  created_at: Instant
  secret_hash: Buffer | null
  old_secret_hash: Buffer | null
  old_secret_until: OptionalInstant
  created_by: Actor | null
  updated_by: Actor | null
}

interface UnmatchedDeliveryTable {
  id: Uuid
  pos_name: string
  reference: string
  reference_key: string
  dictionary: number
  body: Buffer
  received_at: Instant
}

interface ConnectionCodeTable {
  code_hash: Buffer
  business_id: Uuid
  pos_name: string
  created_at: Instant
  created_by: Actor | null
  expires_at: Instant
  used_at: OptionalInstant
  used_reference: string | null
}

interface ConnectionAttemptTable {
  pos_name: string
  subject: string
  wrong: number
  since: Instant
}

interface ApiKeyTable {
  id: Uuid
  business_id: Uuid
  name: string
  prefix: string
  secret_hash: Buffer
  scopes: string[]
  created_at: Instant
  expires_at: OptionalInstant
  created_by: Actor | null
  revoked_at: OptionalInstant
  revoked_by: Actor | null
  parent_id: Uuid | null
}
