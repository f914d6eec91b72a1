// GET /api/v1/reports/rewards: which rewards are claimed, redeemed and left unused.
import { RewardRow } from '../../../../contract/api/reports.ts'
import { formatId } from '../../../kernel/ids.ts'
import { readRewardUse } from '../../../reports/read-claims.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { formatOptionalId } from '../format.ts'
import { programToJson } from '../programs/programs-of.ts'
import { registerReport } from './report.ts'
import { column } from './rows.ts'

/** A catalogue has fewer; the rest would be on no screen. */
const MOST_REWARDS = 1_000

export function registerRewardReport(app: ApiServer, ctx: AppContext): void {
  registerReport(app, ctx, {
    path: '/reports/rewards',
    operationId: 'rewardReport',
    summary: 'Top rewards',
    description: `Rewards by redemptions in the period. A claim counts on the day on which it was made, a redemption on its business date,
an unused claim on the day on which its code ran out or was cancelled.`,
    row: RewardRow,
    by: 'days',
    columns: [
      column('reward_id', 'Reward ID', 'معرّف المكافأة'),
      column('kind', 'Kind', 'النوع'),
      column('name', 'Reward', 'المكافأة', 'text'),
      column('program_id', 'Program ID', 'معرّف البرنامج'),
      column('claimed', 'Claimed', 'محجوزة'),
      column('redeemed', 'Redeemed', 'مستبدلة'),
      column('restored', 'Restored', 'معادة'),
      column('unused', 'Unused', 'غير مستخدمة'),
      column('units', 'Units', 'الوحدات'),
      column('discount', 'Discounts', 'الخصومات', 'money'),
    ],
    async read({ tx, businessId, programs, from, to }) {
      const rows = await readRewardUse(tx, businessId, { from, to }, MOST_REWARDS)
      return rows.map(({ programId, rewardId, name, nameAr, ...row }) => ({
        reward_id: formatOptionalId('reward', rewardId),
        // What is in no catalogue is known by its program.
        name: name === null ? programToJson(programs, programId).program_name : { en: name, ar: nameAr ?? name },
        program_id: formatId('program', programId),
        ...row,
      }))
    },
  })
}
