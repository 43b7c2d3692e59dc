import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { Fault } from '../../../terms/fault.ts'
import { Facts } from '../../facts.ts'
import { diseaseAnnotations, rowsOf } from '../../hpo/annotations.ts'
import { ontology } from '../../hpo/ontology.ts'
import { vocabulary } from '../../hpo/vocabulary.ts'
import { importHpo } from './import-hpo.ts'

const root = mkdtempSync(join(tmpdir(), 'garrod-hpo-'))
after(() => rmSync(root, { recursive: true }))

const OBO = `format-version: 1.2
data-version: hp/releases/2026-01-31

[Term]
id: HP:0000118
name: Phenotypic abnormality

[Term]
id: HP:0001250
name: Seizure
alt_id: HP:0002279
def: "Not kept." [PMID:1]
synonym: "Fits \\"so called\\"" EXACT layperson []
synonym: "Epilepsy" RELATED []
is_a: HP:0000118 {source="x"} ! Phenotypic abnormality

[Term]
id: HP:0001251
name: obsolete Fit
is_obsolete: true
replaced_by: HP:0001250

[Term]
id: UBERON:0000955
name: brain

[Typedef]
id: has_part
`
const IRI = 'http://purl.obolibrary.org/obo/'
const JSON_GRAPH = JSON.stringify({
  graphs: [
    {
      meta: { version: `${IRI}hp/releases/2026-01-31/hp.json` },
      nodes: [
        { id: `${IRI}HP_0000118`, lbl: 'Phenotypic abnormality', type: 'CLASS' },
        {
          id: `${IRI}HP_0001250`,
          lbl: 'Seizure',
          meta: {
            synonyms: [
              { pred: 'hasExactSynonym', val: 'Fits "so called"', synonymType: `${IRI}hp#layperson` },
              { pred: 'hasRelatedSynonym', val: 'Epilepsy' },
            ],
            basicPropertyValues: [
              { pred: 'http://www.geneontology.org/formats/oboInOwl#hasAlternativeId', val: 'HP:0002279' },
            ],
          },
        },
        {
          id: `${IRI}HP_0001251`,
          lbl: 'obsolete Fit',
          meta: {
            deprecated: true,
            basicPropertyValues: [{ pred: `${IRI}IAO_0100001`, val: `${IRI}HP_0001250` }],
          },
        },
        { id: `${IRI}UBERON_0000955`, lbl: 'brain' },
      ],
      edges: [{ sub: `${IRI}HP_0001250`, pred: 'is_a', obj: `${IRI}HP_0000118` }],
    },
  ],
})
const ROWS = [
  'OMIM:1\tToy disease\t\tHP:0001250\tPMID:7\tPCS\tHP:0003577\t3/7\tFEMALE\t\tP\tHPO:x',
  'OMIM:1\tToy disease\tNOT\tHP:0000118\tPMID:7\tPCS\t\t\t\t\tP\tHPO:x',
  'OMIM:1\tToy disease\t\tHP:0001250\tPMID:8\tPCS\t\tHP:0040281\t\t\tP\tHPO:x',
]
const HPOA_2023 = [
  '#date: 2023-01-27',
  '#DatabaseID\tDiseaseName\tQualifier\tHPO_ID\tReference\tEvidence\tOnset\tFrequency\tSex\tModifier\tAspect\tBiocuration',
  ...ROWS,
  '',
].join('\n')
const HPOA_2026 = [
  '#version: 2026-01-31',
  'database_id\tdisease_name\tqualifier\thpo_id\treference\tevidence\tonset\tfrequency\tsex\tmodifier\taspect\tbiocuration',
  ...ROWS,
  '',
].join('\r\n')
const GENES =
  'ncbi_gene_id\tgene_symbol\tassociation_type\tdisease_id\tsource\nNCBIGene:16\tAARS1\tMENDELIAN\tOMIM:1\tx\n'
const BABELON =
  'source_language\tsubject_id\tpredicate_id\tsource_value\ttranslation_value\ttranslation_status\n' +
  'en\tHP:0001250\trdfs:label\tSeizure\tKrampfanfall\tCANDIDATE\n' +
  'en\tHP:0001250\tIAO:0000115\tx\tEin Satz\tOFFICIAL\n'

