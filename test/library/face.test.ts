import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openGarrod, patientId, readConfig, readGenotypes } from '../../src/index.ts'

test('a program that embeds Garrod takes the journey from file to advice', async () => {
  const garrod = openGarrod(readConfig())
  const path = join(import.meta.dirname, '..', '..', 'examples', 'clopidogrel.vcf.gz')
  for await (const genotypes of readGenotypes({ name: path, content: { path }, panel: garrod.pgx.panel })) {
    const record = {
      id: patientId('p1'),
      name: undefined,
      sex: 'unknown',
      birthDate: undefined,
      identifiers: [],
      genotypes: [genotypes],
      outsideCalls: [],
      drugs: [{ text: 'clopidogrel', rxcui: undefined, atc: undefined, status: 'considered' }],
      measurements: [],
      context: {},
    } as const
    const plan = garrod.plan(record, garrod.findings(record), '2026-11-22')
    assert.deepEqual(
      plan.drugs.map((one) => [one.drug.name, one.severity]),
      [['clopidogrel', 'critical']],
    )
  }
})
