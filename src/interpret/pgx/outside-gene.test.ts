import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../../knowledge/facts.ts'
import type { GenotypeSet, OutsideCall } from '../../record/genotype.ts'
import { openPgx } from './pgx.ts'

const room = openPgx(Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]), 'ALL')

/** Findings of one gene from outside rows "diplotype \t phenotype \t activity score". */
function read(gene: string, ...rows: string[]) {
  const outsideCalls = rows.map((row, i): OutsideCall => {
    const [diplotype, phenotype, activityScore] = row
      .split('\t')
      .map((cell) => (cell === '' ? undefined : cell))
    return {
      gene,
      diplotype,
      phenotype,
      activityScore,
      source: { name: 'calls.tsv', format: 'outside-calls', sha256: undefined },
      line: i + 1,
    }
  })
  return room.findings({ genotypes: [], outsideCalls }).find((finding) => finding.gene === gene)!
}

for (const [gene, row, phenotypes, scores] of [
  ['CYP2D6', '*1/*4', ['Intermediate Metabolizer'], ['1.0']],
  ['CYP2D6', '*1/*4.001', ['Intermediate Metabolizer'], ['1.0']],
  ['CYP2D6', '*1/*1x2', ['Ultrarapid Metabolizer'], ['3.0']],
  ['CYP2D6', '*1/*1x7', ['Ultrarapid Metabolizer'], ['≥4.0']],
  ['CYP2D6', '*13 + *1/*36 + *10x2', ['Normal Metabolizer'], ['1.5']],
  ['CYP2D6', '*1/*1\tPM\t≥4.0', ['Poor Metabolizer'], ['≥4.0']],
  ['CYP2D6', '\t\t1', ['Intermediate Metabolizer'], ['1.0']],
  ['CYP2D6', '\tIM', ['Intermediate Metabolizer'], []],
  ['CYP2C19', '*2/*2', ['Poor Metabolizer'], []],
  ['G6PD', 'B (wildtype)/B (wildtype)', ['n/a'], []],
  ['NAT2', './.', [], []],
  ['MT-RNR1', '1555A>G', ['increased risk of aminoglycoside-induced hearing loss'], []],
  ['DPYD', 'Reference/c.1905+1G>A (*2A)', ['Intermediate Metabolizer'], ['1.0']],
  ['DPYD', '[c.85T>C (*9A) + c.1905+1G>A (*2A)]/c.2846A>T', ['Poor Metabolizer'], ['0.5']],
  ['DPYD', '*1/*2A', ['Intermediate Metabolizer'], ['1.0']],
  ['DPYD', '*2A/*13', ['Poor Metabolizer'], ['0.0']],
  ['DPYD', '*1/HapB3', ['Intermediate Metabolizer'], ['1.5']],
  ['DPYD', 'Reference/c.1905+1G>A', ['Intermediate Metabolizer'], ['1.0']],
  ['DPYD', '*1/*1', ['Normal Metabolizer'], ['2.0']],
  ['CYP4F2', '*1/*3', [], []],
  ['CYP2D6', 'CYP2D6*1/CYP2D6*4', ['Intermediate Metabolizer'], ['1.0']],
  ['CYP2D6', 'CYP2D6 *4/*4', ['Poor Metabolizer'], ['0.0']],
  ['CYP2D6', '*10/*36+*10', ['Intermediate Metabolizer'], ['0.5']],
  ['CYP2D6', '*1/*10+*36', ['Normal Metabolizer'], ['1.25']],
  ['CYP2D6', '*1/*36+*36+*10', ['Normal Metabolizer'], ['1.25']],
  ['CYP2D6', '*4/*68+*4', ['Poor Metabolizer'], ['0.0']],
  ['CYP2D6', '*1/*2x>=3', ['Ultrarapid Metabolizer'], ['≥4.0']],
  ['CYP2D6', '*1/*41x≥3', ['Indeterminate'], ['n/a']],
  ['CYP2D6', '*1/*2xN', ['Ultrarapid Metabolizer', 'Ultrarapid Metabolizer'], ['3.0', '≥4.0']],
  ['CYP2D6', '*2xN/*4', ['Normal Metabolizer', 'Ultrarapid Metabolizer'], ['2.0', '≥3.0']],
  ['CYP2D6', '*1/*4xN', ['Intermediate Metabolizer', 'Intermediate Metabolizer'], ['1.0', '1.0']],
  ['CYP2D6', '*1/*10xN', ['Normal Metabolizer', 'Indeterminate'], ['1.5', 'n/a']],
  ['VKORC1', '-1639G/-1639A', ['-1639 AG'], []],
  ['VKORC1', 'A/A', ['-1639 AA'], []],
  ['VKORC1', 'C/T', ['-1639 AG'], []],
  ['ABCG2', 'C/A', ['Decreased Function'], []],
  ['UGT1A1', 'TA6/TA7', ['Intermediate Metabolizer'], []],
  ['UGT1A1', '(TA)7/(TA)7', ['Poor Metabolizer'], []],
  ['SLCO1B1', '*1A/*5', ['Decreased Function'], []],
  ['SLCO1B1', '*1B/*15', ['Decreased Function'], []],
  ['CYP3A5', '*3C/*3C', ['Poor Metabolizer'], []],
  ['G6PD', 'Mediterranean', ['Deficient'], []],
  ['G6PD', 'A-', ['n/a'], []],
  ['NAT2', '\tSlow Acetylator', ['Poor Metabolizer'], []],
  ['NAT2', '\tRapid acetylator', ['Rapid Metabolizer'], []],
  ['CYP2C19', '\tIntermediate', ['Intermediate Metabolizer'], []],
  ['SLCO1B1', '\tdecreased', ['Decreased Function'], []],
  ['G6PD', '\tIntermediate', ['Intermediate'], []],
  ['CYP2D6', '\tHeterozygous EM', ['Heterozygous EM'], []],
  ['MT-RNR1', 'm.1555A>G/m.1555A>G', ['increased risk of aminoglycoside-induced hearing loss'], []],
] as const) {
  test(`${gene} ${row.replaceAll('\t', ' | ')} is ${phenotypes.join() || 'without phenotype'}`, () => {
    const finding = read(gene, row)
    assert.deepEqual(finding.phenotypes, phenotypes)
    assert.deepEqual(finding.activityScores, scores)
  })
}

