import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Oncogenicity } from '../../src/interpret/finding/tumor.ts'
import { garrod, garrodWith } from '../support/command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-tumor-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

function rows<T>(out: string): T[] {
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)
}

test('codes of one variant: the excluded one is told, not counted', async () => {
  const { exit, out } = await garrod('tumor', 'oncogenicity', '--criteria', 'OVS1,OM2', '--json')
  const [found] = rows<Oncogenicity>(out)
  assert.equal(exit, 0)
  assert.deepEqual([found!.class, found!.points, found!.pointsBeforeExclusions], ['likely-oncogenic', 8, 10])
  assert.match(found!.why.join(' '), /OM2: Not counted beside OVS1/)
})

test('a table of codes: a row that cannot be read has a fault beside the others', async () => {
  const table = file('codes.tsv', ['variant\tcodes', 'a\tOS2, OS3; OP1 OP4', 'b\tPVS1', 'c\t'])
  const { exit, out } = await garrod('tumor', 'oncogenicity', table, '--json')
  assert.equal(exit, 1)
  assert.deepEqual(
    rows<Oncogenicity & { fault?: { code: string } }>(out).map((row) => row.fault?.code ?? row.class),
    ['oncogenic', 'ONCOGENICITY_CODE_UNKNOWN', 'uncertain'],
  )
})

test('a table of variants with the user’s hotspots; a frequency in percent is refused', async () => {
  const table = file('variants.tsv', [
    'Hugo_Symbol\tProtein_Change\tVariant_Classification\tgnomAD_AF',
    'KRAS\tp.G12V\tMissense_Mutation\t',
    'KRAS\tp.G12V\tMissense_Mutation\t.',
    'NF1\tp.R304*\tNonsense_Mutation\t12',
  ])
  const hotspots = file('hotspots.tsv', [
    'gene\tresidue\talt_aa\tsamples',
    'KRAS\tG12\tV\t10',
    'KRAS\tG12\tD\t40',
  ])
  const { exit, out } = await garrod('tumor', 'oncogenicity', table, '--hotspots', hotspots, '--json')
  assert.equal(exit, 1)
  const found = rows<Oncogenicity & { fault?: { code: string } }>(out)
  assert.deepEqual(
    found.map((row) => row.fault?.code ?? row.class),
    ['oncogenic', 'likely-oncogenic', 'FREQUENCY_INVALID'],
  )
  assert.ok(found[1]!.wouldChange.some((one) => one.startsWith('with OP4, which was not assessed')))
})

test('hotspot tables: truncations apart, and in-frame changes by the region that they overlap', async () => {
  const residues = file('residues.tsv', [
    'gene\tresidue\talt_aa\tsamples',
    'RB1\tR320\t*\t14',
    'TP53\tR213\t*\t60',
    'TP53\tR213\tQ\t20',
  ])
  const regions = file('regions.tsv', ['gene\tregion\tchange\tsamples', 'EGFR\t745-759\tE746_A750del\t123'])
  const variants = file('hotspot-variants.tsv', [
    'gene\thgvsp\tconsequence',
    'RB1\tp.R320*\tstop_gained',
    'TP53\tp.R213Q\tmissense_variant',
    'TP53\tp.R213P\tmissense_variant',
    'EGFR\tp.E746_A750del\tinframe_deletion',
    'EGFR\tp.E758_K760del\tinframe_deletion',
    'EGFR\tp.D770_P772del\tinframe_deletion',
  ])
  const { out } = await garrod(
    'tumor',
    'oncogenicity',
    variants,
    '--hotspots',
    residues,
    '--hotspots',
    regions,
    '--json',
  )
  assert.deepEqual(
    rows<Oncogenicity>(out).map(({ criteria }) =>
      criteria
        .filter(({ code, state }) => /^(OS|OM|OP)3$/.test(code) && state !== 'not-met')
        .map(({ code }) => code)
        .join(),
    ),
    ['OM3', 'OM3', '', 'OS3', 'OP3', ''],
  )
})

