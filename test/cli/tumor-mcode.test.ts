import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { validateResource } from '../../src/fhir/validate/validate.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import { fhirDefinitions } from '../../src/knowledge/fhir/definitions.ts'
import { garrod, garrodWith } from '../support/command-line.ts'

/** The unpacked package of mCODE (hl7.fhir.us.mcode 4.0.0, CC0-1.0), which holds codes of SNOMED CT and is not kept here. */
const PACKAGE = process.env['GARROD_MCODE']
const skip =
  PACKAGE === undefined ? 'GARROD_MCODE names no folder of mCODE ("npm pack hl7.fhir.us.mcode")' : false
const folder = mkdtempSync(join(tmpdir(), 'garrod-mcode-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function table(name: string, ...rows: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${rows.map((row) => row.replaceAll('|', '\t')).join('\n')}\n`)
  return path
}

async function mcodeOf(): Promise<Record<string, unknown>> {
  const files = [
    table(
      't.maf',
      'Hugo_Symbol|NCBI_Build|Chromosome|Start_Position|Reference_Allele|Tumor_Seq_Allele2|Variant_Classification|HGVSp_Short|Tumor_Sample_Barcode|t_depth|t_alt_count',
      'EGFR|GRCh37|7|55259515|T|G|Missense_Mutation|p.L858R|T1|200|80',
    ),
    table('f.tsv', 'sample|fusion', 'T1|EML4::ALK'),
    table('c.tsv', 'sample|gene|copy_number', 'T1|MET|amplification'),
    table(
      'm.tsv',
      'sample|marker|value|unit|scale',
      'T1|TMB|12|mut/Mb|',
      'T1|MSI|MSS||',
      'T1|PD-L1|60|%|TPS',
    ),
  ]
  const { out } = await garrod('tumor', ...files, '--diagnosis', 'LUAD', '--format', 'mcode')
  return JSON.parse(out) as Record<string, unknown>
}

test('a patient of whom no name is known says so, as mCODE wants it', async () => {
  const { entry } = (await mcodeOf()) as { entry: readonly { resource: Record<string, unknown> }[] }
  const patient = entry.find(({ resource }) => resource['resourceType'] === 'Patient')!.resource
  assert.match(JSON.stringify(patient['name']), /data-absent-reason.*unknown/)
})

test('a tumour as mCODE holds to every profile of mCODE 4.0.0 that it claims', { skip }, async () => {
  const imported = await garrodWith({ GARROD_HOME: folder }, 'facts', 'import', 'fhir-ig', PACKAGE!)
  assert.match(imported.out, /us-mcode\/4\.0\.0: 53 profiles/)
  const facts = Facts.find([join(import.meta.dirname, '..', '..', 'facts'), join(folder, 'facts')])
  const found = validateResource(fhirDefinitions(facts), await mcodeOf())
  assert.deepEqual(
    found
      .filter(({ severity }) => severity === 'error')
      .map(({ expression, words }) => `${expression}: ${words}`),
    [],
  )
})
