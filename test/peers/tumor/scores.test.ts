import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs } from '../../support/shared-data.ts'
import { AML } from './civic.ts'
import { realScores, scarComparison } from './scores.ts'

const PCGR = 'oncology/tumours/pcgr/T001'

test('scars are those that scarHRD counts, in every made-up genome', () => {
  for (const { genome, ours, peer } of scarComparison()) assert.deepEqual(ours, peer, genome)
})

// Run with scarHRD's functions on the same files (R 4.2.2).
for (const [assembly, expected] of [
  ['GRCh37', [22, 26, 23]],
  ['GRCh38', [22, 27, 23]],
] as const)
  test(`scars of real segments of ${assembly}`, { skip: needs(`${PCGR}-BRCA.grch37.cna.tsv`) }, async () => {
    const [found] = await realScores([`${PCGR}-BRCA.${assembly.toLowerCase()}.cna.tsv`], assembly, {})
    const { lossOfHeterozygosity, transitions, telomericImbalance } = found!.scars
    assert.deepEqual([lossOfHeterozygosity, transitions, telomericImbalance], expected)
  })

for (const [tumour, looks] of [
  ['COAD', 'unstable'],
  ['BRCA', 'stable'],
] as const)
  test(`the calls of a real ${tumour} look ${looks}`, {
    skip: needs(`${PCGR}-${tumour}.grch38.vcf.gz`),
  }, async () => {
    const [found] = await realScores([`${PCGR}-${tumour}.grch38.vcf.gz`], 'GRCh38', {
      calledMegabases: 34,
      codingMegabases: 34,
    })
    assert.equal(found!.microsatellites.advisory!.looks, looks)
    // The files tell no consequence: which calls are coding is not known, and is not guessed.
    assert.equal(found!.burden.state, 'unknown')
    assert.equal(found!.burden.counted.events.least, 0)
  })

test('no leukaemia of TCGA has a high burden', { skip: needs(AML) }, async () => {
  const found = await realScores([AML], 'GRCh37', { design: 'tumour-normal', codingMegabases: 34 })
  assert.equal(found.length, 193)
  assert.ok(found.every(({ burden }) => burden.state === 'not-high'))
})
