import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AmpFinding, EvidenceUse, TierStatement } from '../../interpret/finding/amp-tier.ts'
import { vaStatements } from './clinical-significance.ts'

const item = (id: string): EvidenceUse => ({
  ...{ id, profile: 'BRAF V600E', category: 'BRAF V600E', disease: 'Melanoma', diseaseFit: 'same' },
  ...{ therapies: [], level: 'B', rating: 4, significance: 'sensitivity', source: 'PubMed 1', trials: [] },
})
const statement = (given: Partial<TierStatement>): TierStatement => ({
  ...{
    role: 'therapeutic',
    effect: 'sensitivity',
    therapies: ['cobimetinib', 'vemurafenib'],
    tier: 'I',
    level: 'B',
  },
  ...{
    basis: 'evidence',
    approvals: [],
    guidelines: [],
    supports: [item('EID7')],
    disputes: [],
    overruled: [],
  },
  ...{ contradictions: [], why: ['a study'], wouldChange: [] },
  ...given,
})
const finding = (statements: readonly TierStatement[], tier: 'I' | 'III' | 'IV' = 'I'): AmpFinding => ({
  kind: 'amp-tier',
  sample: 'T1',
  diagnosis: { text: 'Melanoma', types: ['MEL'] },
  alterations: [
    {
      ...{ name: 'BRAF V600E', kind: 'small-variant', gene: 'BRAF', tier, level: undefined, role: undefined },
      ...{ statements, otherEvidence: [], annotations: [], why: [] },
    },
  ],
  open: [],
  untested: { tests: [], evidence: 0 },
  facts: [{ id: 'civic', version: '2021-08-01' }],
})

test('a tier is a statement with its proposition, its strength and an evidence line of its level', () => {
  const [one, ...more] = vaStatements(finding([statement({ disputes: [item('EID8')] })]))
  assert.equal(more.length, 0)
  assert.deepEqual(one!['classification'], {
    name: 'Tier I',
    primaryCoding: { system: 'AMP/ASCO/CAP Guidelines, 2017', code: 'tier i' },
  })
  assert.equal(one!['direction'], 'supports')
  const [pro, contra] = one!['hasEvidenceLines'] as Record<string, unknown>[]
  assert.deepEqual(pro!['hasEvidenceItems'], ['https://civicdb.org/links/evidence/7'])
  assert.deepEqual(pro!['strengthOfEvidenceProvided'], {
    primaryCoding: { system: 'AMP/ASCO/CAP Guidelines, 2017', code: 'B' },
  })
  assert.equal(contra!['directionOfEvidenceProvided'], 'disputes')
  const target = pro!['targetProposition'] as Record<string, unknown>
  assert.equal(target['predicate'], 'predictsSensitivityTo')
  assert.deepEqual(target['objectTherapeutic'], {
    therapies: [
      { conceptType: 'Drug', name: 'cobimetinib' },
      { conceptType: 'Drug', name: 'vemurafenib' },
    ],
    membershipOperator: 'AND',
  })
})

test('tiers III and IV have no strength; each role has its proposition; the same input is the same id', () => {
  const [neutral] = vaStatements(finding([], 'III'))
  assert.equal(neutral!['direction'], 'neutral')
  assert.ok(!('strength' in neutral!))
  assert.equal(vaStatements(finding([], 'IV'))[0]!['direction'], 'disputes')
  const types = (role: TierStatement['role'], effect: string) => {
    const [line] = vaStatements(finding([statement({ role, effect, therapies: [] })]))[0]![
      'hasEvidenceLines'
    ] as {
      targetProposition: { type: string; predicate: string }
    }[]
    return [line!.targetProposition.type, line!.targetProposition.predicate]
  }
  assert.deepEqual(types('diagnostic', 'negative'), [
    'VariantDiagnosticProposition',
    'isDiagnosticExclusionCriterionFor',
  ])
  assert.deepEqual(types('prognostic', 'poor-outcome'), [
    'VariantPrognosticProposition',
    'associatedWithWorseOutcomeFor',
  ])
  assert.equal(vaStatements(finding([statement({ effect: 'adverse-response' })])).length, 0)
  assert.equal(
    vaStatements(finding([statement({})]))[0]!['id'],
    vaStatements(finding([statement({})]))[0]!['id'],
  )
})
