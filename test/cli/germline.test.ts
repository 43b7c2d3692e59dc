import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readConfig } from '../../src/app/config.ts'
import { type FamilyAnswer, familyAnswer } from '../../src/app/germline/family.ts'
import type { Classification } from '../../src/interpret/finding/germline.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import { garrod } from '../support/command-line.ts'
import { type Json, problemsOf } from '../support/genomics-reporting.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-germline-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

test('classify: a table is answered row by row, and a row that cannot be read beside the others', async () => {
  const table = file('table.tsv', [
    'variant\tcodes_met\texpert_panel',
    'a\tPVS1, PM2_Supporting\tPTEN VCEP',
    'b\tPVS7\tPTEN VCEP',
    'c\tBS1, BP4\tUnheard of VCEP',
    'd\t\t',
  ])
  const { exit, out } = await garrod('germline', 'classify', table, '--json')
  const rows = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Classification & { fault?: { code: string }; note?: string })
  assert.equal(exit, 1)
  assert.deepEqual(
    rows.map((row) => row.fault?.code ?? row.class),
    ['likely-pathogenic', 'ACMG_CRITERION_UNKNOWN', 'likely-benign', 'uncertain'],
  )
  assert.equal(rows[0]?.panel?.id, 'pten')
  assert.match(rows[2]?.note ?? '', /Unheard of VCEP/)
})

for (const [argv, code] of [
  [['classify'], 'USAGE_CRITERIA'],
  [['classify', '--criteria', 'PVS1', 'x.tsv'], 'USAGE_CRITERIA'],
  [['classify', '--criteria', 'PVS1', '--panel', 'nobody'], 'ACMG_PANEL_UNKNOWN'],
  [['classify', 'not-there.tsv'], 'FILE_NOT_FOUND'],
  [['assess', 'not-there.json'], 'FILE_NOT_FOUND'],
  [[], 'USAGE_FILE'],
  [['a.vcf', '--sex', 'maybe'], 'USAGE_CHOICE'],
] as const) {
  test(`germline ${argv.join(' ')}: ${code}`, async () => {
    const { exit, err } = await garrod('germline', ...argv)
    assert.equal(exit, 2)
    assert.match(err, new RegExp(`code +${code}`))
  })
}

test('assess combines as the panel of the gene does, unless another is named; of the mitochondrion there is one', async () => {
  const evidence = (name: string, gene: string, chromosome = 'chr21') =>
    file(name, [
      JSON.stringify({
        variant: { chromosome, position: 3243, ref: 'A', alt: 'G', gene, consequences: ['missense_variant'] },
        population: { absent: true, source: 'gnomAD v4.1' },
      }),
    ])
  const panel = async (path: string, ...options: string[]) => {
    const { out } = await garrod('germline', 'assess', path, '--json', ...options)
    return (JSON.parse(out) as Classification).panel?.id
  }
  const runx1 = evidence('runx1.json', 'RUNX1')
  assert.equal(await panel(runx1), 'myeloid')
  assert.equal(await panel(runx1, '--panel', 'pten'), 'pten')
  assert.equal(await panel(evidence('trna.json', 'MT-TL1', 'chrM')), 'mitochondrial')
  assert.equal(await panel(evidence('other.json', 'NOGENE1')), undefined)
})

const CSQ =
  '##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. Format: Allele|Consequence|SYMBOL|Feature|HGVSc|HGVSp|EXON|Protein_position|MANE_SELECT|gnomADe_AF|REVEL">'
const HEADER = [
  '##fileformat=VCFv4.2',
  '##contig=<ID=chr6,length=170805979>',
  CSQ,
  '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tkid\tdad\tmom',
]
const PED = ['F kid dad mom 2 2', 'F dad 0 0 1 1', 'F mom 0 0 2 1']
const CALLS = {
  new: '0/1:20,20:40:99\t0/0:40,0:40:99\t0/0:40,0:40:99',
  both: '1/1:0,40:40:99\t0/1:20,20:40:99\t0/1:20,20:40:99',
}

function record(place: string, bases: string, csq: string, calls: string): string {
  const [chromosome, position] = place.split(':')
  const [ref, alt] = bases.split('>')
  return `${chromosome}\t${position}\t.\t${ref}\t${alt}\t.\tPASS\tCSQ=${csq}\tGT:AD:DP:GQ\t${calls}`
}

