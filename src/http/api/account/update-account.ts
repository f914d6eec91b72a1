// PATCH /api/v1/account: name, language, colors and numerals of the person who is signed in.
import { AccountChanges } from '../../../../contract/api/account.ts'
import { Person } from '../../../../contract/api/session.ts'
import { must } from '../../../kernel/assert.ts'
import type { AppContext } from '../../../server/context.ts'
import { updatePerson } from '../../../staff/people.ts'
import { invalid } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { personToJson } from '../session/session-to-json.ts'

export function registerUpdateAccount(app: ApiServer, ctx: AppContext): void {
  app.patch(
    '/account',
    {
      schema: {
        tags: ['Session'],
        operationId: 'updateAccount',
        summary: 'Update your account',
        description:
          'The name is shown to others of the same businesses. The rest applies in every browser of the person.',
        body: AccountChanges,
        response: { 200: Person },
      },
    },
    async (request) => {
      const { name, ...choices } = request.body
      if (name !== undefined && name.trim() === '') throw invalid('/name', 'must not be empty', 'يجب ألا يكون فارغًا')
      const changes = { ...choices, ...(name !== undefined && { name: name.trim() }) }
      return personToJson(
        must(await updatePerson(ctx.db, request.person.staffId, changes), 'the person of the session'),
      )
    },
  )
}
