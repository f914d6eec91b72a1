// Who is ready to redeem and who is almost there, by what the cheapest reward costs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standingOf, type Targets } from './targets.ts'

const TARGETS: Targets = {
  programs: [
    { programId: 'points', ready: 60, near: 48 },
    { programId: 'stamps', ready: null, near: 5 },
  ],
  cards: ['stamps'],
}

const standing = (units: Record<string, number>, hasCard = false) =>
  standingOf(
    TARGETS,
    Object.entries(units).map(([programId, available]) => ({ programId, available })),
    hasCard,
  )

test('the balance of one program, or a complete card, decides', () => {
  assert.equal(standing({}), 'far')
  assert.equal(standing({ points: 47, stamps: 4 }), 'far')
  assert.equal(standing({ points: 48 }), 'near')
  assert.equal(standing({ stamps: 5 }), 'near')
  assert.equal(standing({ points: 60 }), 'ready')
  assert.equal(standing({ stamps: 40 }), 'near', 'stamps alone redeem nothing')
  assert.equal(standing({ points: 50 }, true), 'ready', 'ready in one program is not almost there in another')
  assert.equal(standing({ points: -5 }), 'far')
})