test('a phenotype alone is looked up under every activity score it covers', () => {
  assert.deepEqual(
    read('CYP2D6', '\tIntermediate Metabolizer').lookup.map((one) => one.lookupKey),
    ['0.25', '0.5', '0.75', '1.0'],
  )
})

test('two HLA-B alleles tell which risk alleles are present and which absent', () => {
  assert.deepEqual(read('HLA-B', '*57:01:01/*58:01').markers, [
    '*15:02 negative',
    '*57:01 positive',
    '*58:01 positive',
  ])
})

for (const [sent, markers] of [
  ['HLA-B*57:01/HLA-B*08:01', ['*15:02 negative', '*57:01 positive', '*58:01 negative']],
  ['B*57:01/B*08:01', ['*15:02 negative', '*57:01 positive', '*58:01 negative']],
  ['*57:01N/*08:01', ['*15:02 negative', '*57:01 negative', '*58:01 negative']],
  ['*57:01Q/*08:01', ['*15:02 negative', '*58:01 negative']],
] as const) {
  test(`${sent} is ${markers.join(', ')}`, () => assert.deepEqual(read('HLA-B', sent).markers, markers))
}

for (const [row, markers] of [
  ['*57:01 negative', ['*57:01 negative']],
  ['*57:01 not detected', ['*57:01 negative']],
  ['HLA-B*57:01 Positive', ['*57:01 positive']],
  ['HLA-B *57:01: absent', ['*57:01 negative']],
  ['\tHLA-B*57:01 not detected', ['*57:01 negative']],
  ['\t*58:01 negative; *57:01 positive', ['*57:01 positive', '*58:01 negative']],
  ['*57:01 not tested', []],
  ['*57:01?', []],
  ['*57:01|*07:02', []],
  ['\tpositive', []],
  ['*57:01/*07:02\t*57:01 negative', []],
  ['*07:02/*08:01\t*57:01 positive', []],
  ['*07:02/*08:01\t*57:01 negative', ['*15:02 negative', '*57:01 negative', '*58:01 negative']],
  ['\t*57:01 positive; *57:01 negative', []],
] as const) {
  test(`HLA-B ${row.replaceAll('\t', ' | ')} says ${markers.join(', ') || 'nothing'}, and why`, () => {
    const finding = read('HLA-B', row)
    assert.deepEqual(finding.markers, markers)
    assert.equal(finding.doubts.length, markers.length === 0 ? 1 : 0)
  })
}

