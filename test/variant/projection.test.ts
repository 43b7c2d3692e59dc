import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseHgvs } from '../../src/variant/hgvs/parse.ts'
import { alignmentsOf } from '../../src/variant/projection/sources.ts'
import { needs } from '../support/shared-data.ts'
import { compareRows, ROW_FILES, transcriptToGenome } from './projection-rows.ts'
import { CACHE, providerCache } from './provider-cache.ts'
import { sharedLines } from './shared-lines.ts'

test('g., c. and p. expressions of real variants follow from each other', { skip: needs(CACHE) }, () => {
  const sources = providerCache()
  for (const file of ROW_FILES) {
    const { rows, without, same, differences } = compareRows(file, sources)
    assert.ok(rows > 0)
    // Rows of an alignment that the recorded provider does not have, and one whose codon cannot make its residue.
    const unexplained = differences.filter(
      ({ from, expected, got }) =>
        !/c\.54(58|59)[+-]/.test(`${from} ${expected} ${got}`) && from !== 'NM_001277115.1:c.9640G>A',
    )
    assert.deepEqual(unexplained, [], file)
    assert.equal(same['g>c'] + differences.filter(({ step }) => step === 'g>c').length, rows - without)
  }
})

test('where transcript and genome differ, the genome is changed so that the transcript is', {
  skip: needs(CACHE),
}, () => {
  const sources = providerCache()
  let seen = 0
  for (const line of sharedLines('reference/hgvs/proj-near-disc.tsv')) {
    if (line.startsWith('#')) continue
    const [, , n = '', g = ''] = line.split('\t')
    const maps = alignmentsOf(parseHgvs(n).accession!, sources)
    assert.ok(maps.known, n)
    const map = maps.value.find((one) => one.transcript.contig === parseHgvs(g).accession)
    assert.equal(transcriptToGenome(n, map!, sources), g)
    seen++
  }
  assert.equal(seen, 34)
})
