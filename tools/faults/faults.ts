// All faults. Each harms two LoyaPro processes under load once, and leaves them running.
import type { Fault } from './fault.ts'
import { CLOCK_FAULTS } from './faults-of-clocks.ts'
import { DATABASE_FAULTS } from './faults-of-database.ts'
import { LOAD_FAULTS } from './faults-of-load.ts'
import { NETWORK_FAULTS } from './faults-of-network.ts'
import { PROCESS_FAULTS } from './faults-of-processes.ts'
import { SOAK } from './soak.ts'

export const FAULTS: readonly Fault[] = [
  ...PROCESS_FAULTS,
  ...DATABASE_FAULTS,
  ...NETWORK_FAULTS,
  ...CLOCK_FAULTS,
  ...LOAD_FAULTS,
  SOAK,
]
