import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partsOf } from '../../../test/support/tumor-parts.ts'

const read = (document: unknown) => partsOf([JSON.stringify(document)])
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
  assert.equal(part!.said.diagnosis, 'http://hl7.org/fhir/sid/icd-10-cm|C34.1')
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
      variant([gene('EML4'), gene('ALK')]),
      variant([gene('ERBB2'), { code: loinc('82155-3'), valueQuantity: { value: 14 } }]),
      variant([gene('CDKN2A'), { code: loinc('82155-3'), valueQuantity: { value: 0 } }]),
    ),
  )
  assert.deepEqual(part!.said.fusions, [{ five: 'EML4', three: 'ALK' }])
  assert.deepEqual(part!.said.copyNumbers, [
    { gene: 'ERBB2', call: 'amplification', copies: 14 },
    { gene: 'CDKN2A', call: 'deep-deletion', copies: 0 },
  ])
})

test('a bundle of nothing is refused; two people are two samples', async () => {
  await assert.rejects(read({ resourceType: 'Patient' }), { code: 'TUMOR_EMPTY' })
  const of = (who: string) => ({ ...variant([gene('KRAS')]), subject: { reference: `Patient/${who}` } })
  assert.deepEqual(
    (await read(bundle(of('a'), of('b')))).map(({ sample }) => sample),
    ['Patient/a', 'Patient/b'],
  )
})
