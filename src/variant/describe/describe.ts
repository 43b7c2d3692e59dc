import type { NucleotideExpression, ProteinExpression } from '../hgvs/expression.ts'
import { formatHgvs } from '../hgvs/format.ts'
import { readAskedHgvs } from '../hgvs/read-asked.ts'
import { isTranscriptAccession } from '../hgvs/sequence-kind.ts'
import { onSequence } from '../projection/on-sequence.ts'
import { onTranscript } from '../projection/on-transcript.ts'
import { shifted } from '../projection/shifted.ts'
import { alignmentsOf, type NameSources } from '../projection/sources.ts'
import { toGenome } from '../projection/to-genome.ts'
import { toTranscript } from '../projection/to-transcript.ts'
import { TranscriptMap } from '../projection/transcript-map.ts'
import type { PlacedChange, WrittenChange } from '../projection/written-change.ts'
import { type Named, type NameGap, trimmed } from '../sequence-change.ts'
import { looksLikeSpdi } from '../spdi/spdi.ts'
import { span } from '../transcript.ts'
import { looksLikeVcf } from '../vcf-allele.ts'
import { changeOf } from '../vrs/change-of.ts'
import { readVrs, type VrsIdentity } from '../vrs/read-vrs.ts'
import { checkProtein } from './check-protein.ts'
import { chromosomeMeant, isBareChromosome } from './chromosome-meant.ts'
import { type SequenceNames, sequenceNames } from './genome-names.ts'
import { spdiChange, vcfChange } from './stated-change.ts'
import { rnaNames, type TranscriptNames, transcriptNames } from './transcript-names.ts'

/** What is asked beside the expression. */
interface Question {
  /** Only these transcripts, by id with or without version; empty: the expression's own, or all that the change touches. */
  readonly transcripts: readonly string[]
}

/** Everything that one expression is also called. */
export interface Description {
  readonly asked: string
  readonly kind: 'HGVS' | 'SPDI' | 'VCF' | 'VRS'
  /** The expression as its standard writes it, not shifted. */
  readonly written: string
  /** Of a VRS object: its own identifier, of which one that is not normalised has another, and what that is made of. */
  readonly vrs?: Pick<VrsIdentity, 'identifier' | 'serialized'>
  /** Names on genomic sequences, one for each that a transcript is aligned to. */
  readonly genome: readonly SequenceNames[]
  readonly transcripts: readonly TranscriptNames[]
  /** Why something above is missing, each reason once. */
  readonly because: readonly NameGap[]
}

/**
 * Reads an expression in HGVS, SPDI or VCF, or a VRS 2 object, and says what else it is called. Throws coded faults where the expression does not
 * follow its grammar or contradicts its reference.
 */
export function describe(text: string, sources: NameSources, question: Question): Description {
  const asked = text.trim()
  if (asked.startsWith('{')) return ofVrs(asked, sources, question)
  if (looksLikeVcf(asked))
    return ofSequence(asked, 'VCF', asked, vcfChange(asked, sources), sources, question)
  if (looksLikeSpdi(asked))
    return ofSequence(asked, 'SPDI', asked, spdiChange(asked, sources), sources, question)
  const expression = readAskedHgvs(asked)
  if (expression.type === 'p') return ofProtein(asked, expression, sources)
  if (expression.alleles !== undefined) {
    const what = 'several changes in one expression: ask for each by itself'
    return bare(asked, formatHgvs(expression), [{ kind: 'not-exact', what }])
  }
  if (countsAlongTranscript(expression, sources)) return ofTranscript(asked, expression, sources, question)
  const change = onSequence(ofOneBuild(asked, expression, sources), sources.sequences, shown(asked))
  return ofSequence(asked, 'HGVS', formatHgvs(expression), change, sources, question)
}

/** The expression in a message: as it was asked, not as it would be written. */
function shown(asked: string): string {
  return asked.length > 120 ? `"${asked.slice(0, 117)}…"` : `"${asked}"`
}

/** "chr1:g." by the accession of the build that is meant; a file's own spelling stays. */
function ofOneBuild(
  asked: string,
  expression: NucleotideExpression,
  sources: NameSources,
): NucleotideExpression {
  const { accession } = expression
  if (accession === undefined || !isBareChromosome(accession)) return expression
  if (sources.sequences.contigs.some((one) => one.name === accession)) return expression
  const contig = chromosomeMeant(accession, asked, sources)
  return contig === undefined ? expression : { ...expression, accession: contig.refseq ?? contig.name }
}

function ofVrs(asked: string, sources: NameSources, question: Question): Description {
  const { object, identifier, serialized } = readVrs(asked)
  const change = changeOf(object, sources.sequences)
  const names = ofSequence(asked, 'VRS', identifier ?? object.type, change, sources, question)
  return { ...names, vrs: { identifier, serialized } }
}

