import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ImprintedGene } from '../../../knowledge/acmg/imprinted.ts'
import type { FamilyVariant, MemberCall } from '../../../record/family-variant.ts'
import type { PedigreeMember } from '../../../record/pedigree.ts'
import { imprintReading } from './imprint.ts'
import { CALL_RULES } from './reliability.ts'

const IDS = ['kid', 'dad', 'mom', 'sib']
const UBE3A: ImprintedGene = {
  gene: 'UBE3A',
  active: 'mother',
  disease: 'Angelman syndrome',
  source: 'a paper',
}

function call(genotype: string): MemberCall {
  const called = genotype.includes('.') ? 0 : 2
  const copies = (genotype.match(/1/g)?.length ?? 0) as 0 | 1 | 2
  return {
    ...{ genotype, called, copies, complete: called === 2, strand: undefined, phaseSet: undefined },
    ...{ depth: 40, quality: 60, referenceReads: 40 - 20 * copies, alternateReads: 20 * copies },
  }
}

/** Of the genotypes of kid, dad, mom and sib, with the ways of the plain rules. */
function read(genotypes: string, sibAffected = false, gene = UBE3A) {
  const member = (id: string, affected: boolean): PedigreeMember => ({
    ...{ family: 'F', id, sex: 'female', affected },
    ...(['kid', 'sib'].includes(id)
      ? { father: 'dad', mother: 'mom' }
      : { father: undefined, mother: undefined }),
  })
  const members = IDS.map((id) => member(id, id === 'kid' || (id === 'sib' && sibAffected)))
  const variant: FamilyVariant = {
    ...{ assembly: 'GRCh38', chromosome: 'chr15', position: 100, ref: 'A', alt: 'G', filter: 'PASS' },
    notes: { transcripts: [], frequency: undefined, scores: [], clinvar: undefined },
    calls: genotypes.split(' ').map(call),
  }
  const view = { members, place: (id: string) => IDS.indexOf(id), rules: CALL_RULES }
  const plain = [{ mode: 'dominant', certainty: 'possible', because: '' }] as const
  const { fits, why } = imprintReading(view, members[0]!, variant, gene, plain)
  return {
    fits: fits.map(({ mode, certainty }) => `${mode} ${certainty}`).join(', '),
    because: fits.map(({ because }) => because).join(),
    why: why.join(),
  }
}

for (const [what, genotypes, sibAffected, fits] of [
  ['from the healthy mother', '0/1 0/0 0/1 0/0', false, 'imprinted sure'],
  ['from the father, whose copy is silent', '0/1 0/1 0/0 0/0', false, ''],
  ['new', '0/1 0/0 0/0 0/0', false, ''],
  ['of both parents', '0/1 0/1 0/1 0/0', false, 'imprinted possible'],
  ['the father not called', '0/1 ./. 0/1 0/0', false, 'imprinted possible'],
  ['from the mother, and in a healthy sister', '0/1 0/0 0/1 0/1', false, 'imprinted possible'],
  ['from the mother, and not in an ill sister', '0/1 0/0 0/1 0/0', true, ''],
  ['from the mother, and in an ill sister', '0/1 0/0 0/1 0/1', true, 'imprinted sure'],
] as const)
  test(`UBE3A, ${what}: ${fits || 'no fit'}`, () => assert.equal(read(genotypes, sibAffected).fits, fits))

test('which copy is active is told with its source, and what that means', () => {
  assert.match(
    read('0/1 0/0 0/1 0/0').because,
    /from the mother, mom, and of UBE3A the mother's copy alone is/,
  )
  assert.match(
    read('0/1 0/1 0/0 0/0').why,
    /not expected to make kid ill. Children of a woman who carries it/,
  )
  assert.match(read('0/1 0/0 0/0 0/0').why, /On which copy the new change is decides, and is not known/)
  assert.match(
    read('0/1 ./. 0/1 0/0').because,
    /which is not known; sure genotypes of both parents would tell/,
  )
  const father = { ...UBE3A, active: 'father' } as const
  assert.equal(read('0/1 0/1 0/0 0/0', false, father).fits, 'imprinted sure')
  assert.match(read('0/1 0/0 0/1 0/0', false, father).why, /Children of a man who carries it can be/)
})
