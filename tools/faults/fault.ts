// What a fault is, and the scene in which it strikes.

import type { Server } from '../harness/server.ts'
import type { World } from '../harness/world.ts'
import type { Random } from '../simulator/world/random.ts'
import type { Clients } from './clients.ts'
import type { Detour } from './proxy.ts'
import type { SmallDisk } from './small-disk.ts'

export interface FaultContext {
  world: World
  pair: readonly [Server, Server]
  /** Between the pair and PostgreSQL. */
  proxy: Detour
  /** On which PostgreSQL lives, for a fault that asked for it. */
  disk: SmallDisk | null
  clients: Clients
  /** Which round it is, from 0. */
  round: number
  /** Of this round. */
  random: Random
  /** Called when the harm is done: from here the seconds until the next answer count. */
  struck(): void
  /** What was measured beside that, for whoever reads the table. */
  note(text: string): void
}

export interface Fault {
  name: string
  title: string
  /**
   * Where it needs more than the usual: a PostgreSQL that lives on a disk that can be filled, or
   * one that is reached without the detour, which shares a process with the clients and would be
   * part of what is measured.
   */
  needs?: 'small disk' | 'no detour'
  strike(scene: FaultContext): Promise<void>
}