for (const [gene, row, keys, doubt] of [
  [
    'DPYD',
    '\tPoor Metabolizer\t2',
    ['2.0', '0.0', '0.5'],
    'activity score 2.0 (Normal Metabolizer), Poor Metabolizer',
  ],
  [
    'DPYD',
    'c.1905+1G>A (*2A)/c.2846A>T\t\t2',
    ['2.0', '0.5'],
    'activity score 2.0 (Normal Metabolizer), c.1905+1G>A (*2A)/c.2846A>T (Poor Metabolizer)',
  ],
  [
    'CYP2C19',
    '*2/*2\tNormal Metabolizer',
    ['Normal Metabolizer', 'Poor Metabolizer'],
    'Normal Metabolizer, *2/*2 (Poor Metabolizer)',
  ],
] as const) {
  test(`${gene} ${row.replaceAll('\t', ' | ')} contradicts itself: every statement is looked up`, () => {
    const finding = read(gene, row)
    assert.deepEqual(
      finding.lookup.map((one) => one.lookupKey),
      keys,
    )
    assert.deepEqual(finding.doubts, [`what the laboratory reports contradicts itself: ${doubt}`])
  })
}

for (const [gene, phenotype] of [
  ['G6PD', 'Intermediate'],
  ['CYP2D6', 'Heterozygous EM'],
] as const) {
  test(`${gene} ${phenotype} alone is a phenotype that the tables do not know: a doubt, and nothing is advised`, () => {
    const finding = read(gene, `\t${phenotype}`)
    assert.equal(finding.phenotypeCertain, false)
    assert.deepEqual(finding.doubts, [`"${phenotype}" has no meaning in the tables`])
  })
}

test('a score of an older table that means the same phenotype is said and is no contradiction', () => {
  const finding = read('CYP2D6', '*1/*10\t\t1.5')
  assert.deepEqual(finding.doubts, [])
  assert.equal(finding.lookup.length, 1)
  assert.match(finding.why.join(' '), /would be 1\.25/)
})

test('one HLA-B allele says nothing of the other chromosome, so nothing is called absent', () => {
  const finding = read('HLA-B', '*15:02')
  assert.deepEqual(finding.markers, ['*15:02 positive'])
  assert.match(finding.why.join(' '), /nothing is called absent/)
})

test('an HLA result may be sent as presence or absence', () => {
  assert.deepEqual(read('HLA-A', '\t*31:01 positive').markers, ['*31:01 positive'])
})

test('a laboratory phenotype that its own diplotype contradicts is used, and the conflict is said', () => {
  assert.match(
    read('CYP2C19', '*1/*1\tPoor Metabolizer').why.join(' '),
    /contradicts itself: Poor Metabolizer, \*1\/\*1 \(Normal Metabolizer\)/,
  )
})

test('two calls of one gene are alternatives', () => {
  const finding = read('CYP2D6', '*1/*1', '*1/*1x7')
  assert.deepEqual(finding.phenotypes, ['Normal Metabolizer', 'Ultrarapid Metabolizer'])
  assert.equal(finding.phenotypeCertain, false)
})

for (const [gene, rows, doubts] of [
  [
    'CYP2D6',
    ['*1/*4', '*4/*4'],
    ['the results that were sent mean different things: Intermediate Metabolizer; Poor Metabolizer'],
  ],
  ['CYP2D6', ['*1/*1', '*1/*2'], []],
  ['CYP2D6', ['*4/*4', '.'], []],
  ['CYP2D6', ['.', './.'], ['the laboratory reported no call']],
  [
    'CYP2D6',
    ['*2xN/*4'],
    ['the results that were sent mean different things: Normal Metabolizer; Ultrarapid Metabolizer'],
  ],
  ['HLA-B', ['\t*57:01 positive', '\t*57:01 negative'], ['*57:01 is reported as positive and as negative']],
  ['HLA-B', ['\t*57:01 positive', '\t*15:02 negative'], []],
] as const) {
  test(`${gene} ${rows.join(' and ').replaceAll('\t', '')}: ${doubts.join() || 'no doubts'}`, () => {
    assert.deepEqual(read(gene, ...rows).doubts, doubts)
  })
}