test('a table of hotspots counts where it is named; the setting that named them once is refused with what to do', async () => {
  const residues = file('site-residues.tsv', ['gene\tresidue\talt_aa\tsamples', 'BRAF\tV600\tE\t833'])
  const variants = file('site-variants.tsv', ['gene\thgvsp', 'BRAF\tp.V600E'])
  const codes = async (...more: string[]) => {
    const { out } = await garrod('tumor', 'oncogenicity', variants, ...more, '--json')
    return rows<Oncogenicity>(out)[0]!
      .criteria.filter(({ state }) => state === 'met')
      .map(({ code }) => code)
  }
  assert.ok((await codes('--hotspots', residues)).includes('OS3'))
  assert.ok(!(await codes()).includes('OS3'))
  const gone = await garrodWith({ GARROD_HOTSPOTS: residues }, 'tumor', 'oncogenicity', variants)
  assert.equal(gone.exit, 2)
  assert.match(gone.err, /SETTING_GONE[\s\S]*|facts import tumor-tables/)
})

test('a category over a MAF: not tested is not wild type', async () => {
  const maf = file('tumour.maf', [
    'Hugo_Symbol\tVariant_Classification\tProtein_Change\tTumor_Sample_Barcode\tcopy_number\tfusion',
    'BRAF\tMissense_Mutation\tp.V600K\tone\t\t',
    'BRAF\tMissense_Mutation\tp.V600E\ttwo\t\t',
    'ERBB2\t\t\ttwo\tamplification\t',
    '\t\t\ttwo\t\tEML4::ALK',
  ])
  const ask = async (category: string, ...more: string[]) => {
    const { out } = await garrod('tumor', 'match', maf, '--category', category, ...more, '--json')
    return rows<{ state: string }>(out).map(({ state }) => state)
  }
  assert.deepEqual(await ask('BRAF V600 not E'), ['met', 'unknown'])
  assert.deepEqual(await ask('BRAF V600 not E', '--genes', 'BRAF'), ['met', 'not-met'])
  assert.deepEqual(await ask('KRAS wild type', '--genes', 'BRAF'), ['unknown', 'unknown'])
  assert.deepEqual(await ask('KRAS wild type', '--genes', 'all'), ['met', 'met'])
  assert.deepEqual(await ask('ERBB2 amplification OR ALK fusion'), ['unknown', 'met'])
})

for (const [argv, code] of [
  [['tumor'], 'USAGE_TUMOR'],
  [['tumor', 'oncogenicity'], 'USAGE_CODES'],
  [['tumor', 'oncogenicity', '--criteria', 'OVS1', 'x.tsv'], 'USAGE_CODES'],
  [['tumor', 'oncogenicity', join(folder, 'absent.tsv')], 'FILE_NOT_FOUND'],
  [['tumor', 'match', 'x.tsv'], 'USAGE_MATCH'],
  [['tumor', 'match', 'x.tsv', '--category', 'BRAF'], 'CATEGORY_UNKNOWN'],
] as const)
  test(`${argv.join(' ').replace(folder, '')} is refused with ${code}`, async () => {
    const { exit, err } = await garrod(...argv)
    assert.equal(exit, 2)
    assert.match(err, new RegExp(code))
  })

interface Listed {
  readonly approvals: readonly {
    readonly id: string
    readonly drug: string
    readonly alternatives: readonly (readonly { readonly text: string; readonly present: boolean }[])[]
    readonly tests: readonly { readonly name: string }[]
  }[]
}

test('approvals by brand: alternatives of the biomarker, and the tests by name', async () => {
  const { exit, out } = await garrod('tumor', 'approvals', '--drug', 'Verzenio', '--agency', 'fda', '--json')
  assert.equal(exit, 0)
  const [found] = rows<Listed>(out)
  assert.ok(found!.approvals.length >= 4)
  assert.deepEqual(
    found!.approvals[0]!.alternatives.map((way) => way.map(({ text }) => text)),
    [
      ['ER positive', 'HER2 negative'],
      ['PR positive', 'HER2 negative'],
    ],
  )
})

test('approvals by disease: a narrower type finds what is approved for the broader one, and for any solid tumour', async () => {
  const { out } = await garrod('tumor', 'approvals', '--disease', 'LUAD', '--biomarker', 'fusion', '--json')
  const drugs = rows<Listed>(out)[0]!.approvals.map(({ drug }) => drug)
  for (const drug of ['alectinib', 'larotrectinib', 'zenocutuzumab']) assert.ok(drugs.includes(drug), drug)
  assert.ok(!drugs.includes('pemigatinib'))
})

