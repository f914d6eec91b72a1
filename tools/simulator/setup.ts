// Creates the programs and rewards of a shop in LoyaPro, and reads the programs of a business.
import type { Branch as BranchShown } from '../../contract/api/business.ts'
import type { Program, ProgramInFull } from '../../contract/api/programs.ts'
import type { Reward } from '../../contract/api/rewards.ts'
import type { DefinitionInput } from '../../contract/program.ts'
import type { Api } from './compare/api.ts'
import { LAST_ONES, PRICED_IN, REWARDS } from './world/rewards.ts'
import type { Branch, Ms, Scheme, Shop } from './world/types.ts'

/**
 * Creates the shop's programs in order of their effective times; returns program ids by the
 * scheme's key.
 */
export async function putInForce(api: Api, { schemes, branches, name, nameAr }: Shop): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  const known = await Array.fromAsync(api.all<BranchShown>('/branches'))
  const named = new Map(branches.map((one) => [one.reference, known.find((it) => it.pos_branch_id === one.id)?.id]))
  const steps = schemes.flatMap((scheme) => [
    ...scheme.versions.map(({ from, definition }, index) => ({
      at: from,
      scheme,
      index,
      definition: withBranches(definition, named),
    })),
    ...(scheme.endsAt === null ? [] : [{ at: scheme.endsAt, scheme, index: 0, definition: null }]),
  ])
  for (const { at, scheme, index, definition } of steps.sort((a, b) => a.at - b.at)) {
    const effective_from = new Date(at).toISOString()
    const id = ids.get(scheme.key)
    if (definition === null) await api.post(`/programs/${id}/end`, { at: effective_from })
    else if (index > 0) await api.post(`/programs/${id}/versions`, { definition, effective_from })
    else {
      const names = { en: `${name} ${scheme.key}`, ar: `${nameAr} ${scheme.key}` }
      const program = { type: definition.type, name: names, definition, activate: true, effective_from }
      ids.set(scheme.key, (await api.post<Program>('/programs', program)).id)
    }
  }
  return ids
}

/** Replaces the branches of rules by their ids in LoyaPro. */
function withBranches(definition: DefinitionInput, named: ReadonlyMap<string, string | undefined>): DefinitionInput {
  if (definition.type === 'subscription') return definition
  const idOf = (reference: string) => {
    const id = named.get(reference)
    if (id === undefined) throw new Error(`no order has named branch ${reference}`)
    return id
  }
  const rules = definition.rules.map((rule) =>
    rule.when?.branches ? { ...rule, when: { ...rule.when, branches: rule.when.branches.map(idOf) } } : rule,
  )
  return { ...definition, rules }
}

/**
 * Creates the rewards that cost points; returns reward ids by the key of the reward. A reward of
 * the home branch needs a branch with orders.
 */
export async function putInCatalogue(
  api: Api,
  programs: ReadonlyMap<string, string>,
  home: Branch | undefined,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  const known = await Array.fromAsync(api.all<BranchShown>('/branches'))
  const here = known.flatMap(({ id, pos_branch_id }) => (pos_branch_id === home?.id ? [id] : []))
  for (const { key, price, terms, isLocal } of [...REWARDS, LAST_ONES]) {
    if (isLocal && here.length === 0) continue
    const name = { en: `Sample ${key}`, ar: `مكافأة تجريبية ${key}` }
    const reward = { name, program_id: programs.get(PRICED_IN), price, ...terms, ...(isLocal && { branches: here }) }
    ids.set(key, (await api.post<Reward>('/rewards', reward)).id)
  }
  return ids
}

/** All programs that were ever active, as schemes; the key of each is its id. */
export async function readSchemes(api: Api): Promise<Scheme[]> {
  const programs: Program[] = []
  for await (const program of api.all<Program>('/programs')) if (program.status !== 'draft') programs.push(program)
  return Promise.all(programs.map(async ({ id }) => schemeOf(await api.get<ProgramInFull>(`/programs/${id}`))))
}

function schemeOf({ id, type, versions }: ProgramInFull): Scheme {
  const spans = versions
    .flatMap(({ definition, in_force }) =>
      in_force.map(({ from, until }) => ({ from: Date.parse(from), until, definition })),
    )
    .sort((a, b) => a.from - b.from)
  const until = spans.at(-1)?.until ?? null
  return {
    key: id,
    // The API returns definitions in the format that it accepts.
    versions: spans.map(({ from, definition }) => ({ from, definition: { ...definition, type } as DefinitionInput })),
    endsAt: until === null ? null : (Date.parse(until) as Ms),
  }
}
