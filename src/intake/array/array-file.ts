import type { GenotypeSet, LocusCall } from '../../record/genotype.ts'
import type { Gap } from '../../terms/answer.ts'
import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import type { GenotypeFormat, ReadRequest } from '../format.ts'
import { wholeLines } from '../whole-lines.ts'
import { arrayAssembly } from './array-assembly.ts'
import { callArray } from './array-call.ts'
import { type ArrayDialect, dialectOf, rowOf } from './array-row.ts'
import { PanelRows } from './panel-rows.ts'

const LONGEST_LINE = 1 << 16

/**
 * Raw data of a consumer genotyping array: 23andMe, AncestryDNA, MyHeritage, FamilyTreeDNA, Living DNA.
 * One unnamed person per file; the set is named after the file.
 */
export const arrayFile: GenotypeFormat = {
  name: 'raw data of 23andMe, AncestryDNA, MyHeritage or FamilyTreeDNA',
  source: 'dtc-text',
  sniff: (head) =>
    columnLine(Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1')) !== undefined,
  read: readArray,
}

/** The first line that names the columns, if everything before it is a comment. */
function columnLine(text: string): ArrayDialect | undefined {
  for (const line of text.replace(/^(\ufeff|\u00ef\u00bb\u00bf)/, '').split(/\r\n|\n|\r/)) {
    const dialect = dialectOf(line)
    if (dialect !== undefined) return dialect
    if (line !== '' && !line.startsWith('#')) return undefined
  }
  return undefined
}

async function* readArray(request: ReadRequest): AsyncGenerator<GenotypeSet> {
  const { name, panel, options } = request
  if (options.samples !== undefined && !options.samples.includes(sampleName(name))) {
    throw new Fault(
      'SAMPLE_UNKNOWN',
      name,
      `there is no sample "${options.samples[0]}": a raw data file holds one unnamed person`,
      'Leave the sample name away for this file.',
    )
  }
  const wanted = new PanelRows(panel)
  const comments: string[] = []
  let dialect: ArrayDialect | undefined
  let line = 0
  let rows = 0
  for await (const { bytes, endsWithNewline } of wholeLines(
    request.text,
    name,
    options.longestLine ?? LONGEST_LINE,
  )) {
    const lines = bytes.toString('latin1').split(/\r\n|\n|\r/)
    if (endsWithNewline) lines.pop()
    for (const text of lines) {
      line += 1
      if (dialect === undefined) {
        comments.push(text)
        dialect = dialectOf(text.replace(/^\u00ef\u00bb\u00bf/, ''))
      } else if (text !== '' && !text.startsWith('#')) {
        const row = rowOf(dialect, text, line)
        if ('wrong' in row) throw malformed(name, line, row.wrong)
        rows += 1
        wanted.see(row)
      }
    }
  }
  if (dialect === undefined || rows === 0) {
    throw new Fault('ARRAY_EMPTY', name, 'the file holds no genotypes', 'Download the raw data again.')
  }
  const assembly = arrayAssembly(name, comments.join('\n'), wanted, options.assembly)
  yield setOf(request, dialect, assembly, wanted)
}

function sampleName(name: string): string {
  return name
    .replace(/^.*[/\\]/, '')
    .replace(/\.(gz|txt|csv|tsv)$/i, '')
    .replace(/\.(txt|csv|tsv)$/i, '')
}

function setOf(
  request: ReadRequest,
  dialect: ArrayDialect,
  assembly: Assembly,
  rows: PanelRows,
): GenotypeSet {
  const found = rows.panel.map((locus) => callArray(locus, rows.rowsOf(locus, assembly)))
  const turned = found.flatMap((one) => ('call' in one && one.strand === 'other' ? [one.call.locus] : []))
  const calls: LocusCall[] = []
  const gaps: Gap[] = []
  const alike: string[] = []
  for (const [i, locus] of rows.panel.entries()) {
    const one = found[i]!
    if (assembly === 'GRCh37' && locus.grch37 === undefined) {
      gaps.push({ kind: 'not-in-build', locus: locus.id, assembly })
    } else if ('gap' in one) gaps.push(one.gap)
    else {
      if (one.strand === 'either') alike.push(locus.id)
      // Once a row was seen on the other strand, the company's word no longer tells A from T or C from G.
      if (one.strand === 'either' && turned.length > 0) {
        gaps.push({ kind: 'unreadable-allele', locus: locus.id, allele: one.call.alleles.join('/') })
      } else calls.push(one.call)
    }
  }
  const notes = [
    `Raw data of ${dialect.name}: a consumer array, not a clinical test. Confirm a result before acting on it.`,
    `The array reads ${calls.length} of ${rows.panel.length} positions; at all others nothing is known.`,
    'Array genotypes carry no phase, no read depth and no copy number.',
  ]
  if (turned.length > 0)
    notes.push(`Read from the other strand, because only so they fit: ${turned.join(', ')}.`)
  if (alike.length > 0) {
    const what =
      turned.length > 0 ? 'not used, because some rows are of the other strand' : 'taken as forward strand'
    notes.push(`Alleles that read alike on both strands were ${what}: ${alike.join(', ')}.`)
  }
  return { sample: sampleName(request.name), source: request.source(), assembly, calls, gaps, notes }
}

function malformed(name: string, line: number, wrong: string): Fault {
  return new Fault(
    'ARRAY_ROW_MALFORMED',
    `${name}:${line}`,
    wrong,
    'The file was altered or cut. Download the raw data again and send it unchanged.',
  )
}
