import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../../knowledge/facts.ts'
import { geneDefinitions } from '../../knowledge/pgx/allele-definition.ts'
import type { LocusCall } from '../../record/genotype.ts'
import { openPgx } from './pgx.ts'

const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
const room = openPgx(facts, 'ALL')

/** Every position of the gene is reference/reference, except as told; `unseen` positions are left out. By rs number. */
function find(gene: string, told: Readonly<Record<string, string>>, unseen: readonly string[] = []) {
  const calls = geneDefinitions(facts)
    .get(gene)!
    .loci.filter((locus) => !unseen.includes(locus.rsid ?? ''))
    .map((locus): LocusCall => {
      const bases = (told[locus.rsid ?? ''] ?? `${locus.ref}/${locus.ref}`).split('/')
      return {
        locus: locus.id,
        alleles: bases.length === 1 ? [bases[0]!] : [bases[0]!, bases[1]!],
        phased: bases.length === 1,
        phaseSet: undefined,
        evidence: 'variant-record',
      }
    })
  const genotypes = [
    {
      sample: 'S',
      source: { name: 's.vcf', format: 'vcf', sha256: undefined },
      assembly: 'GRCh38',
      calls,
      gaps: [],
      notes: [],
    } as const,
  ]
  return room.findings({ genotypes, outsideCalls: [] }).find((one) => one.gene === gene)!
}

test('a whole genotype is certain', () => {
  assert.equal(find('DPYD', {}).phenotypeCertain, true)
  assert.equal(find('CYP2C19', {}).phenotypeCertain, true)
})

test('DPYD is not certain while the position of *2A was not seen', () => {
  const finding = find('DPYD', {}, ['rs3918290'])
  assert.deepEqual(finding.notExcluded, ['c.1905+1G>A (*2A)'])
  assert.equal(finding.phenotypeCertain, false)
  assert.equal(finding.candidates[0]?.probability, undefined)
})

test('DPYD stays certain where an unseen position hides variants of normal function only', () => {
  assert.equal(find('DPYD', {}, ['rs1801265']).phenotypeCertain, true)
})

test('HapB3 is not excluded while its causal intron was not read', () => {
  assert.deepEqual(find('DPYD', {}, ['rs75017182']).notExcluded, ['c.1129-5923C>G'])
  assert.deepEqual(find('DPYD', {}, ['rs75017182', 'rs56038477']).notExcluded, [
    'c.1129-5923C>G',
    'c.1129-5923C>G, c.1236G>A (HapB3)',
  ])
  assert.equal(find('DPYD', {}, ['rs75017182']).phenotypeCertain, false)
  assert.deepEqual(find('DPYD', {}, ['rs56038477']).notExcluded, [])
})

test('an allele too rare for the frequency table can still hide', () => {
  const finding = find('CYP2C9', {}, ['rs72558190'])
  assert.ok(finding.notExcluded.includes('*15'))
  assert.equal(finding.phenotypeCertain, false)
})

test('a half call is said, keeps what the unread strand may carry open, and is never certain', () => {
  for (const told of [{ rs3918290: 'T/.' }, { rs3918290: 'T/.', rs1801265: 'A/G' }]) {
    const finding = find('DPYD', told)
    assert.match(finding.why.join(' '), /Only one allele was read at chr1:97450058/)
    assert.equal(finding.phenotypeCertain, false)
  }
  assert.ok(find('SLCO1B1', { rs4149056: 'T/.' }).notExcluded.includes('*5'))
})

test('a base that no definition knows is not certain, though it is read as reference', () => {
  assert.equal(find('TPMT', {}).phenotypeCertain, true)
  assert.equal(find('TPMT', { rs1142345: 'T/A' }).phenotypeCertain, false)
})

test('one and two chromosomes in one file are said', () => {
  const finding = find('G6PD', { rs1050828: 'T' })
  assert.match(finding.why.join(' '), /one chromosome and others on two/)
  assert.equal(finding.phenotypeCertain, false)
})

test('of the alleles not excluded, those that would change the function are named first', () => {
  // c.46C>G has normal function and lies before c.2846A>T of decreased function.
  assert.deepEqual(find('DPYD', {}, ['rs67376798', 'rs150437414', 'rs1801265']).notExcluded[0], 'c.2846A>T')
  const { notExcluded } = find('CYP2C19', { rs3758581: 'G/G' }, ['rs12248560', 'rs58973490'])
  assert.deepEqual(notExcluded.slice(0, 1), ['*17'])
})

for (const [what, told, unseen, doubts] of [
  ['a half call', { rs4244285: 'A/.' }, [], ['only one allele was read at chr10:94781859']],
  [
    'a base nobody has described',
    { rs4244285: 'G/T' },
    [],
    ['no allele definition knows "T" at chr10:94781859'],
  ],
  [
    'variants of no pair',
    { rs4244285: 'A/A', rs12769205: 'A/A' },
    [],
    ['no pair of defined alleles explains all the variants that were seen'],
  ],
  ['a whole genotype', {}, [], []],
] as const) {
  test(`CYP2C19, ${what}: ${doubts.join() || 'no doubts'}`, () => {
    assert.deepEqual(find('CYP2C19', told, unseen).doubts, doubts)
  })
}

test('a base that a guideline reads as reference is a doubt about the result', () => {
  assert.deepEqual(find('DPYD', { rs3918290: 'C/G' }).doubts, [
    'no allele definition knows "G" at chr1:97450058, which was read as reference; its effect is not known',
  ])
})
