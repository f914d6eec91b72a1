// The interface of a fault, and the context in which it runs.

import type { Server } from '../harness/server.ts'
import type { World } from '../harness/world.ts'
import type { Random } from '../simulator/world/random.ts'
import type { Clients } from './clients.ts'
import type { DatabaseProxy } from './proxy.ts'
import type { SmallDisk } from './small-disk.ts'

export interface FaultContext {
  world: World
  pair: readonly [Server, Server]
  /** The proxy between the servers and PostgreSQL. */
  proxy: DatabaseProxy
  /** The disk of PostgreSQL, for faults that need a small one. */
  disk: SmallDisk | null
  clients: Clients
  /** Size of the simulated world of a soak. */
  soakDeliveries: number
  /** Index of the round, from 0. */
  round: number
  /** Random numbers of this round. */
  random: Random
  /** The fault calls it when the harm is done; the time to the next success starts here. */
  struck(): void
  /** Adds a measurement to the report. */
  note(text: string): void
}

export interface Fault {
  name: string
  title: string
  /**
   * Special needs: a PostgreSQL on a disk that can be filled, or one that is reached without the
   * proxy, which shares a process with the clients and would distort measurements.
   */
  needs?: 'small disk' | 'no proxy'
  strike(context: FaultContext): Promise<void>
}

/** A fault waits for work in order to break it, and none came. The harm was not done. */
export class NothingToBreak extends Error {
  override name = 'NothingToBreak'
}
