// Loyalty programs, their versions and what they amount to, as the business API shows and takes them.
import { type Static, Type } from 'typebox'
import { DefinitionSchema } from '../program.ts'
import { choice, idOf, instant, nullable, ProgramKind, Text, Unit } from './common.ts'

const name = (example: string) => Type.String({ minLength: 1, maxLength: 100, examples: [example] })
const Names = Type.Object(
  { en: name('Coffee Points'), ar: name('نقاط القهوة') },
  { additionalProperties: false, description: 'What customers read, in both languages.' },
)

const program = {
  id: idOf('prg', 'The program.'),
  type: ProgramKind,
  name: Text,
  status: choice(['draft', 'active', 'ended'], {
    description: 'A draft has never been in force; what has ended stays so.',
  }),
  unit: Unit,
  version: nullable(Type.Integer({ description: 'The version in force now; null when none is.', examples: [1] })),
  created_at: instant('When it was made.'),
  updated_at: instant('When its name or status last changed.'),
}

export const Program = Type.Object(program)
export type Program = Static<typeof Program>

export const ProgramVersion = Type.Object({
  version: Type.Integer({ description: 'Counted from 1.', examples: [1] }),
  definition: Type.Record(Type.String(), Type.Unknown(), {
    description:
      'The rules and options, in the shape that `POST /programs` takes, defaults written out. It never changes: an edit is a new version.',
  }),
  in_force: Type.Array(
    Type.Object({
      from: instant('From when on it judges orders.'),
      until: nullable(instant('The first instant that it no longer judges; null: no end is set.')),
    }),
    {
      description: 'When it judges orders, oldest first. An order is judged by the version in force when it was paid.',
    },
  ),
  created_at: instant('When it was made.'),
})
export type ProgramVersion = Static<typeof ProgramVersion>

export const ProgramInFull = Type.Object({
  ...program,
  versions: Type.Array(ProgramVersion, { description: 'Newest first.' }),
})
export type ProgramInFull = Static<typeof ProgramInFull>

const definition = Type.Unsafe<unknown>({
  ...DefinitionSchema,
  description: 'The rules and options; `type` may be left out, for it is that of the program.',
})

const effectiveFrom = instant(
  'From when on orders are judged by it: now, when absent. It may lie in the past, but not before the terms that are already set.',
)

export const NewProgram = Type.Object(
  {
    type: ProgramKind,
    name: Names,
    definition,
    activate: Type.Optional(Type.Boolean({ default: false, description: 'Put it into force at once.' })),
    effective_from: Type.Optional(effectiveFrom),
  },
  { additionalProperties: false },
)
export type NewProgram = Static<typeof NewProgram>

export const NewVersion = Type.Object(
  { definition, effective_from: Type.Optional(effectiveFrom) },
  { additionalProperties: false },
)

export const Activation = Type.Object({ effective_from: Type.Optional(effectiveFrom) }, { additionalProperties: false })

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
  issued: Type.Integer({ description: 'Earned and granted, less what was taken back.', examples: [1200] }),
  adjusted: Type.Integer({ description: 'Given by hand, less what was taken by hand.', examples: [0] }),
  redeemed: Type.Integer({ description: 'Spent.', examples: [300] }),
  expired: Type.Integer({ description: 'Not spent in time.', examples: [0] }),
  written_off: Type.Integer({
    description: 'Forgiven: what a return should have taken back and could not.',
    examples: [0],
  }),
  outstanding: Type.Integer({
    description:
      'What customers could still spend, now or later, less what they owe: issued + adjusted + written_off − redeemed − expired.',
    examples: [900],
  }),
  debt: Type.Integer({ description: 'What customers owe.', examples: [0] }),
  customers: Type.Integer({ description: 'How many customers have an account in it.', examples: [40] }),
  holders: Type.Integer({ description: 'How many of them have anything left.', examples: [35] }),
})
export type ProgramTotals = Static<typeof ProgramTotals>