const VCF = [
  ...HEADER,
  record(
    'chr6:26092913',
    'G>A',
    'A|missense_variant|HFE|NM_000410.4|NM_000410.4:c.845G>A|NP_000401.1:p.(Cys282Tyr)|4/6|282/348|NM_000410.4|0.05|0.8',
    CALLS.both,
  ),
  record(
    'chr10:87957915',
    'C>T',
    'T|stop_gained|PTEN|NM_000314.8|NM_000314.8:c.697C>T|NP_000305.3:p.(Arg233Ter)|7/9|233/403|NM_000314.8||',
    CALLS.new,
  ),
  record(
    'chr12:102852850',
    'C>T',
    'T|stop_gained|PAH|NM_000277.3|NM_000277.3:c.727C>T|NP_000268.1:p.(Arg243Ter)|7/13|243/452|NM_000277.3|0.00003|',
    CALLS.both,
  ),
  record(
    'chr1:1000000',
    'C>T',
    'T|synonymous_variant|ISG15|NM_005101.4|c.3C>T||1/2|1/165|NM_005101.4||',
    CALLS.new,
  ),
]

async function family(...options: string[]): Promise<FamilyAnswer> {
  const { exit, out, err } = await garrod(
    'germline',
    file('f.vcf', VCF),
    '--ped',
    file('f.ped', PED),
    '--json',
    ...options,
  )
  assert.notEqual(exit, 2, err)
  return JSON.parse(out) as FamilyAnswer
}

test('a failed site and few reads are told with the finding; a transfer RNA of the mitochondrion is a candidate', async () => {
  const stop = record(
    'chr2:166003346',
    'G>A',
    'A|stop_gained|SCN1A|NM_1.1|||1/9|9/99|||',
    '0/1:6,2:8:15\t0/0:40,0:40:99\t0/0:40,0:40:99',
  )
  const trna = 'G|non_coding_transcript_exon_variant|MT-TL1|ENST00000386347|||1/1||||'
  const { out } = await garrod(
    'germline',
    file('doubt.vcf', [
      ...HEADER,
      stop.replace('PASS', 'LowQ'),
      record('chrM:3243', 'A>G', trna, '0/1:700,300:1000:99\t0/0:900,0:900:99\t0/1:950,50:1000:99'),
    ]),
    ...['--ped', file('doubt.ped', PED), '--assembly', 'GRCh38', '--json'],
  )
  const [findings] = (JSON.parse(out) as FamilyAnswer).people.map((one) => one.findings)
  const scn1a = findings!.find(({ variant }) => variant.gene === 'SCN1A')!
  assert.ok(scn1a.why.some((one) => one.includes('failed (LowQ)')))
  assert.ok(scn1a.why.some((one) => one.includes('8 reads, 2 of them with it, quality 15')))
  assert.equal(scn1a.inheritance[0]!.certainty, 'possible')
  const mt = findings!.find(({ variant }) => variant.chromosome === 'chrM')!
  assert.deepEqual(mt.roles, ['candidate'])
  assert.deepEqual(mt.inheritance, [
    {
      mode: 'mitochondrial',
      because: '30 % of the reads; 5 % of the reads in mom, the mother',
      certainty: 'sure',
    },
  ])
})

test('a trio: candidates with their inheritance, class and what was not assessed', async () => {
  const { people, notes } = await family()
  const [pah, ...others] = people[0]!.findings
  assert.deepEqual(others, [])
  assert.equal(pah?.variant.gene, 'PAH')
  assert.deepEqual(
    pah?.inheritance.map(({ mode, certainty }) => [mode, certainty]),
    [['recessive-homozygous', 'sure']],
  )
  assert.equal(pah?.classification.class, 'likely-pathogenic')
  assert.equal(pah?.classification.panel?.id, 'phenylketonuria')
  assert.deepEqual(
    pah?.classification.criteria.filter(({ state }) => state === 'met').map(({ code }) => code),
    ['PVS1', 'PM2'],
  )
  assert.ok(pah!.classification.criteria.some(({ state }) => state === 'not-assessed'))
  assert.match(notes.join(' '), /84 genes of the ACMG list were left out/)
})

