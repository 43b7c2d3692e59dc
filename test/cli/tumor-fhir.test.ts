import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { garrod } from '../support/command-line.ts'
import { type Json, problemsOf } from '../support/genomics-reporting.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-tumor-fhir-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, ...lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${lines.map((line) => line.replaceAll('|', '\t')).join('\n')}\n`)
  return path
}

interface Bundle {
  readonly meta?: { readonly profile: readonly string[] }
  readonly entry: readonly { readonly fullUrl: string; readonly resource: Json }[]
}

const MAF = [
  'Hugo_Symbol|NCBI_Build|Chromosome|Start_Position|Reference_Allele|Tumor_Seq_Allele2|Variant_Classification|HGVSp_Short|Tumor_Sample_Barcode|t_depth|t_alt_count',
  'EGFR|GRCh37|7|55259515|T|G|Missense_Mutation|p.L858R|T1|200|80',
  'TP53|GRCh37|17|7577120|C|T|Missense_Mutation|p.R273H|T1|100|50',
]
const FUSIONS = ['sample|fusion', 'T1|EML4::ALK']
const COPIES = ['sample|gene|copy_number', 'T1|MET|amplification', 'T1|CDKN2A|deep-deletion']
const MARKERS = ['sample|marker|value|unit|scale', 'T1|TMB|12|mut/Mb|', 'T1|MSI|MSS||', 'T1|PD-L1|60|%|TPS']

async function bundleOf(format: string, ...files: readonly string[]): Promise<Bundle> {
  const { out } = await garrod(
    'tumor',
    ...files,
    '--diagnosis',
    'LUAD',
    '--format',
    format,
    '--issued',
    '2026-11-22T09:30:00Z',
  )
  return JSON.parse(out) as Bundle
}

const files = () => [
  file('t.maf', ...MAF),
  file('fusions.tsv', ...FUSIONS),
  file('copies.tsv', ...COPIES),
  file('markers.tsv', ...MARKERS),
]
const resources = ({ entry }: Bundle, profile: string) =>
  entry
    .map(({ resource }) => resource)
    .filter(({ meta }) => JSON.stringify(meta ?? '').includes(`/${profile}"`))

test('a tumour as FHIR holds to Genomics Reporting STU3, and says the same bytes twice', async () => {
  const given = files()
  const bundle = await bundleOf('fhir', ...given)
  assert.deepEqual(problemsOf(bundle.entry), [])
  assert.equal(JSON.stringify(await bundleOf('fhir', ...given)), JSON.stringify(bundle))
  assert.equal(resources(bundle, 'variant').length, 5)
  assert.equal(resources(bundle, 'molecular-biomarker').length, 3)
  const osimertinib = resources(bundle, 'therapeutic-implication').find((one) =>
    JSON.stringify(one).includes('"text":"osimertinib"'),
  )
  assert.match(JSON.stringify(osimertinib), /LA6677-4.*Tier I, level A/)
})

test('what is written as FHIR is read again as the same tumour', async () => {
  const bundle = await bundleOf('fhir', ...files())
  const { out } = await garrod('tumor', file('again.json', JSON.stringify(bundle)), '--json')
  const [again] = (
    JSON.parse(out) as { tumors: { diagnosis: { code: string }; profile: Record<string, Json[]> }[] }
  ).tumors
  assert.equal(again!.diagnosis.code, 'LUAD')
  const { profile } = again!
  assert.deepEqual(
    profile['fusions']!.map(({ five, three }) => [five, three]),
    [['EML4', 'ALK']],
  )
  assert.deepEqual(profile['copyNumbers']!.map(({ gene }) => gene).sort(), ['CDKN2A', 'MET'])
  assert.deepEqual(
    profile['markers']!.map(({ kind }) => kind),
    ['mutational-burden', 'microsatellites', 'protein'],
  )
})

test('as mCODE every resource claims its mCODE profile beside that of Genomics Reporting', async () => {
  const bundle = await bundleOf('mcode', ...files())
  assert.match(bundle.meta!.profile[0]!, /mcode-patient-bundle$/)
  assert.equal(bundle.entry[0]!.resource['resourceType'], 'Patient')
  assert.equal(resources(bundle, 'mcode-genomic-variant').length, 5)
  assert.equal(resources(bundle, 'mcode-primary-cancer-condition').length, 1)
  assert.equal(resources(bundle, 'mcode-genomics-report').length, 1)
})

test('conditions and kidney results of a FHIR file are weighed beside labels, as the options of the command are; what was not understood is told', async () => {
  const bundle = await bundleOf('fhir', ...files())
  const { subject } = resources(bundle, 'variant')[0] as { subject: unknown }
  const coded = (system: string, code: string, display: string) => ({ coding: [{ system, code, display }] })
  const person: Json[] = [
    {
      resourceType: 'Condition',
      id: 'c1',
      subject,
      code: coded('http://hl7.org/fhir/sid/icd-10-cm', 'I45.81', 'Long QT syndrome'),
    },
    {
      resourceType: 'Condition',
      id: 'c2',
      subject,
      code: coded('http://snomed.info/sct', '38341003', 'Essential hypertension'),
    },
    {
      resourceType: 'Observation',
      id: 'o1',
      status: 'final',
      subject,
      code: coded('http://loinc.org', '98979-8', 'eGFR'),
      valueQuantity: { value: 22, unit: 'mL/min/1.73m2' },
    },
  ]
  const whole = { ...bundle, entry: [...bundle.entry, ...person.map((resource) => ({ resource }))] }
  const { out } = await garrod('tumor', file('person.json', JSON.stringify(whole)), '--json')
  const [found] = (
    JSON.parse(out) as {
      tumors: {
        therapies: { options: { drug: string; against: string[] }[] }
        profile: { notes: string[] }
      }[]
    }
  ).tumors
  const against = (drug: string) =>
    found!.therapies.options.find((one) => one.drug === drug)!.against.join('|')
  assert.match(against('crizotinib'), /long QT syndrome \(on record: I45\.81/)
  assert.match(against('crizotinib'), /below 30 mL\/min: 250 mg once a day/)
  assert.match(found!.profile.notes.join('|'), /not understood, .*Essential hypertension/)
})
