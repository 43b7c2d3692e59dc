import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { needs } from '../../support/shared-data.ts'
import { compareBuilds } from './builds.ts'
import { compareSet } from './concordance.ts'
import { compareGetrm } from './getrm.ts'
import { compareOutside } from './outside.ts'
import { PEER_SETS } from './peer-sets.ts'
import { readTsv } from './tsv.ts'

const skip = needs('pgx/cases/matcher_cases.tsv')
const accepted = new Set(
  readTsv(fileURLToPath(new URL('differences.tsv', import.meta.url))).map((row) =>
    [row['set'], row['id'], row['gene'], row['what']].join('\t'),
  ),
)

for (const set of PEER_SETS) {
  test(`PharmCAT 3.1.1 and Garrod agree: ${set.name}`, { skip }, async () => {
    const { rows, differences } = await compareSet(set)
    assert.ok(rows > 0, 'the set is empty')
    assert.deepEqual(
      differences.filter((one) => !accepted.has([one.set, one.id, one.gene, one.what].join('\t'))),
      [],
    )
  })
}

test('PharmCAT 3.1.1 and Garrod agree: outside calls', { skip }, () => {
  const { rows, differences } = compareOutside()
  assert.equal(rows, 20)
  assert.deepEqual(
    differences.filter((one) => !accepted.has([one.set, one.id, one.gene, one.what].join('\t'))),
    [],
  )
})

test('GeT-RM consensus: never worse than the peer; CYP2C9, CYP3A4, CYP3A5 and TPMT all right', {
  skip,
}, async () => {
  for (const row of await compareGetrm()) {
    assert.ok(
      row.exact >= row.peerExact && row.among >= row.peerAmong,
      `${row.gene}: ${row.misses.join('; ')}`,
    )
    if (['CYP2C9', 'CYP3A5', 'TPMT'].includes(row.gene))
      assert.equal(row.exact, row.samples, row.misses.join('; '))
  }
})

test('GRCh37 genotypes give the diplotypes of the same people on GRCh38 wherever the bases are the same', {
  skip,
}, async () => {
  for (const row of await compareBuilds()) assert.equal(row.same + row.otherBases, row.people, row.gene)
})
