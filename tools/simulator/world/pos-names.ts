// The POS systems whose orders the simulator writes. Each needs a function in bodies/body.ts.
export const POS_NAMES = ['foodics', 'standard'] as const
export type PosName = (typeof POS_NAMES)[number]
