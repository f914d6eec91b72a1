// GET and POST /api/v1/customers/{id}/notes, DELETE …/notes/{note}: notes of staff on a customer.
import { Type } from 'typebox'
import { idOf, idParams } from '../../../../contract/api/common.ts'
import { CustomerNote, NewNote } from '../../../../contract/api/customer-notes.ts'
import { addNote, listNotes, MAX_NOTES, removeNote } from '../../../customers/notes.ts'
import type { AppContext } from '../../../server/context.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant, writeTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { customerOr404, heldCustomerOr404 } from './customer-problem.ts'
import { noteToJson } from './note-to-json.ts'

export function registerListNotes(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/customers/:id/notes',
    {
      config: { scope: 'customers:read', problems: ['not_found', 'customer_merged'] },
      schema: {
        tags: ['Customers'],
        operationId: 'listNotes',
        summary: 'List the notes on a customer',
        description: `Newest first, on one page. A customer has at most ${MAX_NOTES} notes.`,
        params: idParams('cus', 'customer'),
        response: { 200: Type.Object({ data: Type.Array(CustomerNote) }) },
      },
    },
    (request) =>
      readTenant(ctx, request, async (tx) => {
        const { businessId } = request.caller
        const id = idOr404('customer', request.params.id)
        await customerOr404(tx, businessId, id)
        return { data: (await listNotes(tx, businessId, id)).map(noteToJson) }
      }),
  )
}

export function registerAddNote(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/customers/:id/notes',
    {
      config: {
        scope: 'customers:write',
        problems: ['not_found', 'customer_merged', 'conflict', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Customers'],
        operationId: 'addNote',
        summary: 'Add a note on a customer',
        description: 'For staff; the customer does not see it. It is deleted with the customer.',
        params: idParams('cus', 'customer'),
        body: NewNote,
        response: { 201: CustomerNote },
      },
    },
    (request, reply) => {
      const customerId = idOr404('customer', request.params.id)
      const text = request.body.text.trim()
      if (text === '') throw invalid('/text', 'must not be empty', 'يجب ألا يكون فارغًا')
      const { businessId } = request.caller
      reply.code(201)
      return writeTenant(ctx, request, reply, async (tx) => {
        await heldCustomerOr404(tx, businessId, customerId)
        const note = await addNote(tx, { businessId, customerId, id: ctx.ids.next(), text }, ctx.clock.now())
        if (!note) throw tooMany()
        return noteToJson(note)
      })
    },
  )
}

export function registerRemoveNote(app: ApiServer, ctx: AppContext): void {
  app.delete(
    '/customers/:id/notes/:note',
    {
      config: {
        scope: 'customers:write',
        problems: ['not_found', 'customer_merged', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Customers'],
        operationId: 'removeNote',
        summary: 'Delete a note',
        params: Type.Object({ ...idParams('cus', 'customer').properties, note: idOf('not', 'ID of the note.') }),
        response: { 204: Type.Null({ description: 'The note is deleted.' }) },
      },
    },
    (request, reply) => {
      const customerId = idOr404('customer', request.params.id)
      const id = idOr404('note', request.params.note)
      const { businessId } = request.caller
      reply.code(204)
      return writeTenant(ctx, request, reply, async (tx) => {
        await heldCustomerOr404(tx, businessId, customerId)
        if (!(await removeNote(tx, { businessId, customerId, id }))) throw notFound('note')
        return null
      })
    },
  )
}

function tooMany(): Problem {
  return new Problem('conflict', {
    detail: {
      en: `The customer has ${MAX_NOTES} notes, which is the maximum. Delete one first.`,
      ar: `بلغ عدد الملاحظات على العميل الحد الأقصى وهو ${MAX_NOTES}. احذف ملاحظة أولًا.`,
    },
  })
}