for (const [options, code] of [
  [['--drug', 'Tagriso'], 'DRUG_WITHOUT_APPROVAL'],
  [['--agency', 'PMDA'], 'AGENCY_UNKNOWN'],
  [['--disease', 'lungs'], 'DIAGNOSIS_UNKNOWN'],
] as const)
  test(`approvals ${options.join(' ')}: ${code}`, async () => {
    const { exit, err } = await garrod('tumor', 'approvals', ...options)
    assert.equal(exit, 2)
    assert.match(err, new RegExp(code))
  })

interface Treated {
  readonly tumors: readonly {
    readonly therapies: {
      readonly options: readonly {
        readonly id: string
        readonly blocked: boolean
        readonly for: readonly string[]
        readonly against: readonly string[]
        readonly missing: readonly string[]
      }[]
      readonly withoutFact: readonly { readonly fact: string; readonly changes: readonly string[] }[]
    }
  }[]
}

test('a tumour: options with reasons; without the change that they rest on they are gone', async () => {
  const table = file('g12c.maf', [
    'Hugo_Symbol\tHGVSp_Short\tVariant_Classification\tTumor_Sample_Barcode',
    'KRAS\tp.G12C\tMissense_Mutation\tT1',
  ])
  const line = ['--stage', 'advanced', '--lines-given', '2']
  const { out } = await garrod('tumor', table, '--diagnosis', 'COAD', '--genes', 'all', ...line, '--json')
  const { options, withoutFact } = rows<Treated>(out)[0]!.tumors[0]!.therapies
  const both = options.find(({ id }) => id === 'fda.sotorasib.2')!
  assert.ok(both.against.some((why) => why.startsWith('biomarker met, approved test not documented')))
  const without = withoutFact.find(({ fact }) => fact === 'KRAS G12C')!
  assert.ok(without.changes.some((change) => change.startsWith('sotorasib') && change.includes('now gone')))
})

test('a fluoropyrimidine that DPYD refuses blocks what is given with it alone, and is told', async () => {
  const table = file('brca.maf', [
    'Hugo_Symbol\tHGVSp_Short\tVariant_Classification\tTumor_Sample_Barcode',
    'BRAF\tp.V600E\tMissense_Mutation\tT1',
  ])
  const dpyd = file('dpyd.tsv', ['DPYD\tc.1905+1G>A (*2A)/c.1905+1G>A (*2A)'])
  const asked = ['tumor', table, '--diagnosis', 'COAD', '--genes', 'all', '--json']
  const of = async (...more: readonly string[]) => {
    const { out } = await garrod(...asked, ...more)
    return rows<Treated>(out)[0]!.tumors[0]!.therapies
  }
  const { options, withoutFact } = await of('--outside', dpyd)
  const chemotherapy = options.find(({ id }) => id === 'fda.encorafenib.3')!
  assert.equal(chemotherapy.blocked, true)
  assert.ok(chemotherapy.against.some((why) => why.startsWith('Avoid fluorouracil')))
  assert.ok(!chemotherapy.for.some((why) => why.startsWith('DPYD is known')))
  assert.equal((await of()).options.find(({ id }) => id === 'fda.encorafenib.3')!.blocked, false)
  const without = withoutFact.find(({ fact }) => fact === 'results of the germline')!
  assert.ok(without.changes.some((change) => change.includes('no longer against: Avoid fluorouracil')))
})

test('a genotype file of the germline brings what its genes say of the drugs; of several samples one must be named', async () => {
  const table = file('brca2.maf', [
    'Hugo_Symbol\tHGVSp_Short\tVariant_Classification\tTumor_Sample_Barcode',
    'BRAF\tp.V600E\tMissense_Mutation\tT1',
  ])
  const asked = ['tumor', table, '--diagnosis', 'COAD', '--genes', 'all', '--json', '--germline']
  const blood = join(import.meta.dirname, '..', '..', 'examples', 'fluoropyrimidine.vcf.gz')
  const { out } = await garrod(...asked, blood)
  const chemotherapy = rows<Treated>(out)[0]!.tumors[0]!.therapies.options.find(
    ({ id }) => id === 'fda.encorafenib.3',
  )!
  assert.ok(chemotherapy.against.some((why) => why.startsWith('Fluorouracil: ')))
  const two = file('two.vcf', [
    '##fileformat=VCFv4.2',
    '##contig=<ID=chr1,length=248956422>',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tblood\ttumour',
    'chr1\t97450058\trs3918290\tC\tT\t.\tPASS\t.\tGT\t0/1\t1/1',
  ])
  const refused = await garrod(...asked, two)
  assert.equal(refused.exit, 2)
  assert.match(refused.err, /GERMLINE_SAMPLES/)
  const named = await garrod(...asked, two, '--germline-sample', 'blood')
  assert.match(named.out, /fluorouracil: /)
})

