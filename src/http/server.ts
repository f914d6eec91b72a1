// The type of our Fastify server, and what its requests and routes carry beyond Fastify's own.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Actor } from '../../contract/actor.ts'
import type { ErrorCode } from '../../contract/errors.ts'
import type { Role } from '../../contract/roles.ts'
import type { Scope } from '../../contract/scopes.ts'
import type { RowOfBusiness } from '../activity/row-of.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { SignedIn } from '../staff/sessions.ts'

export type ApiServer = FastifyInstance<Server, IncomingMessage, ServerResponse, Logger, TypeBoxTypeProvider>

/** Who calls the business API: an API key, or a person who is signed in. */
export interface Caller {
  /** Of the API key or the person: limits count by it. */
  id: Uuid
  businessId: Uuid
  scopes: readonly Scope[]
  /** As what they write records them. */
  actor: Actor
  /** The branches that the person is limited to; null: all. */
  branches: readonly Uuid[] | null
  /** The person sees the phone numbers of customers masked, and cannot search by them. */
  masksPhones: boolean
  /** `expiresAt`: null when the key does not expire. */
  key?: { id: Uuid; expiresAt: EpochMs | null }
  staff?: SignedIn & { role: Role }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the authentication of /api/v1 before any handler runs; absent elsewhere. */
    caller: Caller
    /** The business that this request turned out to be about, for the log line. */
    businessId: Uuid | null
    /**
     * Waits for the next turn of the business, for work after the handler has begun to answer. In
     * /api/v1 only.
     */
    inTurn<T>(work: () => Promise<T>): Promise<T>
  }
  interface FastifyContextConfig {
    /**
     * The scope that an operation of the business API needs, or several of which one suffices;
     * every one names it.
     */
    scope?: Scope | readonly [Scope, ...Scope[]]
    /**
     * Codes that this operation can refuse with beyond those that every operation can; documented
     * in OpenAPI.
     */
    problems?: readonly ErrorCode[]
    /** Nobody needs to be signed in. */
    isPublic?: true
    /** The operation changes nothing, although it is not a GET: the activity log leaves it out. */
    changesNothing?: true
    /**
     * The table of what the operation changes, whose path has no ID: its values before and after are
     * in the activity log.
     */
    row?: RowOfBusiness
    /** A person must have proven who they are in the last five minutes: 403 `step_up_required`. */
    fresh?: true
  }
}