function imported(files: Readonly<Record<string, string | Buffer>>): Facts {
  const folder = mkdtempSync(join(root, 'release-'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  const into = mkdtempSync(join(root, 'facts-'))
  importHpo({ folder, into, version: undefined, retrieved: '2026-02-01' })
  return Facts.find([into])
}

test('hp.obo and hp.json of a release make the same pack', () => {
  const [obo, json] = [imported({ 'hp.obo': OBO }), imported({ 'hp.json.gz': gzipSync(JSON_GRAPH) })]
  assert.equal(obo.pack('hpo').ref.version, '2026-01-31')
  assert.equal(obo.pack('hpo').head.sha256, json.pack('hpo').head.sha256)
  const terms = ontology(obo)
  const seizure = terms.numberOf('HP:0001250')!
  assert.deepEqual(terms.stateOf('HP:0002279'), { kind: 'replaced', term: seizure })
  assert.deepEqual(terms.stateOf('HP:0001251'), { kind: 'replaced', term: seizure })
  assert.equal(terms.numberOf('UBERON:0000955'), undefined)
  assert.ok(
    vocabulary(obo, 'en')!.names.some((one) => one.text === 'Fits "so called"' && one.kind === 'layperson'),
  )
})

test('phenotype.hpoa is read in the spelling of 2023 and of later years', () => {
  for (const [text, version] of [
    [HPOA_2023, '2023-01-27'],
    [HPOA_2026, '2026-01-31'],
  ] as const) {
    const facts = imported({ 'phenotype.hpoa': text, 'genes_to_disease.txt': GENES })
    const { diseases, ref } = diseaseAnnotations(facts)
    assert.equal(ref.version, version)
    assert.deepEqual(
      diseases.map(({ id, name, genes }) => ({ id, name, genes })),
      [{ id: 'OMIM:1', name: 'Toy disease', genes: [{ symbol: 'AARS1', ncbiGene: '16' }] }],
    )
    assert.deepEqual(
      diseases[0]!.groups.flatMap((group) => rowsOf(group).map((row) => ({ from: group.reference, ...row }))),
      [
        { from: 'PMID:7', term: '0000118', not: true, frequency: '', onset: '', sex: '' },
        { from: 'PMID:7', term: '0001250', not: false, frequency: '3/7', onset: '0003577', sex: 'F' },
        { from: 'PMID:8', term: '0001250', not: false, frequency: '0040281', onset: '', sex: '' },
      ],
    )
  }
})

test('labels are taken, with their status; other translated texts are not', () => {
  const facts = imported({ 'hp.obo': OBO, 'hp-de.babelon.tsv': BABELON })
  assert.deepEqual(
    vocabulary(facts, 'de')!.names.map(({ text, unreviewed }) => ({ text, unreviewed })),
    [{ text: 'Krampfanfall', unreviewed: true }],
  )
  assert.equal(vocabulary(facts, 'fr'), undefined)
})

for (const [code, files] of [
  ['HPO_NOTHING_HERE', { 'readme.txt': '' }],
  ['HPO_GENES_MISSING', { 'phenotype.hpoa': HPOA_2023 }],
  [
    'HPOA_COLUMN_MISSING',
    { 'phenotype.hpoa': HPOA_2023.replace('HPO_ID', 'ID'), 'genes_to_disease.txt': GENES },
  ],
  [
    'HPOA_ROW_MALFORMED',
    { 'phenotype.hpoa': HPOA_2023.replace('HP:0001250', 'seizure'), 'genes_to_disease.txt': GENES },
  ],
  ['HPO_VERSION_MISSING', { 'hp.obo': OBO.replace('data-version', 'x') }],
  ['HPO_EMPTY', { 'hp.obo': 'data-version: 2026-01-01\n' }],
  ['HPO_JSON_MALFORMED', { 'hp.json': '{"graphs":[' }],
  ['HPO_JSON_MALFORMED', { 'hp.json': '{"graphs":[{"nodes":[{}],"edges":[]}]}' }],
  ['FILE_DAMAGED', { 'hp.obo.gz': gzipSync(OBO).subarray(0, 60) }],
] as const)
  test(`${code}: ${Object.keys(files).join(', ')}`, () => {
    assert.throws(
      () => imported(files as Readonly<Record<string, string | Buffer>>),
      (error) => error instanceof Fault && error.code === code,
    )
  })
