// Events of customers. They carry no profile: it is read where it can be erased.
import { Type } from 'typebox'

/** Subject: the customer. */
export const CUSTOMER_EVENTS = {
  'customer.created': Type.Object({ version: Type.Literal(1) }),
  /** The profile or the number changed. */
  'customer.updated': Type.Object({ version: Type.Literal(1) }),
  /** Everything that identifies the subject is gone; readers delete what they know of them. */
  'customer.erased': Type.Object({ version: Type.Literal(1) }),
  /** The subject was merged into another customer. */
  'customer.merged': Type.Object({ version: Type.Literal(1), into: Type.String() }),
}
