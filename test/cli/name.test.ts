import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { garrod } from '../support/command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-name-'))
/** 30 bases, an exon of 12, an intron of 10, an exon of 21 with the stop, 10 bases: a gene on the minus strand of a made-up contig. */
const EXON_1 = 'ACCATGGCCAAA'
const INTRON = 'GTAAGTTTAG'
const EXON_2 = 'AAAGGTGGTTGACCCAATTCC'
const GENE = EXON_1 + INTRON + EXON_2
const COMPLEMENT: Record<string, string> = { A: 'T', C: 'G', G: 'C', T: 'A' }
const MINUS = [...GENE]
  .reverse()
  .map((base) => COMPLEMENT[base])
  .join('')
const FLANK = 'CATCATCATCATCATCATCATCATCATCAT'
const fasta = join(folder, 'small.fa')
writeFileSync(fasta, `>ctg1\n${FLANK}${MINUS}GATTACAGAT\n`)
const cdot = join(folder, 'small.cdot.json.gz')
const first = FLANK.length
writeFileSync(
  cdot,
  gzipSync(
    JSON.stringify({
      cdot_version: '0.2.26',
      transcripts: {
        'NM_9.1': {
          id: 'NM_9.1',
          gene_name: 'MADE1',
          protein: 'NP_9.1',
          biotype: ['protein_coding'],
          start_codon: 3,
          stop_codon: 24,
          genome_builds: {
            made: {
              contig: 'ctg1',
              strand: '-',
              tag: 'MANE Select',
              exons: [
                [first, first + 21, 1, 13, 33, null],
                [first + 31, first + 43, 0, 1, 12, null],
              ],
            },
          },
        },
      },
    }),
  ),
)
const files = ['-s', fasta, '-t', cdot]

test('a substitution of a chromosome needs no file', async () => {
  const { exit, out } = await garrod('name', '12-102917130-T-C', '--assembly', 'GRCh38', '--json')
  assert.equal(exit, 0)
  const [genome] = JSON.parse(out).genome
  assert.equal(genome.hgvs.value, 'NC_000012.12:g.102917130T>C')
  assert.equal(genome.spdi.value, 'NC_000012.12:102917129:T:C')
  assert.match(genome.vrs.value, /^ga4gh:VA\./)
})

test('a chromosome of two builds is not guessed', async () => {
  const { exit, err } = await garrod('name', '12-102917130-T-C')
  assert.equal(exit, 2)
  assert.match(err, /NAME_BUILD/)
})

test('a deletion without its neighbours is unnormalised, and says why', async () => {
  const { exit, out } = await garrod('name', 'NC_000012.12:g.102917130del')
  assert.equal(exit, 1)
  assert.match(out, /unnormalised, because the bases of NC_000012\.12 around 102917130/)
})

test('the 3 prime rule follows the transcript, and stops at no exon before an intron', async () => {
  // Exon 1 ends AAA, the intron begins GTAAG; exon 2 begins AAA: a junction of exons is not crossed.
  const { out } = await garrod('name', 'NM_9.1:c.7del', ...files, '--json')
  const { genome, transcripts } = JSON.parse(out)
  assert.equal(transcripts[0].hgvs.value, 'NM_9.1:c.9del')
  assert.equal(transcripts[0].protein.value, 'NP_9.1:p.(Gly5ValfsTer?)')
  assert.equal(genome[0].asWritten, `ctg1:g.${first + 43 - 9}del`)
  assert.equal(genome[0].hgvs.value, `ctg1:g.${first + 43 - 9}del`)
  assert.equal(genome[0].vcf.value.ref.length, 2)
})

test('a change of the genome is named on the transcripts it lies in', async () => {
  const { exit, out } = await garrod('name', `ctg1:g.${first + 31}C>A`, ...files)
  assert.equal(exit, 0)
  assert.match(out, /transcript {2}NM_9\.1:c\.9\+1G>T {2}MADE1, MANE Select/)
  assert.match(out, /protein {5}NP_9\.1:p\.\?/)
})

test('names that contradict the reference or their grammar are refused, the others still answered', async () => {
  const { exit, out } = await garrod(
    'name',
    'NM_9.1:c.1C>T',
    'NM_9.1:c.4G>',
    'NM_9.1:c.4G>T',
    'NM_9.1:c.8+1G>T',
    'ctg1:g.1G>T',
    ...files,
  )
  assert.equal(exit, 2)
  // The transcript's own sequence is not given: it might differ from the genome.
  assert.match(out, /c\.1C>T\n {2}unknown {5}the genome has other bases there than the expression names/)
  assert.match(out, /HGVS_REFERENCE_MISMATCH: the reference has C there, not G/)
  assert.match(out, /HGVS_SYNTAX/)
  assert.match(out, /HGVS_INTRON/)
  assert.match(out, /NP_9\.1:p\.\(Ala2Ser\)/)
})

test('transcripts of a GFF3 file give the same names', async () => {
  const gff3 = join(folder, 'small.gff3')
  const row = (type: string, from: number, to: number, phase: string, attributes: string) =>
    `ctg1\tmade\t${type}\t${from}\t${to}\t.\t-\t${phase}\t${attributes}\n`
  const [low, high] = [first + 1, first + 43]
  writeFileSync(
    gff3,
    `##gff-version 3\n${row('gene', low, high, '.', 'ID=gene-MADE1;Name=MADE1')}${row('mRNA', low, high, '.', 'ID=rna-NM_9.1;Parent=gene-MADE1;transcript_id=NM_9.1')}${row('exon', high - 11, high, '.', 'ID=e1;Parent=rna-NM_9.1')}${row('exon', low, low + 20, '.', 'ID=e2;Parent=rna-NM_9.1')}${row('CDS', high - 11, high - 3, '0', 'ID=c1;Parent=rna-NM_9.1;protein_id=NP_9.1')}${row('CDS', low + 9, low + 20, '0', 'ID=c1;Parent=rna-NM_9.1;protein_id=NP_9.1')}`,
  )
  const asked = ['NM_9.1:c.7del', 'NM_9.1:c.9+1G>T', 'NM_9.1:c.4G>T']
  const one = await garrod('name', ...asked, '-s', fasta, '-t', gff3)
  const other = await garrod('name', ...asked, ...files)
  const bare = (text: string) => text.replaceAll(/ {2}MADE1.*/g, '')
  assert.equal(bare(one.out), bare(other.out))
  assert.equal(one.exit, 0)
})

test('another version of a transcript never stands in', async () => {
  const { exit, out } = await garrod('name', 'NM_9.2:c.4G>T', ...files)
  assert.equal(exit, 1)
  assert.match(out, /no file given has the transcript NM_9\.2, only NM_9\.1/)
})

test('a damaged transcript file is refused by name', async () => {
  const broken = join(folder, 'broken.json')
  writeFileSync(broken, '{"transcripts": {"NM_9.1": {"id"')
  const { exit, err } = await garrod('name', 'NM_9.1:c.4G>T', '-t', broken)
  assert.equal(exit, 2)
  assert.match(err, /JSON_MALFORMED/)
})

test('there is no position 0, and an intron ends where its bases do', async () => {
  const asked = async (change: string) => (await garrod('name', `NM_9.1:c.${change}`, ...files)).err
  assert.match(await asked('0A>G'), /positions count from 1/)
  assert.match(await asked('9+11del'), /the intron has 10 bases/)
})
