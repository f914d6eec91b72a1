// GET /api/v1/reports/branches: visits, amounts and redemptions of each branch.
import { BranchRow } from '../../../../contract/api/reports.ts'
import type { Statement } from '../../../db/database.ts'
import { formatId, type Uuid } from '../../../kernel/ids.ts'
import { NONE } from '../../../reports/contributions.ts'
import { readBranches } from '../../../reports/read-visits.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerReport } from './report.ts'
import { column, VISIT_COLUMNS, visitsToJson } from './rows.ts'

export function registerBranchReport(app: ApiServer, ctx: AppContext): void {
  registerReport(app, ctx, {
    path: '/reports/branches',
    operationId: 'branchReport',
    summary: 'Branches',
    description: 'Visits, amounts and redemptions of each branch in the period, the branch with most visits first.',
    row: BranchRow,
    by: 'days',
    columns: [
      column('branch_id', 'Branch ID', 'معرّف الفرع'),
      column('branch_name', 'Branch', 'الفرع', 'text'),
      ...VISIT_COLUMNS,
      column('redeemed', 'Rewards redeemed', 'المكافآت المستبدلة'),
      column('discount', 'Discounts', 'الخصومات', 'money'),
    ],
    async read({ tx, businessId, from, to }) {
      const rows = await readBranches(tx, businessId, { from, to })
      const named = await tx.query<Branch>(NAMES, [businessId])
      const names = new Map(named.map(({ id, name, nameAr }) => [id, { en: name, ar: nameAr ?? name }]))
      return rows.map(({ branchId, redeemed, discount, ...row }) => ({
        branch_id: branchId === NONE ? null : formatId('branch', branchId),
        branch_name: names.get(branchId) ?? null,
        ...visitsToJson(row),
        returns: row.returns,
        returned: row.returned,
        redeemed,
        discount,
      }))
    },
  })
}

interface Branch {
  id: Uuid
  name: string
  nameAr: string | null
}

const NAMES: Statement = {
  name: 'report_branch_names',
  text: 'select id, name, name_ar as "nameAr" from branches where business_id = $1',
}