test('secondary findings with a yes only; the gene of the question is told anyway', async () => {
  const genes = (answer: FamilyAnswer) => answer.people[0]!.findings.map(({ variant }) => variant.gene).sort()
  assert.deepEqual(genes(await family()), ['PAH'])
  assert.deepEqual(genes(await family('--gene', 'PTEN')), ['PAH', 'PTEN'])
  const all = await family('--secondary-findings', '--absent-from', 'gnomAD')
  assert.deepEqual(genes(all), ['HFE', 'PAH', 'PTEN'])
  const of = (gene: string) => all.people[0]!.findings.find(({ variant }) => variant.gene === gene)!
  assert.deepEqual(
    of('HFE').diseases.map(({ name, certainty }) => [name, certainty]),
    [['hemochromatosis type 1', 'sure']],
  )
  assert.deepEqual(of('PTEN').roles, ['secondary', 'candidate', 'classified'])
  assert.deepEqual(
    of('PTEN').inheritance.map(({ mode, certainty }) => [mode, certainty]),
    [['de-novo', 'sure']],
  )
  const deNovo = of('PTEN').classification.criteria.find(({ code }) => code === 'PM6')
  assert.match(deNovo?.because ?? '', /how well the features fit/)
  assert.deepEqual(of('PAH').diseases, [])
})

const CFTR = (change: string, place: number) =>
  `${change}|frameshift_variant|CFTR|NM_000492.4|NM_000492.4:c.${place}del||11/27|508/1480|NM_000492.4|0.00003|`

async function findingsOf(name: string, records: readonly string[], ped?: readonly string[]) {
  const { out, err, exit } = await garrod(
    ...['germline', file(`${name}.vcf`, [...HEADER, ...records]), '--assembly', 'GRCh38', '--json'],
    ...(ped === undefined ? ['--sample', 'kid'] : ['--ped', file(`${name}.ped`, ped)]),
  )
  assert.notEqual(exit, 2, err)
  return (JSON.parse(out) as FamilyAnswer).people[0]!.findings
}

