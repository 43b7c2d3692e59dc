import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Fault } from '../../terms/fault.ts'
import { type Gff3Transcripts, readGff3 } from './gff3.ts'

function read(text: string | Uint8Array): Promise<Gff3Transcripts> {
  return readGff3(
    'toy.gff3',
    (async function* () {
      yield Buffer.from(text)
    })(),
  )
}

const row = (
  type: string,
  start: number,
  end: number,
  strand: string,
  phase: string,
  attributes: string,
): string => ['7', 'x', type, start, end, '.', strand, phase, attributes].join('\t')

test('Ensembl', async () => {
  const text = [
    '##gff-version 3',
    row(
      'gene',
      1,
      100,
      '-',
      '.',
      'ID=gene:ENSG1;Name=ABC;biotype=protein_coding;description=x [Source:HGNC Symbol%3BAcc:HGNC:5]',
    ),
    row(
      'mRNA',
      1,
      100,
      '-',
      '.',
      'ID=transcript:ENST1;Parent=gene:ENSG1;biotype=protein_coding;tag=Ensembl_canonical,MANE_Select;transcript_id=ENST1;version=4',
    ),
    row('exon', 1, 30, '-', '.', 'Parent=transcript:ENST1'),
    row('three_prime_UTR', 1, 10, '-', '.', 'Parent=transcript:ENST1'),
    row('CDS', 11, 30, '-', '0', 'ID=CDS:ENSP1;Parent=transcript:ENST1;protein_id=ENSP1'),
    row('exon', 61, 100, '-', '.', 'Parent=transcript:ENST1'),
    row('CDS', 61, 80, '-', '1', 'ID=CDS:ENSP1;Parent=transcript:ENST1;protein_id=ENSP1'),
  ].join('\r\n')
  const { transcripts } = await read(text)
  const [one] = transcripts.transcripts
  assert.equal(one!.id, 'ENST1.4')
  assert.deepEqual(one!.gene, { symbol: 'ABC', id: 'ENSG1', hgnc: 'HGNC:5' })
  assert.deepEqual(one!.tags, ['MANE Select', 'Ensembl canonical'])
  assert.deepEqual(
    one!.exons.map(({ start, end, transcriptStart }) => [start, end, transcriptStart]),
    [
      [60, 100, 0],
      [0, 30, 40],
    ],
  )
  assert.deepEqual(one!.cds, { start: 20, end: 60, phase: 1, startKnown: false, endKnown: true })
  assert.equal(one!.protein, 'ENSP1')
  assert.equal(one!.utrNotListed, undefined)
  assert.equal(transcripts.byId('ENST1').length, 1)
})

test('NCBI RefSeq', async () => {
  const text = [
    row(
      'gene',
      1,
      100,
      '+',
      '.',
      'ID=gene-ABC;Dbxref=GeneID:77,HGNC:HGNC:5;Name=ABC;gene_biotype=protein_coding',
    ),
    row(
      'mRNA',
      1,
      100,
      '+',
      '.',
      'ID=rna-NM_1.2;Parent=gene-ABC;Dbxref=GeneID:77;gene=ABC;tag=MANE Select;transcript_id=NM_1.2',
    ),
    row('exon', 1, 100, '+', '.', 'ID=exon-NM_1.2-1;Parent=rna-NM_1.2'),
    row('CDS', 11, 40, '+', '0', 'ID=cds-NP_1.1;Parent=rna-NM_1.2;protein_id=NP_1.1'),
    row(
      'mRNA',
      1,
      50,
      '+',
      '.',
      'ID=rna-NM_9.1;Parent=gene-ABC;exception=annotated by transcript or proteomic data;transcript_id=NM_9.1',
    ),
    row('exon', 1, 50, '+', '.', 'Parent=rna-NM_9.1'),
  ].join('\n')
  const { transcripts, unusable } = await read(text)
  assert.deepEqual(
    transcripts.transcripts.map(({ id, protein, biotype, tags }) => [id, protein, biotype, tags.join()]),
    [['NM_1.2', 'NP_1.1', 'protein_coding', 'MANE Select']],
  )
  assert.deepEqual(transcripts.transcripts[0]!.gene, { symbol: 'ABC', id: '77', hgnc: 'HGNC:5' })
  assert.deepEqual([...unusable.keys()], ['aligned with gaps'])
})

test('what is no GFF3 is named with its line', async () => {
  await assert.rejects(read('##gff-version 3\n7\tx\texon\n'), { code: 'GFF3_LINE', where: 'toy.gff3:2' })
  await assert.rejects(read(row('exon', 9, 3, '+', '.', 'Parent=a')), { code: 'GFF3_LINE' })
  await assert.rejects(read('##gff-version 3\n'), { code: 'GFF3_NO_TRANSCRIPTS' })
})

test('any bytes end in an answer or a fault', async () => {
  const cell = fc.oneof(
    fc.constantFrom('exon', 'CDS', 'mRNA', 'gene', '+', '-', '.', '1', '9', '-3', 'ID=a', 'Parent=a;ID=b'),
    fc.string(),
  )
  const line = fc.array(cell, { maxLength: 10 }).map((cells) => cells.join('\t'))
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (lines) => {
      await read(lines.join('\n')).catch((error: unknown) => assert.ok(error instanceof Fault))
    }),
    { numRuns: 150 },
  )
})
