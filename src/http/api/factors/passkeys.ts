// The passkeys of the person who is signed in: /api/v1/account/passkeys.
import { Type } from 'typebox'
import { idParams } from '../../../../contract/api/common.ts'
import { NewPasskey, NewPasskeyOptions, Passkey, PasskeyChanges } from '../../../../contract/api/factors.ts'
import { must } from '../../../kernel/assert.ts'
import { formatId } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import * as store from '../../../staff/passkey-store.ts'
import { newPasskeyOptions } from '../../../staff/passkeys.ts'
import { findPerson } from '../../../staff/people.ts'
import { registerPasskey } from '../../../staff/sign-in-passkey.ts'
import { relyingPartyOf } from '../../auth/relying-party.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeAccount } from '../../write-account.ts'
import { formatInstant, idOr404, notFound } from '../format.ts'
import { refusedPasskey } from './refused-passkey.ts'

export function registerListPasskeys(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/account/passkeys',
    {
      schema: {
        tags: ['Session'],
        operationId: 'listPasskeys',
        summary: 'List the passkeys',
        description: `Of the person who is signed in, oldest first, on one page: at most ${store.MAX_PASSKEYS}.`,
        response: { 200: Type.Object({ data: Type.Array(Passkey) }) },
      },
    },
    async ({ person }) => ({ data: (await store.listPasskeys(ctx.db, person.staffId)).map(passkeyToJson) }),
  )
}

export function registerNewPasskeyOptions(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/account/passkeys/options',
    {
      config: { fresh: true, problems: ['conflict'] },
      schema: {
        tags: ['Session'],
        operationId: 'getNewPasskeyOptions',
        summary: 'Begin to register a passkey',
        description: 'What the browser needs to make one. The challenge is valid once, for 5 minutes.',
        response: { 200: NewPasskeyOptions },
      },
    },
    async (request): Promise<NewPasskeyOptions> => {
      const person = must(await findPerson(ctx.db, request.person.staffId), 'the person of the session')
      const options = await newPasskeyOptions(ctx.db, { person, rp: relyingPartyOf(ctx, request) }, ctx)
      // The schema of the response picks what it states.
      return options as NewPasskeyOptions
    },
  )
}

export function registerAddPasskey(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/account/passkeys',
    {
      config: { fresh: true, problems: ['wrong_passkey', 'conflict', 'quota_reached'] },
      schema: {
        tags: ['Session'],
        operationId: 'addPasskey',
        summary: 'Register a passkey',
        description: 'With what the browser answered to the options. The authenticator must have verified the person.',
        body: NewPasskey,
        response: { 201: Passkey },
      },
    },
    (request, reply) => {
      const { name, credential_id: credentialId, client_data: clientData, attestation, transports } = request.body
      const answer = { credentialId, clientData, attestation, transports }
      const { staffId } = request.person
      const given = { staffId, name: nameIn(name), answer, rp: relyingPartyOf(ctx, request) }
      reply.code(201)
      return writeAccount(ctx, request, async (tx) => {
        const outcome = await registerPasskey(tx, given, ctx)
        switch (outcome.kind) {
          case 'refused':
            throw refusedPasskey(ctx, outcome.reason)
          case 'too_many':
            throw new Problem('quota_reached', { detail: TOO_MANY })
          case 'taken':
            throw new Problem('conflict', { detail: TAKEN })
          case 'registered': {
            const passkey = passkeyToJson(outcome.passkey)
            const { name } = passkey
            return { answer: passkey, subject: passkey.id, after: { name }, news: { what: 'passkey_added', name } }
          }
        }
      })
    },
  )
}

export function registerRenamePasskey(app: ApiServer, ctx: AppContext): void {
  app.patch(
    '/account/passkeys/:id',
    {
      config: { fresh: true, problems: ['not_found'] },
      schema: {
        tags: ['Session'],
        operationId: 'renamePasskey',
        summary: 'Rename a passkey',
        params: idParams('psk', 'passkey'),
        body: PasskeyChanges,
        response: { 200: Passkey },
      },
    },
    (request) =>
      writeAccount(ctx, request, async (tx) => {
        const id = idOr404('passkey', request.params.id)
        const { staffId } = request.person
        const passkey = await store.renamePasskey(tx, { staffId, id, name: nameIn(request.body.name) })
        if (passkey === null) throw notFound('passkey')
        const answer = passkeyToJson(passkey)
        return { answer, subject: answer.id, after: { name: answer.name } }
      }),
  )
}

export function registerDeletePasskey(app: ApiServer, ctx: AppContext): void {
  app.delete(
    '/account/passkeys/:id',
    {
      config: { fresh: true, problems: ['not_found'] },
      schema: {
        tags: ['Session'],
        operationId: 'deletePasskey',
        summary: 'Delete a passkey',
        description: 'It signs in no more. Every other session of the person ends.',
        params: idParams('psk', 'passkey'),
        response: { 204: Type.Null({ description: 'The passkey is deleted.' }) },
      },
    },
    (request, reply) => {
      reply.code(204)
      return writeAccount(ctx, request, async (tx) => {
        const id = idOr404('passkey', request.params.id)
        const name = await store.deletePasskey(tx, request.person.staffId, id)
        if (name === null) throw notFound('passkey')
        const subject = formatId('passkey', id)
        const news = { what: 'passkey_deleted', name } as const
        return { answer: null, subject, before: { name }, news, endsOtherSessions: true }
      })
    },
  )
}

function passkeyToJson({ id, name, created_at, used_at }: store.Passkey): Passkey {
  return {
    id: formatId('passkey', id),
    name,
    created_at: formatInstant(created_at),
    used_at: formatInstant(used_at),
  }
}

function nameIn(text: string): string {
  const name = text.trim()
  if (name === '') throw invalid('/name', 'must not be empty', 'يجب ألا يكون فارغًا')
  return name
}

const TOO_MANY = {
  en: `A person has at most ${store.MAX_PASSKEYS} passkeys. Delete one that you do not use.`,
  ar: `الحد الأقصى لمفاتيح المرور هو ${store.MAX_PASSKEYS}. احذف مفتاحًا لا تستخدمه.`,
}
const TAKEN = {
  en: 'This passkey is registered already.',
  ar: 'مفتاح المرور هذا مسجل من قبل.',
}
