// Loyalty programs in the business API: versions and totals.
import { type Static, Type } from 'typebox'
import { DefinitionSchema } from '../program.ts'
import { actor, choice, idOf, instant, nullable, ProgramKind, Text, Unit } from './common.ts'

const name = (example: string) => Type.String({ minLength: 1, maxLength: 100, examples: [example] })
const Names = Type.Object(
  { en: name('Coffee Points'), ar: name('نقاط القهوة') },
  { additionalProperties: false, description: 'Name that customers see, in both languages.' },
)

const program = {
  id: idOf('prg', 'The program.'),
  type: ProgramKind,
  name: Text,
  status: choice(['draft', 'active', 'ended'], {
    description: '`draft`: never activated. `active`: in use. `ended`: final.',
  }),
  unit: Unit,
  version: nullable(Type.Integer({ description: 'Current version, or null.', examples: [1] })),
  created_at: instant('When it was created.'),
  updated_at: instant('When its name or status last changed.'),
  updated_by: actor('Who last changed its name, status or version.'),
}

export const Program = Type.Object(program)
export type Program = Static<typeof Program>

export const ProgramVersion = Type.Object({
  version: Type.Integer({ description: 'Counted from 1.', examples: [1] }),
  definition: Type.Record(Type.String(), Type.Unknown(), {
    description:
      'Rules and options in the format of `POST /programs`, with defaults filled in. A version never changes; edits create a new version.',
  }),
  in_force: Type.Array(
    Type.Object({
      from: instant('From when on it judges orders.'),
      until: nullable(instant('End of validity, exclusive. null if no end is set.')),
    }),
    {
      description:
        'Validity periods of the version, oldest first. An order is evaluated with the version that was valid when it was paid.',
    },
  ),
  created_at: instant('When it was created.'),
  created_by: actor('Who created it.'),
})
export type ProgramVersion = Static<typeof ProgramVersion>

export const ProgramInFull = Type.Object({
  ...program,
  versions: Type.Array(ProgramVersion, { description: 'Newest first.' }),
})
export type ProgramInFull = Static<typeof ProgramInFull>

const definition = Type.Unsafe<unknown>({
  ...DefinitionSchema,
  description: 'Rules and options. You can omit `type`; it is the type of the program.',
})

const effectiveFrom = instant(
  'From when on orders are judged by it: now, when absent. It may lie in the past, but not before the terms that are already set.',
)

export const NewProgram = Type.Object(
  {
    type: ProgramKind,
    name: Names,
    definition,
    activate: Type.Optional(Type.Boolean({ default: false, description: 'Activate the program immediately.' })),
    effective_from: Type.Optional(effectiveFrom),
  },
  { additionalProperties: false },
)
export type NewProgram = Static<typeof NewProgram>

const seenVersion = (what: string) =>
  Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 2_147_483_647,
      description: `${what} If somebody has saved a newer version since, the answer is 409 with \`latest\` and \`changes\`. Without it, nothing is compared.`,
    }),
  )

export const NewVersion = Type.Object(
  {
    definition,
    based_on: seenVersion('The version that you edited.'),
    effective_from: Type.Optional(effectiveFrom),
  },
  { additionalProperties: false },
)

export const Activation = Type.Object(
  { version: seenVersion('The version that you mean to activate.'), effective_from: Type.Optional(effectiveFrom) },
  { additionalProperties: false },
)

export const Ending = Type.Object(
  { at: Type.Optional(instant('From when on it judges no orders: now, when absent.')) },
  { additionalProperties: false },
)

export const ProgramChanges = Type.Object({ name: Type.Partial(Names) }, { additionalProperties: false })

export const ProgramTotals = Type.Object({
  program_id: idOf('prg', 'The program.'),
  program_type: ProgramKind,
  program_name: Text,
  unit: Unit,
  issued: Type.Integer({ description: 'Earned and granted, minus deductions for returns.', examples: [1200] }),
  adjusted: Type.Integer({ description: 'Manual additions minus manual deductions.', examples: [0] }),
  redeemed: Type.Integer({ description: 'Redeemed.', examples: [300] }),
  expired: Type.Integer({ description: 'Expired unused.', examples: [0] }),
  written_off: Type.Integer({
    description: 'Written off: what a return should have deducted but could not.',
    examples: [0],
  }),
  outstanding: Type.Integer({
    description:
      'Outstanding balance of all customers, minus negative balances: issued + adjusted + written_off − redeemed − expired.',
    examples: [900],
  }),
  debt: Type.Integer({ description: 'Total of the negative balances.', examples: [0] }),
  customers: Type.Integer({ description: 'Customers with an account in the program.', examples: [40] }),
  holders: Type.Integer({ description: 'Customers with a positive balance.', examples: [35] }),
})
export type ProgramTotals = Static<typeof ProgramTotals>
