import type { Assembly } from '../../terms/genome.ts'
import type { CodingSequence, Exon, Transcript, TranscriptTag } from '../../variant/transcript.ts'
import type { Feature } from './feature.ts'

/** What one file says of a gene. */
export interface GeneLine {
  readonly id: string
  readonly symbol: string | undefined
  readonly hgnc: string | undefined
  readonly biotype: string | undefined
}

/** A transcript with what lies below it. */
export interface TranscriptParts {
  readonly feature: Feature
  readonly gene: GeneLine | undefined
  readonly exons: readonly Feature[]
  readonly cds: readonly Feature[]
  /** The file has lines of untranslated parts for it. */
  readonly listsUtr: boolean
}

/** Why a transcript of a file is not used. */
export type Unusable =
  | 'strand not given'
  | 'exons overlap'
  | 'CDS lies outside the exons'
  | 'aligned with gaps'

/** Builds one transcript; says why not where its parts do not fit together. */
export function buildTranscript(
  parts: TranscriptParts,
  assembly: Assembly | undefined,
): Transcript | Unusable {
  const { feature, gene } = parts
  const strand = feature.strand
  if (strand === undefined) return 'strand not given'
  // Files of bacteria list a CDS alone, and short files a transcript alone: then that is its one exon.
  const rows = [parts.exons, parts.cds, [feature]].find((one) => one.length > 0)!
  if ((feature.attributes.get('exception') ?? '').includes('transcript or proteomic'))
    return 'aligned with gaps'
  const exons = exonsOf(rows, strand)
  if (exons === undefined) return 'exons overlap'
  const cds = parts.cds.length === 0 ? undefined : codingSequence(parts, exons, strand)
  if (cds === 'outside') return 'CDS lies outside the exons'
  const attributes = feature.attributes
  return {
    id: transcriptId(attributes),
    gene: {
      symbol: gene?.symbol ?? attributes.get('gene') ?? attributes.get('gene_name'),
      id: gene?.id ?? attributes.get('gene_id')?.replace(/\.\d+$/, ''),
      hgnc: gene?.hgnc,
    },
    biotype: biotypeOf(feature, gene, parts.cds.length > 0),
    assembly,
    contig: feature.contig,
    strand,
    exons,
    cds,
    protein: proteinOf(parts.cds),
    tags: tagsOf(attributes),
    ...(isEnsembl(attributes) && !parts.listsUtr ? { utrNotListed: true as const } : {}),
  }
}

/** Undefined when two exons overlap. */
function exonsOf(rows: readonly Feature[], strand: 1 | -1): Exon[] | undefined {
  const sorted = [...rows].sort((a, b) => (a.start - b.start) * strand)
  const exons: Exon[] = []
  let at = 0
  for (const [i, row] of sorted.entries()) {
    const before = sorted[i - 1]
    if (before !== undefined && row.start < before.end && before.start < row.end) return undefined
    const length = row.end - row.start
    exons.push({
      start: row.start,
      end: row.end,
      transcriptStart: at,
      transcriptEnd: at + length,
      cigar: undefined,
    })
    at += length
  }
  return exons
}

function codingSequence(
  parts: TranscriptParts,
  exons: readonly Exon[],
  strand: 1 | -1,
): CodingSequence | 'outside' {
  const sorted = [...parts.cds].sort((a, b) => (a.start - b.start) * strand)
  const first = sorted[0]!
  const last = sorted[sorted.length - 1]!
  const start = transcriptPlace(exons, strand, strand === 1 ? first.start : first.end - 1)
  const end = transcriptPlace(exons, strand, strand === 1 ? last.end - 1 : last.start)
  if (start === undefined || end === undefined) return 'outside'
  const length = sorted.reduce((sum, one) => sum + one.end - one.start, 0)
  if (length !== end + 1 - start) return 'outside'
  const phase = first.phase ?? 0
  const tags = parts.feature.attributes.get('tag') ?? ''
  return {
    start,
    end: end + 1,
    phase,
    startKnown: phase === 0 && !tags.includes('cds_start_NF'),
    endKnown: (length - phase) % 3 === 0 && !tags.includes('cds_end_NF'),
  }
}

/** Place in the transcript of a base of the genome, both counted from 0. */
function transcriptPlace(exons: readonly Exon[], strand: 1 | -1, base: number): number | undefined {
  const exon = exons.find(({ start, end }) => base >= start && base < end)
  if (exon === undefined) return undefined
  return exon.transcriptStart + (strand === 1 ? base - exon.start : exon.end - 1 - base)
}

/** Ensembl's own GFF3, which lists five_prime_UTR and three_prime_UTR; NCBI's lists none. */
function isEnsembl(attributes: ReadonlyMap<string, string>): boolean {
  return attributes.get('ID')?.startsWith('transcript:') === true
}

/** "ENST00000380152.8", "NM_000059.4". */
function transcriptId(attributes: ReadonlyMap<string, string>): string {
  const stated = attributes.get('transcript_id') ?? attributes.get('ID') ?? ''
  const id = stated.replace(/^(transcript:|rna-)/, '')
  const version = attributes.get('version')
  return version !== undefined && /^\d+$/.test(version) && !id.includes('.') ? `${id}.${version}` : id
}

const BIOTYPES: Readonly<Record<string, string>> = {
  mRNA: 'protein_coding',
  lnc_RNA: 'lncRNA',
  NMD_transcript_variant: 'nonsense_mediated_decay',
  aberrant_processed_transcript: 'processed_transcript',
}

function biotypeOf(feature: Feature, gene: GeneLine | undefined, coding: boolean): string {
  const { attributes, type } = feature
  const stated =
    attributes.get('biotype') ?? attributes.get('transcript_type') ?? attributes.get('gene_biotype')
  if (stated !== undefined) return stated
  if (coding && (type === 'transcript' || type === 'mRNA')) return 'protein_coding'
  return BIOTYPES[type] ?? (type === 'transcript' ? (gene?.biotype ?? 'transcript') : type)
}

function proteinOf(cds: readonly Feature[]): string | undefined {
  const attributes = cds[0]?.attributes
  return attributes?.get('protein_id') ?? attributes?.get('ID')?.replace(/^(CDS:|cds-)/, '')
}

function tagsOf(attributes: ReadonlyMap<string, string>): TranscriptTag[] {
  const tag = (attributes.get('tag') ?? '').replaceAll('_', ' ').toLowerCase()
  const tags: TranscriptTag[] = []
  if (tag.includes('mane select')) tags.push('MANE Select')
  if (tag.includes('mane plus clinical')) tags.push('MANE Plus Clinical')
  if (tag.includes('ensembl canonical')) tags.push('Ensembl canonical')
  if (tag.includes('refseq select')) tags.push('RefSeq Select')
  return tags
}
