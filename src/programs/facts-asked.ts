// Which facts the rules of a program ask for: those of their conditions and of what they earn.
import type { Definition } from '../../contract/program.ts'
import { factsOfConditions } from './conditions/table.ts'
import type { Fact, PinnedFact, StandingFact } from './fact.ts'
import { factsOfRule } from './rules/table.ts'
import type { BusinessPrograms } from './store.ts'
import type { PinnedVersion } from './terms.ts'

/** The pinned facts that these versions ask for, each once. */
export function pinnedFacts(versions: readonly PinnedVersion[]): PinnedFact[] {
  return unique(versions.flatMap(({ definition }) => factsAsked(definition))).filter((fact) => fact.kind === 'pinned')
}

/**
 * The standing facts that any version asks for that was ever in force: a correction may reach an
 * order of any of them.
 */
export function standingFacts(programs: BusinessPrograms): readonly StandingFact[] {
  const known = STANDING.get(programs)
  if (known) return known
  const versions = programs.terms.flatMap(({ members }) => members)
  const asked = unique(versions.flatMap(({ definition }) => factsAsked(definition)))
  const standing = asked.filter((fact) => fact.kind === 'standing')
  STANDING.set(programs, standing)
  return standing
}

const STANDING = new WeakMap<BusinessPrograms, readonly StandingFact[]>()

/** Cached: every order is evaluated by each program. */
function factsAsked(definition: Definition): readonly Fact[] {
  const known = ASKED.get(definition)
  if (known) return known
  const asked =
    definition.type === 'subscription'
      ? factsOfRule('plan')
      : definition.rules.flatMap(({ when = {}, earn }) => [...factsOfConditions(when), ...factsOfRule(earn.kind)])
  ASKED.set(definition, asked)
  return asked
}

const ASKED = new WeakMap<Definition, readonly Fact[]>()

function unique(facts: readonly Fact[]): Fact[] {
  return [...new Map(facts.map((fact) => [fact.name, fact])).values()]
}
