// Writes answers as the schemas of their routes say: what a schema does not name is left out.
import { SerializerSelector } from '@fastify/fast-json-stringify-compiler'
import type { FastifySerializerCompiler } from 'fastify/types/schema.js'

const compile = SerializerSelector()({}, {})

/**
 * The serializer compiler of the server. A schema is compiled when it is first used: all of them
 * take a fifth of a second, and most starts of a server use few.
 */
export const serializerCompiler: FastifySerializerCompiler<unknown> = (route) => {
  let serialize: ReturnType<typeof compile> | undefined
  return (answer) => {
    serialize ??= compile({ ...route, httpStatus: route.httpStatus ?? '' })
    return serialize(answer)
  }
}
