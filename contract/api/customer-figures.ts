// Figures of customers in the business API: what their orders come to, and the segments.
import { type Static, Type } from 'typebox'
import { SEGMENT_NAMES } from '../segments.ts'
import { choice, instant, nullable, Text } from './common.ts'

export const SegmentChoice = choice(SEGMENT_NAMES, {
  description: 'Group of customers, defined by visits and balances: see `GET /segments`.',
})

/** The fields of `Figures`. */
export const figures = {
  visits: Type.Integer({ description: 'Number of paid orders.', examples: [12] }),
  spend: Type.Integer({
    description:
      'Totals of these orders less the totals of their returns, in minor units of the currency of the business.',
    examples: [28_800],
  }),
  first_visit_at: nullable(instant('When the first of these orders was placed.')),
  last_visit_at: nullable(instant('When the last of these orders was placed.')),
  segments: Type.Array(SegmentChoice, { description: 'Segments that the customer is in now.' }),
}

export const Figures = Type.Object(figures, { description: 'What the orders of the customer come to.' })
export type Figures = Static<typeof Figures>

export const Segment = Type.Object({
  segment: SegmentChoice,
  name: Text,
  meaning: Text,
})
