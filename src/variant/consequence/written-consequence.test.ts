import assert from 'node:assert/strict'
import { test } from 'node:test'
import { annotationReader } from './written-consequence.ts'

const VEP =
  '##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. Format: Allele|Consequence|IMPACT|SYMBOL|Gene|Feature_type|Feature|BIOTYPE|HGVSc|HGVSp|CANONICAL|MANE_SELECT">'
const SNPEFF =
  '##INFO=<ID=ANN,Number=.,Type=String,Description="Functional annotations: \'Allele | Annotation | Annotation_Impact | Gene_Name | Gene_ID | Feature_Type | Feature_ID | Transcript_BioType | Rank | HGVS.c | HGVS.p | cDNA.pos / cDNA.length\'">'

test('VEP, by the columns its header names', () => {
  const reader = annotationReader(VEP)!
  const [one, two] = reader.read(
    'T|missense_variant&splice_region_variant|MODERATE|ABC|ENSG1|Transcript|ENST1.2|protein_coding|ENST1.2:c.4G>A|ENSP1.1:p.Val2%3D|YES|NM_1.2,-|frameshift_variant|HIGH|ABC|ENSG1|Transcript|ENST1.2|protein_coding||||',
    'GA',
    ['GT', 'G'],
  )
  assert.deepEqual(one!.terms, ['missense_variant', 'splice_region_variant'])
  assert.deepEqual(
    [one!.allele, one!.impact, one!.symbol, one!.transcript],
    [1, 'moderate', 'ABC', 'ENST1.2'],
  )
  assert.deepEqual([one!.hgvsProtein, one!.maneSelect, one!.canonical], ['ENSP1.1:p.Val2=', true, true])
  assert.deepEqual(
    [two!.allele, two!.impact, two!.maneSelect, two!.hgvsCoding],
    [2, 'high', false, undefined],
  )
})

test('VEP alleles that two ALTs could mean are not guessed', () => {
  const reader = annotationReader(VEP)!
  const allele = (text: string, ref: string, alts: string[]) => reader.read(`${text}|x`, ref, alts)[0]!.allele
  assert.equal(allele('A', 'G', ['A', 'T']), 1)
  assert.equal(allele('AC', 'G', ['GAC']), 1)
  assert.equal(allele('-', 'GA', ['G']), 1)
  assert.equal(allele('C', 'G', ['A']), undefined)
})

test('SnpEff and bcftools csq', () => {
  const [snpeff] = annotationReader(SNPEFF)!.read(
    'T|stop_gained|HIGH|ABC|G1|transcript|NM_1.2|protein_coding|2/3|c.4G>T|p.Val2*|4/9',
    'G',
    ['C', 'T'],
  )
  assert.deepEqual(
    [snpeff!.allele, snpeff!.impact, snpeff!.symbol, snpeff!.hgvsProtein],
    [2, 'high', 'ABC', 'p.Val2*'],
  )
  const reader = annotationReader('##INFO=<ID=BCSQ,Number=.,Type=String,Description="Haplotype-aware">')!
  const bcsq = reader.read('@103,*frameshift|ABC|ENST1|protein_coding|+|2V>2I|103G>GA', 'G', ['GA'])
  assert.deepEqual(
    bcsq.map(({ terms, impact, symbol }) => [terms, impact, symbol]),
    [[['frameshift'], 'high', 'ABC']],
  )
  assert.equal(annotationReader('##INFO=<ID=DP,Number=1,Type=Integer,Description="x">'), undefined)
  assert.equal(annotationReader('##INFO=<ID=CSQ,Number=.,Type=String,Description="no columns">'), undefined)
})
