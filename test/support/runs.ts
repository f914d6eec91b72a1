// The number of repetitions of tests that repeat something many times.

const FULL_SIZE = 1_000

/**
 * `npm test` runs a fortieth of `npm run test:full`; LOYAPRO_RUNS sets another size, where 1000 is
 * full.
 */
const size = Number(process.env.LOYAPRO_RUNS ?? FULL_SIZE / 40)

export const isFullSize = size >= FULL_SIZE

/**
 * The number of repetitions of a test that has `full` of them at full size; never fewer than
 * `least`.
 */
export function runs(full: number, least = 1): number {
  return Math.max(least, Math.ceil((full * size) / FULL_SIZE))
}
