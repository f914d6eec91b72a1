// Events of programs.
import { Type } from 'typebox'

export const PROGRAM_EVENTS = {
  /** A program was activated, now or from a later time on. Subject: the program. */
  'program.activated': Type.Object({ version: Type.Literal(1), effective_from: Type.String() }),
}
