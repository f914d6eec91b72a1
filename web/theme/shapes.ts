// The shapes that the dashboard and the card of a customer share, as paths of SVG.
import type { ProgramType } from '../../contract/program.ts'

/** The sign of the riyal, in its official shape. The character U+20C1 is in no font yet. */
export const RIYAL = {
  viewBox: '0 0 1124.14 1256.39',
  path: 'M699.62 1113.02c-20.06 44.48-33.32 92.75-38.4 143.37l424.51-90.24c20.06-44.47 33.31-92.75 38.4-143.37l-424.51 90.24ZM1085.73 895.8c20.06-44.47 33.32-92.75 38.4-143.37l-330.68 70.33v-135.2l292.27-62.11c20.06-44.47 33.32-92.75 38.4-143.37l-330.68 70.27V66.13c-50.67 28.45-95.67 66.32-132.25 110.99v403.35l-132.25 28.11V0c-50.67 28.44-95.67 66.32-132.25 110.99v525.69l-295.91 62.88c-20.06 44.47-33.33 92.75-38.42 143.37l334.33-71.05v170.26l-358.3 76.14c-20.06 44.47-33.32 92.75-38.4 143.37l375.04-79.7c30.53-6.35 56.77-24.4 73.83-49.24l68.78-101.97c7.14-10.55 11.3-23.27 11.3-36.97v-149.98l132.25-28.11v270.4l424.53-90.28Z',
}

/** In a box of 24; the outline of a subscription is drawn, the others are filled. */
export const PROGRAM_SHAPES: Record<Exclude<ProgramType, 'cashback'>, string> = {
  points: 'M12 2.5 20.5 12 12 21.5 3.5 12Z',
  stamps:
    'M12 1.5 15.08 4.58H19.42V8.92L22.5 12 19.42 15.08V19.42H15.08L12 22.5 8.92 19.42H4.58V15.08L1.5 12 4.58 8.92V4.58H8.92Z',
  subscription: 'M20 11A8 8 0 0 0 5.6 6.2L4 8m0-5v5h5M4 13a8 8 0 0 0 14.4 4.8L20 16m0 5v-5h-5',
}
