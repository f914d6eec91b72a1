// Events of the ledger.
import { Type } from 'typebox'

export const MOVEMENT_EVENTS = {
  /** Units moved. Subject: the transfer. */
  'movement.created': Type.Object({
    version: Type.Literal(1),
    customer_id: Type.String(),
    program_id: Type.String(),
    kind: Type.String(),
    debit: Type.String(),
    credit: Type.String(),
    /** At least 1. */
    units: Type.Integer(),
    /** The available balance after the movement. */
    balance: Type.Integer(),
    occurred_at: Type.String(),
  }),
}
