import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accrualOf } from './accrual.ts'
import { phaseWords, readPhases } from './phase.ts'
import { kilometresBetween, type TrialSite } from './site.ts'
import { whereOf } from './where.ts'

const boston = { latitude: 42.3601, longitude: -71.0589 }
const newYork = { latitude: 40.7128, longitude: -74.006 }
const far = { name: 'New York', status: 'Recruiting', position: newYork }
const near = { name: 'Boston', city: 'Boston', status: 'Recruiting', position: boston }
const where = (sites: readonly TrialSite[], within?: number, home: typeof boston | undefined = boston) =>
  whereOf(sites, { home, ...(within === undefined ? {} : { withinKilometres: within }) })

test('distances on the sphere, over the date line and to the other side of the Earth', () => {
  assert.equal(Math.round(kilometresBetween(boston, newYork)), 306)
  assert.equal(kilometresBetween(boston, boston), 0)
  const [east, west] = [
    { latitude: 0, longitude: 179.5 },
    { latitude: 0, longitude: -179.5 },
  ]
  assert.equal(Math.round(kilometresBetween(east, west)), 111)
  const poles = [
    { latitude: 90, longitude: 0 },
    { latitude: -90, longitude: 77 },
  ] as const
  assert.equal(Math.round(kilometresBetween(...poles)), 20_015)
})

test('the nearest open site decides, at the kilometre', () => {
  assert.equal(where([far], 307)?.verdict, 'met')
  assert.equal(where([far], 305)?.verdict, 'not met')
  assert.deepEqual(where([far, near], 50)?.nearest, { name: 'Boston', city: 'Boston', kilometres: 0 })
})

test('a closed site does not count, however near', () => {
  const closed = { ...near, status: 'COMPLETED' }
  assert.equal(where([closed, far], 50)?.verdict, 'not met')
  assert.equal(where([closed], 50)?.verdict, 'not met')
  assert.equal(where([closed])?.verdict, 'not met')
  assert.equal(where([{ ...near, status: 'not yet recruiting' }], 50)?.verdict, 'not met')
})

test('what is not known is unknown: home, the place of a site, whether it is open, any site at all', () => {
  assert.deepEqual(whereOf([near], { home: undefined, withinKilometres: 50 })?.missing, { datum: 'home' })
  const unplaced = { name: 'Somewhere', status: 'Recruiting' }
  assert.deepEqual(where([unplaced, far], 50)?.missing, { datum: 'site-position' })
  assert.deepEqual(where([{ name: 'Boston', position: boston }, far], 50)?.missing, { datum: 'site-status' })
  assert.deepEqual(where([], 50)?.missing, { datum: 'sites' })
  assert.equal(where([]), undefined)
  // One that is near and open settles it.
  assert.equal(where([unplaced, near], 50)?.verdict, 'met')
})

test('a word for a status that nobody knows opens nothing', () => {
  assert.deepEqual(
    ['Recruiting', 'RECRUITING', 'open to accrual', 'active', 'active-not-recruiting', 'Whatever', ' '].map(
      accrualOf,
    ),
    ['open', 'open', 'open', 'open', 'closed', 'closed', undefined],
  )
  assert.equal(accrualOf('ACTIVE_NOT_RECRUITING'), 'closed')
  assert.equal(accrualOf('ENROLLING_BY_INVITATION'), 'closed')
})

test('phases in the words of registries', () => {
  for (const [text, phases] of [
    ['PHASE1', ['phase-1']],
    ['Phase I/II', ['phase-1', 'phase-2']],
    ['phase-2-phase-3', ['phase-2', 'phase-3']],
    ['Phase IIb', ['phase-2']],
    ['EARLY_PHASE1', ['early-phase-1']],
    ['I_II', ['phase-1', 'phase-2']],
    ['IV', ['phase-4']],
    ['NA', []],
    ['', []],
  ] as const)
    assert.deepEqual(readPhases(text), phases, text)
  assert.equal(phaseWords(['phase-1', 'phase-2']), 'phase 1 and 2')
})
