// The type of our Fastify server, and what its requests and routes carry beyond Fastify's own.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { ErrorCode } from '../../contract/errors.ts'
import type { Scope } from '../../contract/scopes.ts'
import type { Uuid } from '../kernel/ids.ts'

export type ApiServer = FastifyInstance<Server, IncomingMessage, ServerResponse, Logger, TypeBoxTypeProvider>

/** Who calls the business API: an API key of one business. */
export interface Caller {
  businessId: Uuid
  keyId: Uuid
  scopes: readonly Scope[]
  /** When the key expires; null when it does not. */
  expiresAt: number | null
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the authentication of /api/v1 before any handler runs; absent elsewhere. */
    caller: Caller
    /** The business that this request turned out to be about, for the log line. */
    businessId: Uuid | null
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
  }
}
