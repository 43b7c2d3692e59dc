import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partsOf } from '../../../test/support/tumor-parts.ts'

const read = (document: unknown, diagnoses: readonly string[] = []) =>
  partsOf([JSON.stringify(document)], { diagnosesIn: () => diagnoses })
const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
const gene = (symbol: string) => ({
  code: loinc('48018-6'),
  valueCodeableConcept: { coding: [{ system: 'http://www.genenames.org', code: 'HGNC:1', display: symbol }] },
})
const named = (code: string, text: string) => ({
  code: loinc(code),
  valueCodeableConcept: { coding: [{ code: text }] },
})
const variant = (component: readonly object[], value = 'LA9633-4') => ({
  resourceType: 'Observation',
  id: 'v',
  status: 'final',
  code: loinc('69548-6'),
  valueCodeableConcept: loinc(value),
  component,
})
const bundle = (...resources: readonly object[]) => ({
  resourceType: 'Bundle',
  entry: resources.map((resource) => ({ resource })),
})

test('an assay: genes covered by kind, and a gene of which only some exons were', async () => {
  const [part] = await read({
    assay: {
      name: 'Panel',
      design: 'tumour-only',
      detectionLimit: 0.05,
      genes: { variants: ['KRAS', { gene: 'EGFR', exons: [19, 18] }], fusions: 'all' },
    },
    purity: 0.4,
    markers: [{ marker: 'PD-L1', value: 60, scale: 'TPS' }],
  })
  assert.deepEqual(part!.said.covered, {
    variants: new Set(['KRAS']),
    copyNumbers: undefined,
    fusions: 'all',
  })
  assert.deepEqual(part!.said.assay?.exons, { EGFR: [18, 19] })
  assert.deepEqual([part!.said.purity, part!.said.markers!.length], [0.4, 1])
})

test('a field that is not known is refused: it may be a misspelt one', async () => {
  for (const document of [
    { assay: { gene: ['KRAS'] } },
    { assay: {}, purity: 60 },
    { markers: [{ marker: 'TMB' }] },
  ])
    await assert.rejects(read(document), { code: 'TUMOR_JSON_INVALID' })
  await assert.rejects(read({ anything: 1 }), { code: 'TUMOR_FORMAT_UNKNOWN' })
  await assert.rejects(partsOf(['{"assay":']), { code: 'JSON_MALFORMED' })
})

test('a FHIR bundle: variant with its consequence in an Observation of its own, markers, diagnosis', async () => {
  const [part] = await read(
    bundle(
      variant([
        gene('EGFR'),
        named('81290-9', 'NC_000007.13:g.55259515T>G'),
        { code: loinc('81258-6'), valueQuantity: { value: 44, unit: '%' } },
        { code: loinc('48002-0'), valueCodeableConcept: loinc('LA6684-0') },
      ]),
      {
        resourceType: 'Observation',
        id: 'm',
        status: 'final',
        code: { coding: [{ code: 'molecular-consequence' }] },
        derivedFrom: [{ reference: 'Observation/v' }],
        component: [
          named('48005-3', 'NP_005219.2:p.Leu858Arg'),
          {
            code: { coding: [{ code: 'feature-consequence' }] },
            valueCodeableConcept: { coding: [{ code: 'SO:0001583', display: 'missense_variant' }] },
          },
        ],
      },
      {
        resourceType: 'Observation',
        id: 't',
        status: 'final',
        code: loinc('94076-7'),
        valueQuantity: { value: 25 },
      },
      {
        resourceType: 'Observation',
        id: 'x',
        status: 'entered-in-error',
        code: loinc('94076-7'),
        valueQuantity: { value: 99 },
      },
      {
        resourceType: 'Condition',
        code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'C34.1' }] },
      },
    ),
    ['LUNG'],
  )
  assert.deepEqual(part!.said.variants, [
    {
      gene: 'EGFR',
      assembly: 'GRCh37',
      place: { chromosome: '7', position: 55259515, ref: 'T', alt: 'G' },
      hgvsP: 'p.Leu858Arg',
      consequences: ['missense_variant'],
      exon: undefined,
      tumor: { fraction: 0.44, depth: undefined },
      origin: 'somatic',
    },
  ])
  assert.deepEqual(part!.said.markers, [{ kind: 'mutational-burden', perMegabase: 25 }])
  assert.equal(part!.said.diagnosis, 'LUNG')
  assert.deepEqual(
    part!.leftOut.map(({ reason }) => reason),
    ['status entered-in-error'],
  )
})

test('genes without a finding were tested; an absent single change is none of them', async () => {
  const [part] = await read(
    bundle(
      variant([gene('NRAS'), gene('KIT')], 'LA9634-2'),
      variant([gene('BRAF'), named('48005-3', 'p.Val600Glu')], 'LA9634-2'),
    ),
  )
  assert.deepEqual(part!.said.covered?.variants, new Set(['NRAS', 'KIT']))
  assert.deepEqual(part!.said.variants, [])
})

