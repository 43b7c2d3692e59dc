import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import type { Exon, Transcript, TranscriptTag } from '../../variant/transcript.ts'
import { membersOf } from './json-members.ts'

/** Which transcripts to keep of a release that has hundreds of thousands. */
interface CdotChoice {
  /** By id, before the record is read; undefined keeps every id. */
  readonly id?: (id: string) => boolean
  /** By the whole record. */
  readonly transcript?: (transcript: Transcript) => boolean
  /** Told of a record that contradicts itself, which is then left out; without it the file is refused. */
  readonly damaged?: (fault: Fault) => void
}

/**
 * Transcripts of a cdot JSON file (SACGF/cdot, schema 0.2), uncompressed, one for each build that a transcript is aligned to.
 * Throws JSON_MALFORMED and CDOT_MALFORMED.
 */
export async function* readCdot(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  choice: CdotChoice = {},
): AsyncGenerator<Transcript> {
  for await (const { key, value } of membersOf(chunks, 'transcripts', name)) {
    if (choice.id !== undefined && !choice.id(key)) continue
    for (const one of transcriptsOf(key, value, name, choice.damaged ?? refuse)) {
      if (choice.transcript === undefined || choice.transcript(one)) yield one
    }
  }
}

interface CdotTranscript {
  readonly id?: string
  readonly biotype?: string | readonly string[]
  readonly gene_name?: string
  readonly gene_version?: string
  readonly hgnc?: string | number
  readonly protein?: string
  readonly start_codon?: number | null
  readonly stop_codon?: number | null
  readonly genome_builds?: Readonly<Record<string, CdotAlignment>>
}

interface CdotAlignment {
  readonly contig?: string
  readonly strand?: string
  readonly tag?: string
  /** Genomic [start, end) counted from 0, number, first and last base of the transcript counted from 1, gaps as in GFF3. */
  readonly exons?: readonly (readonly [number, number, number, number, number, string | null])[]
}

function refuse(fault: Fault): never {
  throw fault
}

function transcriptsOf(
  key: string,
  json: string,
  path: string,
  damaged: (fault: Fault) => void,
): Transcript[] {
  let record: CdotTranscript
  try {
    record = JSON.parse(json) as CdotTranscript
  } catch {
    throw malformed(path, key, 'it is not JSON')
  }
  return Object.entries(record.genome_builds ?? {}).flatMap(([build, alignment]) => {
    try {
      return [transcriptOf(key, record, build, alignment, `${path}: ${key}`)]
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      damaged(error)
      return []
    }
  })
}

function transcriptOf(
  key: string,
  record: CdotTranscript,
  build: string,
  alignment: CdotAlignment,
  where: string,
): Transcript {
  if (typeof alignment !== 'object' || alignment === null) throw malformed(where, build, 'it is no object')
  const { contig, strand } = alignment
  if (typeof contig !== 'string' || (strand !== '+' && strand !== '-')) {
    throw malformed(where, build, 'contig or strand is missing')
  }
  if (!Array.isArray(alignment.exons) || alignment.exons.length === 0)
    throw malformed(where, build, 'it has no exons')
  const exons = alignment.exons
    .map((one) => exonOf(one, where))
    .sort((a, b) => a.transcriptStart - b.transcriptStart)
  exons.forEach((exon, i) => {
    checkAlignment(exon, where)
    if (exon.transcriptStart !== (exons[i - 1]?.transcriptEnd ?? 0))
      throw malformed(where, build, 'its exons do not join')
    const before = exons[i - 1]
    const inOrder =
      before === undefined || (strand === '+' ? before.end <= exon.start : exon.end <= before.start)
    if (!inOrder) throw malformed(where, build, 'its exons are not in the order of the genome')
  })
  const { start_codon: start, stop_codon: end } = record
  const coding = typeof start === 'number' && typeof end === 'number'
  if (
    coding &&
    !(
      Number.isSafeInteger(start) &&
      Number.isSafeInteger(end) &&
      start >= 0 &&
      start < end &&
      end <= exons.at(-1)!.transcriptEnd
    )
  ) {
    throw malformed(where, build, 'its coding sequence lies outside')
  }
  return {
    id: text(record.id) ?? key,
    gene: {
      symbol: text(record.gene_name),
      id: text(record.gene_version),
      hgnc:
        record.hgnc === undefined || record.hgnc === null
          ? undefined
          : `HGNC:${String(record.hgnc).replace(/^HGNC:/, '')}`,
    },
    biotype: text([record.biotype].flat()[0]) ?? (coding ? 'protein_coding' : 'transcript'),
    assembly: assemblyOf(build),
    contig,
    strand: strand === '+' ? 1 : -1,
    exons,
    cds: coding ? { start, end, phase: 0, startKnown: true, endKnown: true } : undefined,
    protein: text(record.protein),
    tags: tagsOf(text(alignment.tag) ?? ''),
  }
}

/** A field that ought to be text; another kind of value says nothing. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function exonOf(exon: NonNullable<CdotAlignment['exons']>[number], where: string): Exon {
  const [start, end, , first, last, gap] = Array.isArray(exon) ? exon : []
  if (![start, end, first, last].every((one) => Number.isSafeInteger(one) && one! >= 0) || !(start! < end!)) {
    throw malformed(where, 'exon', JSON.stringify(exon).slice(0, 80))
  }
  return {
    start: start!,
    end: end!,
    transcriptStart: first! - 1,
    transcriptEnd: last!,
    cigar: typeof gap === 'string' && gap !== '' ? cigarOf(gap, where) : undefined,
  }
}

/** An exon and its alignment have the same bases. */
function checkAlignment({ start, end, transcriptStart, transcriptEnd, cigar }: Exon, where: string): void {
  let [transcript, genome] = cigar === undefined ? [end - start, end - start] : [0, 0]
  for (const [, digits, operation] of (cigar ?? '').matchAll(/([0-9]+)([MID])/g)) {
    if (operation !== 'D') transcript += Number(digits)
    if (operation !== 'I') genome += Number(digits)
  }
  if (transcript !== transcriptEnd - transcriptStart || genome !== end - start) {
    throw malformed(
      where,
      'exon',
      `${start + 1}-${end} and its alignment do not have the same number of bases`,
    )
  }
}

/** "M196 I1 M61" as "196M1I61M": "I" is a base that only the transcript has, in GFF3 and here. */
function cigarOf(gap: string, where: string): string {
  const parts = gap.trim().split(/\s+/)
  if (!parts.every((part) => /^[MID][0-9]{1,9}$/.test(part))) throw malformed(where, 'gap', gap.slice(0, 80))
  return parts.map((part) => `${part.slice(1)}${part[0]}`).join('')
}

function assemblyOf(build: string): Assembly | undefined {
  if (/^(GRCh37|hg19)/i.test(build)) return 'GRCh37'
  return /^(GRCh38|hg38)/i.test(build) ? 'GRCh38' : undefined
}

function tagsOf(text: string): readonly TranscriptTag[] {
  const found = text.split(',').map((tag) => tag.trim().replaceAll('_', ' ').toLowerCase())
  const all: readonly TranscriptTag[] = [
    'MANE Select',
    'MANE Plus Clinical',
    'Ensembl canonical',
    'RefSeq Select',
  ]
  return all.filter((tag) => found.includes(tag.toLowerCase()))
}

function malformed(where: string, what: string, why: string): Fault {
  return new Fault(
    'CDOT_MALFORMED',
    where,
    `the record cannot be read: ${what}: ${why}`,
    'Give a cdot JSON release file as its project publishes it.',
  )
}