test('one changed copy of a gene whose diseases are all recessive is a carrier state, not dominant', async () => {
  const nowhere = '0/1:20,20:40:99\t./.:.:.:.\t./.:.:.:.'
  // Every disease annotated for ABCA3 is recessive; CFTR and SCN1A have dominant ones.
  const recessive = CFTR('C', 1000).replaceAll('CFTR', 'ABCA3')
  const [abca3, scn1a, cftr] = await findingsOf('carrier', [
    record('chr16:2326000', 'CA>C', recessive, nowhere),
    record('chr2:166003346', 'CA>C', CFTR('C', 100).replaceAll('CFTR', 'SCN1A'), nowhere),
    record('chr7:117559590', 'CA>C', CFTR('C', 1500), nowhere),
  ]).then((found) =>
    ['ABCA3', 'SCN1A', 'CFTR'].map((gene) => found.find(({ variant }) => variant.gene === gene)!),
  )
  assert.deepEqual(
    abca3!.inheritance.map(({ mode, certainty }) => [mode, certainty]),
    [['carrier-state', 'sure']],
  )
  assert.match(
    abca3!.inheritance[0]!.because,
    /ABCA3, whose annotated diseases are all autosomal recessive .* not a diagnosis by itself/,
  )
  assert.ok(abca3!.facts.some(({ id }) => id === 'hpo-annotations'))
  for (const one of [scn1a, cftr])
    assert.deepEqual(
      one!.inheritance.map(({ mode }) => mode),
      ['dominant'],
    )
  const mixed = (of: typeof cftr) => of!.why.find((one) => one.includes('recessive ones'))
  assert.match(
    mixed(cftr)!,
    /dominant diseases \(.*Pancreatitis.*one copy is a carrier state \(Cystic fibrosis/,
  )
  assert.equal(mixed(scn1a), undefined)
})

test('two heterozygous variants on one copy are no compound heterozygote, and it is said', async () => {
  const pair = (name: string, calls: readonly [string, string]) =>
    findingsOf(
      name,
      calls.map((call, i) => {
        const place = `chr7:${117559590 + i * 400}`
        return record(place, 'CA>C', CFTR('C', 1500 + i), `${call}:20,20:40:99\t./.:.:.:.\t./.:.:.:.`)
      }),
    )
  const cis = await pair('cis', ['0|1', '0|1'])
  for (const { inheritance, notCompound } of cis) {
    assert.ok(!inheritance.some(({ mode }) => mode === 'compound-heterozygous'))
    assert.deepEqual(
      notCompound!.map(({ phase, because }) => [phase, because]),
      [['in-cis', 'the file has both on one strand: the other copy has neither']],
    )
  }
  assert.equal(cis.length, 2)
  const [unknown] = await pair('unphased', ['0/1', '0/1'])
  const fit = unknown!.inheritance.find(({ mode }) => mode === 'compound-heterozygous')!
  assert.equal(fit.certainty, 'possible')
  assert.match(fit.because, /genotypes of the father and the mother .* or long reads .*, would tell/)
  assert.equal(unknown!.notCompound, undefined)
})

test('a change of an imprinted gene is read by the parent it is from', async () => {
  const ube3a = (place: number) => CFTR('C', place).replaceAll('CFTR', 'UBE3A')
  const [reference, carrier] = ['0/0:40,0:40:99', '0/1:20,20:40:99']
  const found = await findingsOf(
    'imprinted',
    [
      record('chr15:25340000', 'CA>C', ube3a(100), `${carrier}\t${reference}\t${carrier}`),
      record('chr15:25340900', 'CA>C', ube3a(900), `${carrier}\t${carrier}\t${reference}`),
    ],
    PED,
  )
  const of = (position: number) => found.find(({ variant }) => variant.position === position)!
  assert.deepEqual(
    [25340000, 25340900].map((one) =>
      of(one).inheritance.map(({ mode, certainty }) => `${mode} ${certainty}`),
    ),
    [['imprinted sure'], []],
  )
  assert.deepEqual([of(25340000).onSilentCopy, of(25340900).onSilentCopy], [undefined, true])
  assert.ok(of(25340900).why.some((one) => one.includes("the mother's copy alone is active")))
  assert.ok(of(25340000).facts.some(({ id }) => id === 'imprinted-genes'))
})

/** INFO beside the consequence, as annotators add it. */
const noted = (line: string, more: string) => line.replace('CSQ=', `${more};CSQ=`)
const REVIEWED = 'CLNREVSTAT=criteria_provided,_multiple_submitters,_no_conflicts'

test('one copy of a recessive or X-linked cause is a carrier finding, by what is annotated of the gene', async () => {
  const alone = '0/1:20,20:40:99\t./.:.:.:.\t./.:.:.:.'
  const info = (gene: string) => `A|missense_variant|${gene}|NM_1.1|||1/9|9/99||0.002|`
  const lines = [
    ...HEADER,
    noted(record('chr7:117559590', 'G>A', info('CFTR'), alone), `CLNSIG=Pathogenic;${REVIEWED}`),
    noted(record('chr11:5227002', 'G>A', info('HBB'), alone), `CLNSIG=Pathogenic;${REVIEWED}`),
    noted(record('chrX:31180370', 'G>A', info('DMD'), alone), `CLNSIG=Pathogenic;${REVIEWED}`),
    noted(record('chr2:166003346', 'G>A', info('SCN1A'), alone), `CLNSIG=Pathogenic;${REVIEWED}`),
    noted(record('chr15:72346580', 'G>A', info('HEXA'), alone), `CLNSIG=Pathogenic;${REVIEWED}`),
  ]
  const roles = async (...options: string[]) => {
    const argv = ['--sample', 'kid', '--sex', 'female', '--assembly', 'GRCh38', '--json', ...options]
    const { out } = await garrod('germline', file('carriers.vcf', lines), ...argv)
    return (JSON.parse(out) as FamilyAnswer).people[0]!.findings.map(
      ({ variant, roles: told }) => `${variant.gene} ${told.join('+')}`,
    )
  }
  assert.deepEqual((await roles('--carrier')).sort(), [
    'CFTR classified+carrier',
    'DMD classified+carrier',
    'HBB classified+carrier',
    'HEXA classified+carrier',
    'SCN1A classified',
  ])
  assert.ok((await roles()).every((one) => !one.includes('carrier')))
})

test('who does not want to know what concerns children is not told it, but for the gene of the question', async () => {
  const alone = '0/1:20,20:40:99\t./.:.:.:.\t./.:.:.:.'
  const path = file('refused.vcf', [
    ...HEADER,
    noted(
      record('chr16:2326000', 'CA>C', CFTR('C', 10).replaceAll('CFTR', 'ABCA3'), alone),
      `CLNSIG=Pathogenic;${REVIEWED}`,
    ),
    noted(
      record('chr7:117559590', 'G>A', 'A|missense_variant|CFTR|NM_1.1|||1/9|9/99||0.008|', alone),
      `CLNSIG=Pathogenic;${REVIEWED}`,
    ),
    record('chr2:166003346', 'CA>C', CFTR('C', 100).replaceAll('CFTR', 'SCN1A'), alone),
  ])
  const genes = async (carrierRefused: boolean, question: readonly string[]) => {
    const sought = { secondary: false, carrier: false, carrierRefused, absentFrom: undefined }
    const run = { file: path, ped: undefined, assembly: 'GRCh38', samples: ['kid'], sex: 'unknown' } as const
    const rest = { minDepth: undefined, minQuality: undefined, progress: () => undefined }
    const answer = await familyAnswer(
      { ...run, ...rest, sought: { ...sought, genes: new Set(question) } },
      Facts.find(readConfig().factFolders),
    )
    return answer.people[0]!.findings.map(({ variant }) => variant.gene).sort()
  }
  assert.deepEqual(await genes(false, []), ['ABCA3', 'CFTR', 'SCN1A'])
  assert.deepEqual(await genes(true, []), ['SCN1A'])
  assert.deepEqual(await genes(true, ['CFTR']), ['CFTR', 'SCN1A'])
})

test('common variants that cause disease are neither benign by frequency nor left out, whatever they are called', async () => {
  const lines = [
    ...HEADER.map((line) =>
      line.replace(
        /##INFO=<ID=CSQ.*/,
        '##INFO=<ID=BCSQ,Number=.,Type=String,Description="Local consequence annotation from BCFtools/csq. Format: Consequence|gene|transcript|biotype|strand|amino_acid_change|dna_change">',
      ),
    ),
    'chr6\t26090951\t.\tC\tG\t.\tPASS\tBCSQ=missense|HFE|ENST1|protein_coding|+|63H>63D|26090951C>G;AF_grpmax=0.14\tGT\t0/1\t0/0\t0/1',
    'chr6\t26093141\t.\tG\tA\t.\tPASS\tBCSQ=missense|HFE|ENST1|protein_coding|+|282C>282Y|26093141G>A;AF_grpmax=0.06\tGT\t0/0\t0/0\t0/0',
    'chr6\t26092913\t.\tG\tA\t.\tPASS\tBCSQ=missense|HFE|ENST1|protein_coding|+|282C>282Y|26092913G>A;AF_grpmax=0.06\tGT\t0/1\t0/1\t0/0',
    noted(
      'chrX\t154535277\t.\tC\tT\t.\tPASS\tCSQ=;BCSQ=missense|G6PD|ENST2|protein_coding|-|68V>68M|154535277C>T;AF_grpmax=0.12\tGT\t0/1\t0\t0/1',
      `CLNSIG=Pathogenic;${REVIEWED}`,
    ),
  ]
  const argv = ['--ped', file('common.ped', PED), '--gene', 'HFE', '--assembly', 'GRCh38', '--json']
  const { out } = await garrod('germline', file('common.vcf', lines), ...argv)
  const { findings } = (JSON.parse(out) as FamilyAnswer).people[0]!
  assert.deepEqual(
    findings.map(({ variant, roles, classification, inheritance }) => [
      `${variant.gene} ${variant.position}`,
      roles.join(),
      classification.class,
      inheritance.find(({ mode }) => mode === 'compound-heterozygous')?.certainty,
    ]),
    [
      ['G6PD 154535277', 'classified', 'uncertain', undefined],
      ['HFE 26090951', 'candidate', 'uncertain', 'sure'],
      ['HFE 26092913', 'candidate', 'uncertain', 'sure'],
    ],
  )
  const ba1 = findings[0]!.classification.criteria.find(({ code }) => code === 'BA1')
  assert.deepEqual(
    [ba1?.state, ba1?.missing],
    ['not-assessed', ['why it is called pathogenic although it is common']],
  )
})

test('ClinVar on a record with several ALT: benign leaves none out, pathogenic is told with a doubt', async () => {
  const csq = ['A', 'T'].map((alt) => `${alt}|stop_gained|PAH|NM_1.1|||1/9|9/99||0.00003|`).join()
  const of = async (words: string) =>
    findingsOf('several', [
      noted(
        record('chr12:102852850', 'C>A,T', csq, '0/2:20,0,20:40:99\t./.:.:.:.\t./.:.:.:.'),
        `CLNSIG=${words};${REVIEWED}`,
      ),
    ])
  const [benign] = await of('Benign')
  assert.deepEqual(benign?.roles, ['candidate', 'classified'])
  const [pathogenic] = await of('Pathogenic')
  assert.ok(pathogenic!.why.some((one) => one.includes('several ALT, and not for which')))
})

test('PVS1 asks which transcript matters where none is marked and the change is no loss in all of them', async () => {
  const of = async (name: string, marked: string, second: string) => {
    const entry = (terms: string, transcript: string, mane: string) =>
      `A|${terms}|PTEN|${transcript}|||7/9|233/403|${mane}||`
    const csq = [entry('stop_gained', 'ENST1', marked), entry(second, 'ENST2', '')].join()
    const line = record('chr10:87957915', 'C>A', csq, '0/1:20,20:40:99\t./.:.:.:.\t./.:.:.:.')
    const path = file(`${name}.vcf`, [...HEADER, line])
    const argv = ['--sample', 'kid', '--gene', 'PTEN', '--assembly', 'GRCh38', '--json']
    const { out } = await garrod('germline', path, ...argv)
    const [found] = (JSON.parse(out) as FamilyAnswer).people[0]!.findings
    const pvs1 = found!.classification.criteria.find(({ code }) => code === 'PVS1')!
    return pvs1.state === 'met' ? pvs1.strength : pvs1.because
  }
  assert.match(String(await of('t1', '', 'intron_variant')), /which transcript matters .* 1 of 2/)
  assert.equal(await of('t2', 'NM_1.1', 'intron_variant'), 'very-strong')
  assert.equal(await of('t3', '', 'stop_gained'), 'very-strong')
  assert.equal(await of('t4', '', 'downstream_gene_variant'), 'very-strong')
})

test('fewer reads than of one copy in every cell: a part of the cells; a share of the mitochondria differs between tissues', async () => {
  const [tp53] = await findingsOf('mosaic', [
    record(
      'chr17:7673803',
      'G>A',
      'A|missense_variant|SCN1A|NM_1.1|||8/11|273/393|||',
      '0/1:60,18:78:99\t./.:.:.:.\t./.:.:.:.',
    ),
  ])
  assert.ok(tp53!.why.some((one) => one.includes('Only 23 % of 78 reads have it')))
  const [balanced] = await findingsOf('balanced', [
    record(
      'chr17:7673803',
      'G>A',
      'A|missense_variant|SCN1A|NM_1.1|||8/11|273/393|||',
      '0/1:30,18:48:99\t./.:.:.:.\t./.:.:.:.',
    ),
  ])
  assert.ok(balanced!.why.every((one) => !one.includes('reads have it')))
  const [mt] = await findingsOf('share', [
    record(
      'chrM:3243',
      'A>G',
      'G|non_coding_transcript_exon_variant|MT-TL1|ENST00000386347|||1/1||||',
      '0/1:700,300:1000:99\t./.:.:.:.\t./.:.:.:.',
    ),
  ])
  assert.ok(mt!.why.some((one) => one.includes('another tissue may show more')))
  assert.equal(mt!.classification.panel?.id, 'mitochondrial')
})

test('the terminal shows what each criterion rests on, what is open and what would change the class', async () => {
  const { out } = await garrod('germline', file('f.vcf', VCF), '--ped', file('f.ped', PED))
  assert.match(
    out,
    /\n {6}PVS1: Null variant by the PVS1 decision tree\..*\(stop_gained: NM_000277\.3; .*\)\n/,
  )
  assert.match(out, /\n {6}PM2_Supporting: .*VCF field gnomade_af/)
  assert.match(out, /\n {6}not assessed: .*BS1.*; --json says what each lacks\n/)
  assert.match(out, /\n {6}would change it: one more pathogenic/)
})

test('the same input gives the same bytes', async () => {
  const run = async () =>
    (await garrod('germline', file('f.vcf', VCF), '--ped', file('f.ped', PED), '--json')).out
  assert.equal(await run(), await run())
})

test('--fhir: a bundle for each person, held to R4 and the profiles that it claims', async () => {
  const argv = ['--secondary-findings', '--fhir', '--issued', '2026-11-22T09:30:00Z']
  const { out, exit } = await garrod('germline', file('f.vcf', VCF), '--ped', file('f.ped', PED), ...argv)
  assert.equal(exit, 1)
  const bundle = JSON.parse(out) as { entry: { fullUrl: string; resource: Json }[] }
  assert.deepEqual(problemsOf(bundle.entry), [])
  const kinds = bundle.entry.map(({ resource }) => resource['resourceType'])
  assert.equal(kinds.filter((one) => one === 'DiagnosticReport').length, 1)
  assert.ok(kinds.filter((one) => one === 'Observation').length >= 6)
})