test('two genes are a fusion, copies are a call', async () => {
  const [part] = await read(
    bundle(
      variant([
        gene('EML4'),
        gene('ALK'),
        {
          code: loinc('48019-4'),
          valueCodeableConcept: {
            coding: [
              { system: 'http://www.sequenceontology.org', code: 'SO:0001565', display: 'gene_fusion' },
            ],
          },
        },
      ]),
      variant([gene('ERBB2'), { code: loinc('82155-3'), valueQuantity: { value: 14 } }]),
      variant([gene('CDKN2A'), { code: loinc('82155-3'), valueQuantity: { value: 0 } }]),
    ),
  )
  assert.deepEqual(part!.said.fusions, [{ five: 'EML4', three: 'ALK', anyOrder: true }])
  assert.deepEqual(part!.said.copyNumbers, [
    { gene: 'ERBB2', call: 'amplification', copies: 14 },
    { gene: 'CDKN2A', call: 'deep-deletion', copies: 0 },
  ])
})

const coded = (code: string, rest: object) => ({
  resourceType: 'Observation',
  id: `o-${code}-${JSON.stringify(rest).length}`,
  status: 'final',
  code: loinc(code),
  ...rest,
})

test('of results of one marker the newest stands; one that cannot be read hides older ones', async () => {
  const msi = (value: string, effectiveDateTime: string) =>
    coded('81695-9', { valueCodeableConcept: { text: value }, effectiveDateTime })
  const [part] = await read(bundle(msi('MSS', '2024-01-01'), msi('MSI-H', '2026-01-01')))
  assert.deepEqual(part!.said.markers, [{ kind: 'microsatellites', status: 'high', date: '2026-01-01' }])
  assert.match(part!.leftOut[0]!.reason, /older result/)
  const [hidden] = await read(bundle(msi('MSI-H', '2024-01-01'), msi('Indeterminate', '2026-01-01')))
  assert.deepEqual(hidden!.said.markers, [])
  const [both] = await read(bundle(msi('MSI-H', '2026-01-01'), msi('MSS', '2026-01-01')))
  assert.equal(both!.said.markers!.length, 2)
  const [undated] = await read(
    bundle(msi('MSI-H', '2026-01-01'), coded('81695-9', { valueCodeableConcept: { text: 'MSS' } })),
  )
  assert.equal(undated!.said.markers!.length, 2, 'which of them is newer is not known: both are shown')
})

test('PD-L1 keeps its score and its clone; a number without the kind of score decides nothing', async () => {
  const [part] = await read(
    bundle(
      coded('83053-9', {
        valueQuantity: { value: 60, unit: '%' },
        device: { display: 'PD-L1 IHC 22C3 pharmDx' },
      }),
      coded('83057-0', { valueCodeableConcept: loinc('LA6576-8') }),
      {
        resourceType: 'Observation',
        id: 'scored',
        status: 'final',
        code: { text: 'PD-L1 immunohistochemistry' },
        component: [
          { code: loinc('105302-4'), valueCodeableConcept: { text: 'CPS' } },
          { code: { text: 'PD-L1 score' }, valueQuantity: { value: 12 } },
        ],
      },
      coded('x', { code: { text: 'PD-L1' }, valueQuantity: { value: 30, unit: '%' } }),
    ),
  )
  assert.deepEqual(
    part!.said.markers!.map((one) => (one.kind === 'protein' ? [one.score, one.status, one.assay] : one)),
    [
      [{ scale: 'TPS', value: 60 }, undefined, 'PD-L1 IHC 22C3 pharmDx'],
      [undefined, 'positive', 'clone SP142'],
      [{ scale: 'CPS', value: 12 }, undefined, undefined],
    ],
  )
  assert.match(part!.leftOut.map(({ reason }) => reason).join(), /does not say whether it is TPS, CPS/)
})

test('a result that is not final counts for nothing, and its gene is not without a change', async () => {
  const panel = coded('53041-0', { component: [gene('KRAS'), gene('NRAS')] })
  const early = { ...variant([gene('KRAS'), named('48005-3', 'p.Gly12Cys')]), status: 'registered' }
  const [part] = await read(bundle(panel, early))
  assert.deepEqual(part!.said.variants, [])
  assert.deepEqual(part!.said.covered?.variants, new Set(['NRAS']))
})

test('a germline panel in the bundle tells nothing of the tumour', async () => {
  const born = variant([
    gene('BRCA2'),
    { code: loinc('48002-0'), valueCodeableConcept: loinc('LA6683-2') },
    named('48005-3', 'p.Ser1982fs'),
  ])
  const panel = coded('53041-0', { component: [gene('BRCA2'), gene('KRAS')] })
  const report = {
    resourceType: 'DiagnosticReport',
    id: 'r',
    result: [{ reference: 'Observation/v' }, { reference: `Observation/${panel.id}` }],
  }
  const [part] = await read(bundle(born, panel, report))
  assert.equal(part!.said.variants![0]!.origin, 'germline')
  assert.equal(part!.said.covered?.variants, undefined)
})

test('a bundle of nothing is refused; two people are two samples', async () => {
  await assert.rejects(read({ resourceType: 'Patient' }), { code: 'TUMOR_EMPTY' })
  const of = (who: string) => ({ ...variant([gene('KRAS')]), subject: { reference: `Patient/${who}` } })
  assert.deepEqual(
    (await read(bundle(of('a'), of('b')))).map(({ sample }) => sample),
    ['Patient/a', 'Patient/b'],
  )
})
