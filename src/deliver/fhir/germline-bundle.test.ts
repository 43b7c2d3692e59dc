import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Json, problemsOf } from '../../../test/support/genomics-reporting.ts'
import type { GermlineFinding } from '../../interpret/finding/germline.ts'
import { patientId } from '../../terms/ids.ts'
import { germlineBundle } from './germline-bundle.ts'
import type { Observation } from './resource.ts'

const pack = { id: 'acmg-combining', version: '2026-11' }

function finding(change: Partial<GermlineFinding> = {}): GermlineFinding {
  return {
    kind: 'germline',
    sample: 'S1',
    variant: {
      assembly: 'GRCh38',
      chromosome: 'chr7',
      position: 117559590,
      ref: 'ATCT',
      alt: 'A',
      gene: 'CFTR',
      transcript: 'NM_000492.4',
      hgvsC: 'NM_000492.4:c.1521_1523del',
      hgvsP: 'NP_000483.3:p.Phe508del',
      consequences: ['inframe_deletion'],
    },
    zygosity: 'heterozygous',
    call: { genotype: '0/1', filter: 'PASS', depth: 31, quality: 99 },
    classification: {
      class: 'pathogenic',
      decidedBy: { method: 'table', clause: 'pathogenic (i)(a)', source: 'richards-2015' },
      points: 12,
      criteria: [
        {
          code: 'PVS1',
          state: 'met',
          strength: 'very-strong',
          because: 'x',
          facts: [],
          missing: [],
        },
        {
          code: 'PM2',
          state: 'not-assessed',
          strength: undefined,
          because: 'no frequency',
          facts: [],
          missing: ['population frequency'],
        },
      ],
      panel: undefined,
      ruleSet: pack,
      why: ['PVS1: pathogenic.'],
      wouldChange: ['without PVS1: uncertain'],
    },
    roles: ['carrier'],
    inheritance: [],
    known: { by: 'ClinVar', class: 'pathogenic', text: 'Pathogenic', stars: 4, id: '7105' },
    diseases: [
      {
        ...{ name: 'cystic fibrosis', mondo: 'MONDO:0009061', inheritance: 'AR' },
        ...{ certainty: 'sure', because: 'One copy.' },
      },
    ],
    why: ['One copy: a carrier.'],
    facts: [pack],
    ...change,
  }
}

const bundle = (findings: readonly GermlineFinding[]) =>
  germlineBundle({
    patient: { id: patientId('p1'), identifiers: [], name: undefined, sex: 'female', birthDate: undefined },
    findings,
    notes: [],
    files: [{ name: 'p1.vcf', format: 'vcf', sha256: 'ab' }],
    facts: [pack],
    genes: new Map([['CFTR', 'HGNC:1884']]),
    refseqOf: () => 'NC_000007.14',
    engineVersion: '0.1.0',
    issued: '2026-11-22T09:30:00Z',
    type: 'collection',
    status: 'preliminary',
  })

const observations = (findings: readonly GermlineFinding[]) =>
  bundle(findings)
    .entry.map(({ resource }) => resource)
    .filter((one): one is Observation => one.resourceType === 'Observation')
const told = (one: Observation, code: string) => {
  const found = one.component?.find((its) => its.code.coding?.[0]?.code === code)
  return (
    found?.valueCodeableConcept?.coding?.[0]?.code ?? found?.valueCodeableConcept?.text ?? found?.valueString
  )
}

const EVERY: readonly GermlineFinding[] = [
  finding(),
  finding({
    zygosity: 'heteroplasmic',
    heteroplasmy: 0.37,
    variant: { ...finding().variant, chromosome: 'chrM' },
  }),
  finding({
    zygosity: undefined,
    variant: {
      ...finding().variant,
      ...{ assembly: 'GRCh37', gene: undefined, transcript: undefined, hgvsC: 'c.5A>G', hgvsP: undefined },
    },
  }),
]

test('what is written holds to R4 and to the profiles that it claims', () => {
  const { entry } = bundle(EVERY)
  assert.deepEqual(problemsOf(entry as unknown as { fullUrl: string; resource: Json }[]), [])
})

test('the implication rests on the variant and says class, disease, inheritance and criteria', () => {
  const [variant, implication] = observations([finding()])
  assert.equal(told(variant!, '48004-6'), 'NM_000492.4:c.1521_1523del')
  assert.equal(told(variant!, '53034-5'), 'LA6706-1')
  assert.match(implication!.derivedFrom![0]!.reference!, new RegExp(`${variant!.id}$`))
  assert.equal(told(implication!, '53037-8'), 'LA6668-3')
  assert.equal(told(implication!, '81259-4'), 'MONDO:0009061')
  assert.equal(told(implication!, 'condition-inheritance'), 'HP:0000007')
  assert.equal(told(implication!, '93044-6'), 'ACMG/AMP: PVS1 (very-strong)')
})

test('the conclusion says by what the class is, what is possible only, and what others say', () => {
  const conclusionOf = (change: Partial<GermlineFinding>) =>
    bundle([finding(change)]).entry.find(({ resource }) => resource.resourceType === 'DiagnosticReport')!
      .resource['conclusion' as never] as string
  const { diseases } = finding()
  const possible = diseases.map((one) => ({ ...one, certainty: 'possible' as const }))
  assert.match(
    conclusionOf({}),
    /: pathogenic by the criteria assessed, for cystic fibrosis; ClinVar says Pathogenic \(4 stars\) \(carrier\)\.$/,
  )
  assert.match(
    conclusionOf({ diseases: possible, known: undefined }),
    /, for possibly cystic fibrosis \(carrier\)\.$/,
  )
})

test('no finding is no clean bill', () => {
  const report = bundle([])
    .entry.map(({ resource }) => resource)
    .find((one) => one.resourceType === 'DiagnosticReport')
  assert.match(JSON.stringify(report), /What was not covered by the test was not looked at/)
})

test('the same input gives the same bytes', () => {
  assert.equal(JSON.stringify(bundle(EVERY)), JSON.stringify(bundle(EVERY)))
})