test('a gene of which nothing was sent says so', () => {
  const finding = read('CYP2D6')
  assert.equal(finding.from, 'none')
  assert.deepEqual(finding.diplotypes, [])
  assert.match(finding.why.join(' '), /CYP2D6/)
})

test('a stated phenotype is looked up under its own scores, and the diplotype it contradicts beside it', () => {
  const finding = read('CYP2D6', '*1/*1\tPM')
  assert.deepEqual(
    finding.lookup.map((one) => [one.phenotype, one.lookupKey]),
    [
      ['Poor Metabolizer', '0.0'],
      ['Normal Metabolizer', '2.0'],
    ],
  )
  assert.deepEqual(finding.activityScores, ['0.0'])
  assert.equal(finding.phenotypeCertain, false)
})

test('a stated score decides the phenotype, and a difference from the diplotype is said', () => {
  const finding = read('CYP2D6', '*1/*1\t\t0')
  assert.deepEqual([finding.phenotypes, finding.lookup[0]?.lookupKey], [['Poor Metabolizer'], '0.0'])
  assert.match(
    finding.why.join(' '),
    /activity score 0\.0 \(Poor Metabolizer\), \*1\/\*1 \(Normal Metabolizer\)/,
  )
  assert.equal(finding.phenotypeCertain, false)
})

test('a phenotype and a score that do not belong together are said', () => {
  const finding = read('CYP2D6', '\tNormal Metabolizer\t0')
  assert.match(finding.why.join(' '), /activity score 0\.0 \(Poor Metabolizer\), Normal Metabolizer/)
  assert.equal(finding.phenotypeCertain, false)
})

test('of three alleles nothing is concluded', () => {
  for (const gene of ['CYP2C19', 'HLA-B']) {
    const finding = read(gene, '*1/*2/*3')
    assert.deepEqual([finding.lookup, finding.phenotypes, finding.phenotypeCertain], [[], [], false])
    assert.match(finding.why.join(' '), /more than two chromosomes/)
  }
})

for (const [gene, row, certain] of [
  ['CYP2C19', '*1/*2', true],
  ['CYP2C19', '*1/*999', false],
  ['CYP2D6', '\t\t7.75', false],
  ['CYP2D6', '\tIM', true],
  ['HLA-B', '*57:01/*58:01', true],
  ['HLA-B', '*57:01', false],
  ['HLA-A', '\t*31:01 negative', true],
  ['HLA-B', '\t*57:01 negative', false],
] as const) {
  test(`${gene} ${row.replaceAll('\t', ' | ')} is ${certain ? 'certain' : 'not certain'}`, () => {
    assert.equal(read(gene, row).phenotypeCertain, certain)
  })
}

test('a laboratory without a result does not hide what the genotype file says', () => {
  const genotypes: GenotypeSet = {
    sample: 'S',
    source: { name: 's.vcf', format: 'vcf', sha256: undefined },
    assembly: 'GRCh38',
    calls: room.panel
      .filter((locus) => locus.gene === 'VKORC1')
      .map((locus) => ({
        locus: locus.id,
        alleles: [locus.ref, locus.alts[0]!],
        phased: false,
        phaseSet: undefined,
        evidence: 'variant-record',
      })),
    gaps: [],
    notes: [],
  }
  const outside = (diplotype: string): OutsideCall => ({
    gene: 'VKORC1',
    diplotype,
    phenotype: undefined,
    activityScore: undefined,
    source: { name: 'calls.tsv', format: 'outside-calls', sha256: undefined },
    line: 1,
  })
  const withCall = (diplotype: string) =>
    room
      .findings({ genotypes: [genotypes], outsideCalls: [outside(diplotype)] })
      .find((one) => one.gene === 'VKORC1')!
  assert.deepEqual(withCall('-1639A/-1639A').doubts, [
    'the genotype file gives rs9923231 reference (C)/rs9923231 variant (T) (-1639 AG)',
  ])
  assert.deepEqual(withCall('-1639G/-1639A').doubts, [])
  assert.equal(withCall('./.').from, 'genotype')
  assert.match(withCall('./.').why.join(' '), /has no result/)
  assert.equal(withCall('-1639A/-1639A').from, 'outside-call')
})
