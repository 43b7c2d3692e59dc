import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { patient } from '../../../test/support/patient.ts'
import { calledGene } from '../../../test/support/pgx-finding.ts'
import type { PgxFinding } from '../../interpret/finding.ts'
import { Facts } from '../../knowledge/facts.ts'
import { makePlan } from '../make-plan.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'facts')
const facts = Facts.find([folder])

function cyp2c19(
  name: string,
  phenotype: string,
  sample: string,
  missing: PgxFinding['missing'] = [],
): PgxFinding {
  return { ...calledGene('CYP2C19', name, phenotype), sample, missing }
}

const planWith = (own: Facts, finding: PgxFinding, birthDate?: string) =>
  makePlan({
    record: { ...patient(), birthDate },
    findings: [finding],
    facts: own,
    asOf: '2026-11-22',
    engineVersion: 'test',
    reference: 'all',
  })

test('what is remembered is what would be made anew, whatever came before', () => {
  const gap = { kind: 'not-in-file', locus: 'chr10:94761900' } as const
  const people: [PgxFinding, string?][] = [
    [cyp2c19('*2/*2', 'Poor Metabolizer', 'A')],
    [cyp2c19('*1/*1', 'Normal Metabolizer', 'B')],
    [cyp2c19('*2/*2', 'Poor Metabolizer', 'C')],
    [
      cyp2c19('*2/*2', 'Poor Metabolizer', 'D', [
        { locus: gap.locus, rsid: 'rs12248560', because: gap, alleles: ['*17'] },
      ]),
    ],
    [cyp2c19('*2/*2', 'Poor Metabolizer', 'E'), '2020-01-01'],
  ]
  for (const [finding, birthDate] of people) {
    assert.deepEqual(planWith(facts, finding, birthDate), planWith(Facts.find([folder]), finding, birthDate))
  }
})
