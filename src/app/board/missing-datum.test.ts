import assert from 'node:assert/strict'
import { test } from 'node:test'
import { datumOf } from './missing-datum.ts'

for (const [said, trial, key, datum] of [
  ['a test of MET for small variants', undefined, 'mutation MET', 'mutation'],
  ['MET was not tested for mutations', 'mutation', 'mutation MET', 'mutation'],
  ['whether ALK was tested for fusions', undefined, 'fusion ALK', 'fusion'],
  ['HER2 IHC', undefined, 'her2', 'her2'],
  ['HER2 status', undefined, 'her2', 'her2'],
  ['the record has no her2', 'her2', 'her2', 'her2'],
  ['PD-L1 TPS', undefined, 'protein PD-L1 TPS', 'protein'],
  ['PD-L1 CPS', undefined, 'protein PD-L1 CPS', 'protein'],
  ['PD-L1 CPS: TPS 60 is on record, and CPS is never lower', undefined, 'protein PD-L1 CPS', 'protein'],
  ['deletion of 5q', undefined, 'deletion of 5q', 'arm'],
  ['homologous recombination deficiency', undefined, 'recombination', 'recombination'],
  ['whether menopause has passed', undefined, 'menopause', 'menopause'],
  ['approved for line 2+; earlier treatment is not known', undefined, 'treatments', 'treatments'],
  ['something that nobody foresaw', undefined, ' something that nobody foresaw', undefined],
] as const)
  test(`"${said}" asks for ${key.trim()}`, () => {
    const found = datumOf(said, trial)
    assert.equal(found.key, key)
    assert.equal(found.datum, datum)
  })