test('kidneys by a number: another dose is told, below a limit that the label forbids the drug is blocked', async () => {
  const table = file('her2.tsv', ['marker\tvalue', 'HER2\tpositive'])
  const asked = ['tumor', table, '--diagnosis', 'STAD', '--stage', 'advanced', '--lines-given', '0', '--json']
  const of = async (...more: readonly string[]) => {
    const { out } = await garrod(...asked, ...more)
    return rows<Treated>(out)[0]!.tumors[0]!.therapies.options.find(({ id }) => id === 'fda.capecitabine.1')!
  }
  const said = async (...more: readonly string[]) =>
    (await of(...more)).against.filter((why) => /kidneys/.test(why))
  assert.deepEqual(await said(), [])
  assert.deepEqual(await said('--creatinine-clearance', '95'), [])
  assert.match(
    (await said('--creatinine-clearance', '40')).join('|'),
    /impaired kidneys \(clearing 40 mL\/min\): in the dosage, section 2, of capecitabine \(below 51/,
  )
  assert.equal((await of('--creatinine-clearance', '40')).blocked, false)
  assert.equal((await of('--creatinine-clearance', '29')).blocked, true)
  const open = (await of('--condition', 'kidney-disease')).missing
  assert.ok(
    open.some((what) =>
      what.startsWith('creatinine clearance: impaired kidneys, and the label of capecitabine'),
    ),
  )
  const { exit, err } = await garrod(...asked, '--creatinine-clearance', 'low')
  assert.equal(exit, 2)
  assert.match(err, /"low" is no clearance in mL\/min/)
})

test('transcripts on accessions meet a FASTA of chromosomes: an unannotated variant gets its gene and protein change', async () => {
  const cds = 'ATGGTGAAATGA'
  const fasta = file('small.fa', ['>chr7', `CCCC${cds}CCCC`])
  const row = (kind: string, attributes: string) =>
    ['NC_000007.14', 'BestRefSeq', kind, '5', '16', '.', '+', kind === 'CDS' ? '0' : '.', attributes].join(
      '\t',
    )
  const gff = file('refseq.gff3', [
    '##gff-version 3',
    row('gene', 'ID=gene-BRAF;Name=BRAF;gene=BRAF;gbkey=Gene;gene_biotype=protein_coding'),
    row('mRNA', 'ID=rna-NM_1.1;Parent=gene-BRAF;gbkey=mRNA;gene=BRAF;transcript_id=NM_1.1'),
    row('exon', 'ID=exon-NM_1.1-1;Parent=rna-NM_1.1;gbkey=mRNA;gene=BRAF;transcript_id=NM_1.1'),
    row('CDS', 'ID=cds-NP_1.1;Parent=rna-NM_1.1;gbkey=CDS;gene=BRAF;protein_id=NP_1.1'),
  ])
  const vcf = file('plain.vcf', [
    '##fileformat=VCFv4.2',
    '##contig=<ID=chr7>',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT1',
    'chr7\t9\t.\tT\tA\t.\tPASS\t.\tGT\t0/1',
  ])
  const { exit, out, err } = await garrod(
    'tumor',
    vcf,
    ...['--diagnosis', 'MEL', '--assembly', 'GRCh38', '--fasta-ref', fasta, '--gff-annot', gff, '--json'],
  )
  assert.notEqual(exit, 2, err)
  const [variant] = rows<{
    tumors: { profile: { proteinChanging: { gene?: string; hgvsP?: string }[] } }[]
  }>(out)[0]!.tumors[0]!.profile.proteinChanging
  assert.deepEqual([variant?.gene, variant?.hgvsP?.replace(/^.*:/, '')], ['BRAF', 'p.(Val2Glu)'])
})