function bare(asked: string, written: string, because: readonly NameGap[]): Description {
  return { asked, kind: 'HGVS', written, genome: [], transcripts: [], because }
}

function countsAlongTranscript(
  { type, accession, selector }: NucleotideExpression,
  { transcripts }: NameSources,
): boolean {
  if (type === 'c' || type === 'r') return true
  if (type !== 'n') return false
  return (
    transcripts.byId(accession ?? '').length > 0 ||
    (selector !== undefined && transcripts.byId(selector).length > 0)
  )
}

function ofProtein(asked: string, expression: ProteinExpression, sources: NameSources): Description {
  checkProtein(expression, sources, shown(asked))
  const what =
    expression.change.kind === 'unknown'
      ? 'what happens to the protein is not known, and any change of the gene may be meant'
      : 'a change of the protein may come from several changes of the gene'
  return bare(asked, formatHgvs(expression), [{ kind: 'not-exact', what }])
}

function ofSequence(
  asked: string,
  kind: Description['kind'],
  written: string,
  change: Named<WrittenChange>,
  sources: NameSources,
  question: Question,
): Description {
  if (!change.known) return { asked, kind, written, genome: [], transcripts: [], because: change.because }
  const own = ownTranscript(change.value, sources)
  if (own !== undefined) return { ...placedDescription(asked, written, own, sources, question), kind }
  const genome = sequenceNames(change.value, sources.sequences, written.includes(':n.') ? 'n' : undefined)
  const transcripts = touched(change.value, sources, question).flatMap((map) => {
    const placed = withinTranscript(change.value, map, sources)
    const names = placed && transcriptNames(placed, change, sources.sequences)
    return names === undefined || liesOutside(names) ? [] : [names]
  })
  return { asked, kind, written, genome: [genome], transcripts, because: reasons([genome], transcripts, []) }
}

/** From here on a copy is a structural variant, in bases. Source: VCF 4.5 and dbVar, which begin at 50. */
const LONG_COPY = 50

/** Without the bases that stay nothing of it lies in the transcript. */
function liesOutside({ hgvs }: TranscriptNames): boolean {
  return !hgvs.known && hgvs.because.some(({ kind }) => kind === 'outside-transcript')
}

/**
 * Where a transcript has a change: as it is written or, where that reaches over the transcript's end with bases that stay (the
 * anchor of a VCF record, the context of an SPDI), as it lies furthest to either side. Not of a long copy: one that begins outside the
 * transcript brings a second start or end of the gene, which an insertion inside it does not say.
 */
function withinTranscript(
  change: WrittenChange,
  map: TranscriptMap,
  { sequences }: NameSources,
): PlacedChange | undefined {
  const asWritten = toTranscript(change, map, sequences)
  if (asWritten.known) return asWritten.value
  const { deleted, inserted } = trimmed(change)
  if (inserted.length - deleted.length >= LONG_COPY) return undefined
  for (const towards of [1, -1] as const) {
    const moved = shifted(change, sequences, towards, span(map.transcript))
    const placed = moved.known ? toTranscript(moved.value, map, sequences) : moved
    if (placed.known) return placed.value
  }
  return undefined
}

/** An SPDI may stand on a transcript. */
function ownTranscript(change: WrittenChange, sources: NameSources): PlacedChange[] | undefined {
  const maps = alignmentsOf(change.sequence, sources)
  if (!maps.known) return undefined
  const { start, deleted, inserted, form } = change
  const places =
    deleted === ''
      ? { start: { base: start - 1, offset: 0 }, end: { base: start, offset: 0 } }
      : { start: { base: start, offset: 0 }, end: { base: start + deleted.length - 1, offset: 0 } }
  return maps.value.map((map) => ({ map, ...places, deleted, inserted, form }))
}

/** Transcripts that a change of the genome lies in, those of the MANE set first. */
function touched(
  { sequence, start, deleted }: WrittenChange,
  sources: NameSources,
  question: Question,
): TranscriptMap[] {
  const contig = sources.sequences.contig(sequence)
  const names = new Set([sequence, contig?.name, contig?.refseq].filter((name) => name !== undefined))
  const wanted = question.transcripts
  const found = [...names].flatMap((name) =>
    sources.transcripts.overlapping(name, start - 1, start + Math.max(1, deleted.length) + 1),
  )
  // A name such as "1" may mean a chromosome of another build.
  const here = found.filter((one) => {
    const its = sources.sequences.contig(one.contig)
    return names.has(one.contig) || (its?.refseq !== undefined && names.has(its.refseq))
  })
  const chosen = [...new Set(here)].filter(
    ({ id }) => wanted.length === 0 || wanted.includes(id) || wanted.includes(id.replace(/\.[0-9]+$/, '')),
  )
  return chosen
    .sort((a, b) => b.tags.length - a.tags.length || (a.id < b.id ? -1 : 1))
    .map((one) => new TranscriptMap(one))
}

