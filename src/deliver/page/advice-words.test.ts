import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleCase } from '../../../test/support/example-case.ts'
import type { Recommendation } from '../../decide/plan.ts'
import { basisWords, populationWords, whoWords } from './advice-words.ts'

const POPULATIONS: readonly (readonly [Recommendation['population'], string])[] = [
  [{ code: 'general' }, 'everyone'],
  [{ code: 'acs-pci', indication: ['acs-pci'] }, 'people, treated for acs pci'],
  [{ code: 'adults-naive' }, 'people, adults naive'],
  [{ code: 'general', ageMin: 18 }, 'people, 18 years or older'],
  [{ code: 'general', ageMax: 18 }, 'people, under 18 years'],
  [{ code: 'general', ageMin: 2, ageMax: 18 }, 'people, 2 to under 18 years'],
  [
    { code: 'general', weightMinKg: 40, adultsAtAnyWeight: true },
    'people, more than 40 kg (adults at any weight)',
  ],
  [{ code: 'general', exposure: 'naive' }, 'people, who have not taken it before'],
]
for (const [population, words] of POPULATIONS) {
  test(`${JSON.stringify(population)} is "${words}"`, () => assert.equal(populationWords(population), words))
}

test('codes are printed in the words of the installed list', () => {
  const words = {
    say: (kind: string, code: string) => (code === 'acs-pci' ? `${kind} of ACS or PCI` : undefined),
  }
  assert.equal(populationWords({ code: 'acs-pci' }, words), 'population of ACS or PCI')
})

test('a basis names the drug that changed it; each publisher is named once', () => {
  const codeine = exampleCase.plan.drugs.find((one) => one.drug.name === 'codeine')!
  assert.equal(
    basisWords(codeine.recommendations[0]!.basis[0]!),
    'CYP2D6 *1/*4, Poor Metabolizer, activity score 0.0 while taking paroxetine',
  )
  assert.equal(whoWords([...codeine.recommendations, ...codeine.recommendations]), 'CPIC (strong)')
})
