// How a reward is written for Foodics, which documents no format for it. Source: what other loyalty
// integrations of Foodics send.
import type { RewardFormat } from '../integration.ts'

export const reward: RewardFormat = {
  allowedProducts: (productIds, quantity) => [{ products_list: [...productIds], quantity }],
  // A number that no order reaches.
  unlimited: 1_000_000,
}