function ofTranscript(
  asked: string,
  expression: NucleotideExpression,
  sources: NameSources,
  question: Question,
): Description {
  const { accession, selector } = expression
  const written = formatHgvs(expression)
  if (accession === undefined) {
    return bare(asked, written, [{ kind: 'not-exact', what: 'the expression names no sequence' }])
  }
  const inner =
    selector !== undefined &&
    (isTranscriptAccession(selector) || sources.transcripts.byId(selector).length > 0)
  const maps = alignmentsOf(inner ? selector : accession, sources)
  if (!maps.known) return bare(asked, written, maps.because)
  const fitting = inner
    ? maps.value.filter(
        (map) =>
          sources.sequences.contig(map.transcript.contig)?.refseq === accession ||
          map.transcript.contig === accession,
      )
    : maps.value
  if (fitting.length === 0)
    return bare(asked, written, [{ kind: 'not-aligned', transcript: selector!, to: accession }])
  const placed: PlacedChange[] = []
  const because: NameGap[] = []
  for (const map of fitting) {
    const one = onTranscript(expression, map, sources.sequences, shown(asked))
    if (one.known) placed.push(one.value)
    else because.push(...one.because)
  }
  if (placed.length === 0) return bare(asked, written, because)
  const asIf = [
    ...versionTaken(inner ? selector : accession, placed[0]!),
    ...(inner || selector === undefined ? [] : otherGene(selector, placed[0]!)),
  ]
  const names =
    expression.type === 'r'
      ? ofRna(asked, written, placed, expression.change.predicted, sources)
      : placedDescription(asked, written, placed, sources, question)
  return { ...names, because: [...names.because, ...asIf] }
}

/** A transcript asked for without its version is the only one given, which is told: another version counts other bases. */
function versionTaken(asked: string, { map }: PlacedChange): readonly NameGap[] {
  const { id } = map.transcript
  return id === asked ? [] : [{ kind: 'version-taken', asked, transcript: id }]
}

function otherGene(asked: string, { map }: PlacedChange): readonly NameGap[] {
  const { id, gene } = map.transcript
  if (gene.symbol === undefined || gene.symbol.toUpperCase() === asked.toUpperCase()) return []
  return [{ kind: 'other-gene', asked, transcript: id, gene: gene.symbol }]
}

/** What RNA has may come from its splicing or editing: which change of the gene it was is not told by it. */
function ofRna(
  asked: string,
  written: string,
  placed: readonly PlacedChange[],
  predicted: boolean,
  { sequences }: NameSources,
): Description {
  const all = placed.map((one) => rnaNames(one, sequences, predicted))
  const transcripts = [all.find(({ hgvs }) => hgvs.known) ?? all[0]!]
  const because = reasons([], transcripts, [
    { kind: 'not-exact', what: 'a change of the RNA may come from several changes of the gene' },
  ])
  return { asked, kind: 'HGVS', written, genome: [], transcripts, because }
}

function placedDescription(
  asked: string,
  written: string,
  placed: readonly PlacedChange[],
  sources: NameSources,
  question: Question,
): Description {
  const genome: SequenceNames[] = []
  const transcripts: TranscriptNames[] = []
  const because: NameGap[] = []
  for (const one of placed) {
    const change = toGenome(one, sources.sequences)
    const own = transcriptNames(one, change, sources.sequences)
    // Alignments to several builds say the same of the transcript; the one whose bases are known says most.
    if (transcripts.length === 0) transcripts.push(own)
    else if (!transcripts[0]!.hgvs.known && own.hgvs.known) transcripts[0] = own
    if (!change.known) {
      because.push(...change.because)
      continue
    }
    genome.push(sequenceNames(change.value, sources.sequences))
    if (question.transcripts.length === 0) continue
    for (const map of touched(change.value, sources, question)) {
      const other = toTranscript(change.value, map, sources.sequences)
      if (
        other.known &&
        map.transcript.id !== one.map.transcript.id &&
        !transcripts.some((had) => had.transcript === map.transcript.id)
      ) {
        transcripts.push(transcriptNames(other.value, change, sources.sequences))
      }
    }
  }
  return { asked, kind: 'HGVS', written, genome, transcripts, because: reasons(genome, transcripts, because) }
}

function reasons(
  genome: readonly SequenceNames[],
  transcripts: readonly TranscriptNames[],
  more: readonly NameGap[],
): readonly NameGap[] {
  const answers: Named<unknown>[] = [
    ...genome.flatMap(({ hgvs, spdi, vrs, vcf }) => [hgvs, spdi, vrs, vcf]),
    ...transcripts.flatMap(({ hgvs, protein }) => [hgvs, protein]),
  ]
  const all = [...more, ...answers.flatMap((one) => (one.known ? [] : one.because))]
  const seen = new Map(all.map((gap) => [JSON.stringify(gap), gap]))
  return [...seen.values()].filter((gap) => gap.kind !== 'not-coding')
}
