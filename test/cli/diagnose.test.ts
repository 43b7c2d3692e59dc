import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { garrod } from '../support/command-line.ts'
import { type Json, problemsOf } from '../support/genomics-reporting.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-diagnose-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** A phenopacket of somebody with features of Marfan syndrome, as the file its diagnosis would be asked for. */
function packet(id: string, observed: readonly string[], excluded: readonly string[] = []): string {
  const feature = (given: string, not: boolean) => ({ type: { id: given, label: given }, excluded: not })
  return JSON.stringify({
    id,
    subject: { id, sex: 'FEMALE' },
    phenotypicFeatures: [
      ...observed.map((one) => feature(one, false)),
      ...excluded.map((one) => feature(one, true)),
    ],
    metaData: {
      created: '2026-01-01T00:00:00Z',
      createdBy: 'test',
      phenopacketSchemaVersion: '2.0',
      resources: [],
    },
  })
}
function file(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const MARFAN = [
  'HP:0001083',
  'HP:0002616',
  'HP:0001519',
  'HP:0001166',
  'HP:0000767',
  'HP:0001634',
  'HP:0012773',
]
const lines = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

test('several phenopackets give one line each, in order; one that cannot be read keeps nobody waiting', async () => {
  const ran = await garrod(
    'diagnose',
    file('a.json', packet('a', MARFAN)),
    file('b.json', '{'),
    file('c.jsonl.gz', gzipSync(`${packet('c', MARFAN, ['HP:0001249'])}\n\n${packet('d', [])}\n`)),
    '--json',
  )
  assert.equal(ran.exit, 2)
  const [a, b, c, d] = lines(ran.out)
  assert.deepEqual([a.id, c.id, d.id], ['a', 'c', 'd'])
  assert.equal(a.diseases[0].id, 'OMIM:154700')
  assert.equal(b.fault.code, 'PHENOPACKET_NOT_JSON')
  assert.match(d.file, /c\.jsonl\.gz:3$/)
  assert.equal(d.verdict, 'nothing-to-rank')
})

test('words are read as terms, and a doubtful reading is told', async () => {
  const ran = await garrod(
    'diagnose',
    '--hpo',
    'Ectopia lentis',
    '--hpo',
    'aneurysm of the aortic root',
    '--json',
  )
  assert.equal(ran.exit, 1)
  const [answer] = lines(ran.out)
  assert.deepEqual(
    answer.observed.map((one: { id: string }) => one.id),
    ['HP:0001083', 'HP:0002616'],
  )
  assert.deepEqual(
    answer.notes.map((one: { code: string }) => one.code),
    ['TERM_WORD_ORDER'],
  )
})

test('what is printed names frequency, source, what was not asked and what would change it', async () => {
  const { exit, out } = await garrod('diagnose', file('m.json', packet('m', MARFAN)))
  assert.equal(exit, 0)
  assert.match(out, /OMIM:154700 {2}Marfan syndrome {2}FBN1/)
  assert.match(out, /\+ Ectopia lentis: annotated, \d+ of \d+ described {2}\S+/)
  assert.match(out, /\? .* \((\d+ of \d+ described|[\d–]+ %|frequency not stated)\): not asked/)
  assert.match(out, /^ask {2}.*if present .*; if absent .*; annotated for /m)
  assert.match(out, /hpo@\S+ hpo-annotations@\S+ phenotype-ranking@/)
})

test('candidate variants: a gene whose variant cannot explain the disease falls behind', async () => {
  const table = file(
    'v.tsv',
    'gene\tvariant\tzygosity\tclass\nFBN1\tv1\theterozygous\tbenign\nTGFBR2\tv2\theterozygous\tpathogenic\n',
  )
  const ran = await garrod('diagnose', file('n.json', packet('n', MARFAN)), '--candidates', table, '--json')
  const [answer] = lines(ran.out)
  assert.deepEqual(
    answer.genes.map((one: { symbol: string }) => one.symbol),
    ['TGFBR2', 'FBN1'],
  )
})

/** A phenopacket with other fields than `packet` gives it. */
const changed = (fields: Record<string, unknown>) =>
  JSON.stringify({ ...JSON.parse(packet('p', MARFAN)), ...fields })
const named = (id: string, label: string) => ({ type: { id, label } })
const ask = async (name: string, content: string) => {
  const ran = await garrod('diagnose', file(name, content), '--json')
  return { ...ran, answers: lines(ran.out) }
}

test('a label that is another term is told; an id that HPO does not have is read by its label', async () => {
  const phenotypicFeatures = [
    named('HP:0001166', 'Ectopia lentis'),
    named('HP:9999999', 'Pectus excavatum'),
    named('http://purl.obolibrary.org/obo/HP_0001519', ''),
    { type: { id: 'hp:0001382' } },
    named('HP:0001256', 'Mild intellectual disability'),
  ]
  const { exit, answers } = await ask('labels.json', changed({ phenotypicFeatures }))
  assert.equal(exit, 1)
  const ids = answers[0].observed.map((one: { id: string }) => one.id)
  assert.deepEqual(ids, ['HP:0000767', 'HP:0001166', 'HP:0001256', 'HP:0001382', 'HP:0001519'])
  const codes = answers[0].notes.map((one: { code: string }) => one.code)
  assert.deepEqual(codes, ['TERM_LABEL_OF_ANOTHER', 'TERM_BY_LABEL'])
})

test('version 1 says negated; only the features need to be right', async () => {
  const feature = { ...named('HP:0001083', 'Ectopia lentis'), negated: true }
  const { exit, answers } = await ask(
    'v1.json',
    changed({
      phenotypicFeatures: [named('HP:0001166', 'Arachnodactyly'), feature],
      metaData: { phenopacketSchemaVersion: '1.0.0' },
      variants: [{ any: 1 }],
      diseases: 'not read',
    }),
  )
  assert.equal(exit, 0)
  assert.deepEqual(
    answers[0].excluded.map((one: { id: string }) => one.id),
    ['HP:0001083'],
  )
})

for (const [what, fields] of [
  ['a misspelt list of features', { phenotypicFeature: [] }],
  ['a misspelt "excluded"', { phenotypicFeatures: [{ ...named('HP:0001166', 'x'), exclude: true }] }],
  ['an unknown version', { metaData: { phenopacketSchemaVersion: '3.0' } }],
  ['an animal', { subject: { id: 'x', taxonomy: { id: 'NCBITaxon:9615', label: 'dog' } } }],
] as const)
  test(`${what} is refused`, async () => {
    const { exit, answers } = await ask('odd.json', changed(fields))
    assert.deepEqual([exit, answers.length], [2, 1])
    assert.match(answers[0].fault.code, /^PHENOPACKET_(INVALID|VERSION|NOT_HUMAN)$/)
  })

test('a family is its proband, a cohort or a list each of its members; what may hold features and is not read is told', async () => {
  const proband = JSON.parse(changed({ measurements: [{}], biosamples: [{ phenotypicFeatures: [{}] }] }))
  const family = await ask('family.json', JSON.stringify({ id: 'f', proband, relatives: [{}, {}] }))
  assert.equal(family.exit, 1)
  const codes = family.answers[0].notes.map((one: { code: string }) => one.code)
  assert.deepEqual(codes, ['MEASUREMENTS', 'FEATURES_OF_SAMPLES', 'FAMILY'])
  const members = [JSON.parse(packet('a', MARFAN)), { id: 'b', subject: 7 }, JSON.parse(packet('c', MARFAN))]
  for (const document of [members, { id: 'cohort', members }]) {
    const { exit, answers } = await ask('cohort.json', JSON.stringify(document))
    assert.equal(exit, 2)
    assert.deepEqual([answers[0].id, answers[1].fault.code, answers[2].id], ['a', 'PHENOPACKET_INVALID', 'c'])
  }
})

test('one genome is not held against the features of several people', async () => {
  const table = file('one.tsv', 'gene\tvariant\nFBN1\tv\n')
  const two = file('two.jsonl', `${packet('a', MARFAN)}\n${packet('b', MARFAN)}\n`)
  const ran = await garrod('diagnose', two, '--candidates', table)
  assert.deepEqual([ran.exit, ran.out], [2, ''])
  assert.match(ran.err, /USAGE_DIAGNOSE/)
})

for (const [code, argv] of [
  ['USAGE_DIAGNOSE', []],
  ['USAGE_DIAGNOSE', ['x.json', '--hpo', 'Seizure']],
  ['FILE_NOT_FOUND', ['absent.json']],
  ['HPO_TERM_UNKNOWN', ['--hpo', 'eye']],
  ['USAGE_SEX', ['--hpo', 'Seizure', '--sex', 'f']],
  ['USAGE_LANGUAGE', ['--hpo', 'Seizure', '--language', 'xx']],
  ['FILE_NOT_FOUND', ['--hpo', 'Seizure', '--candidates', 'absent.tsv']],
] as const)
  test(`${code}: diagnose ${argv.join(' ')}`, async () => {
    const ran = await garrod('diagnose', ...argv)
    assert.equal(ran.exit, 2)
    assert.ok(ran.err.includes(code), ran.err)
  })

test('a cell of the candidates that means nothing is refused with its row', async () => {
  const table = file('w.tsv', 'gene\tzygosity\nFBN1\thet\n')
  const ran = await garrod('diagnose', '--hpo', 'Seizure', '--candidates', table)
  assert.equal(ran.exit, 2)
  assert.match(ran.err, /row 1[\s\S]*CANDIDATE_ROW_MALFORMED/)
})

test('a file that is cut off is told after the people before the cut', async () => {
  const whole = gzipSync(Array.from({ length: 400 }, (_, i) => packet(`p${i}-${Math.sin(i)}`, [])).join('\n'))
  const ran = await garrod('diagnose', file('cut.jsonl.gz', whole.subarray(0, whole.length - 200)), '--json')
  assert.equal(ran.exit, 2)
  assert.match(ran.err, /FILE_DAMAGED/)
})

test('a list of ids is a list', async () => {
  const one = await garrod('diagnose', '--hpo', MARFAN.join(','), '--json')
  const each = await garrod('diagnose', ...MARFAN.flatMap((id) => ['--hpo', id]), '--json')
  assert.deepEqual(lines(one.out)[0].diseases, lines(each.out)[0].diseases)
})

test('--vcf: the gene whose variant and disease fit comes first, although the list of secondary findings names it', async () => {
  const csq = (gene: string, consequence: string) => `CSQ=A|${consequence}|${gene}|NM_1.1|NM_1.1:c.1G>A`
  const row = (place: string, info: string) => `${place}\t.\tG\tA\t.\tPASS\t${info}\tGT:DP:GQ\t0/1:40:99`
  const vcf = file(
    'person.vcf',
    [
      '##fileformat=VCFv4.2',
      '##contig=<ID=chr15,length=101991189,assembly=GRCh38>',
      '##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. Format: Allele|Consequence|SYMBOL|Feature|HGVSc">',
      '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tperson',
      row('chr15\t48500000', csq('FBN1', 'stop_gained')),
      row('chr16\t2100000', csq('PKD1', 'stop_gained')),
      '',
    ].join('\n'),
  )
  const ran = await garrod(
    'diagnose',
    file('m.json', packet('m', MARFAN)),
    '--vcf',
    vcf,
    '--assembly',
    'GRCh38',
    '--json',
  )
  assert.notEqual(ran.exit, 2, ran.err)
  const [{ genes, notes }] = lines(ran.out)
  assert.deepEqual(
    genes.map((one: { symbol: string }) => one.symbol),
    ['FBN1', 'PKD1'],
  )
  assert.ok(notes.some((one: { code: string }) => one.code === 'GENOME'))
  const two = await garrod(
    'diagnose',
    file('a.json', packet('a', MARFAN)),
    file('b.json', packet('b', MARFAN)),
    '--vcf',
    vcf,
  )
  assert.equal(two.exit, 2)
})

test('--fhir: a RiskAssessment that holds to R4, the same bytes for the same input', async () => {
  const run = async () =>
    (
      await garrod(
        'diagnose',
        file('m.json', packet('m', MARFAN)),
        '--fhir',
        '--issued',
        '2026-11-22T09:30:00Z',
      )
    ).out
  const out = await run()
  const [resource] = lines(out) as Json[]
  assert.deepEqual(problemsOf([{ fullUrl: `urn:uuid:${resource!['id']}`, resource: resource! }]), [])
  assert.equal((resource!['prediction'] as Json[]).length, 10)
  assert.equal(await run(), out)
})

test('--fhir tells how terms were read, what was not used, what is undecided and the candidate genes', async () => {
  const phenotypicFeatures = [named('HP:0001083', 'Arachnodactyly'), named('HP:9999999', 'nothing')]
  const path = file('fhir.json', changed({ phenotypicFeatures }))
  const table = file('fhir.tsv', 'gene\tvariant\tzygosity\nFBN1\tv1\theterozygous\n')
  const { out } = await garrod('diagnose', path, '--candidates', table, '--fhir')
  const [{ note }] = lines(out) as { note: { text: string }[] }[] as [{ note: { text: string }[] }]
  const text = note.map((one) => one.text).join('\n')
  for (const said of [
    /calls it "Arachnodactyly"/,
    /HP:9999999: HPO has no such id/,
    /Not told apart/,
    /Candidate gene 1: FBN1/,
  ])
    assert.match(text, said)
})
