import type { FamilyVariant, TranscriptNote } from '../../../record/family-variant.ts'
import type { GermlineVariant } from '../../finding/germline.ts'
import { isNullTerm, severityOf } from '../criteria/consequence.ts'
import type { LossEvidence, VariantEvidence } from '../evidence.ts'

/**
 * The transcript a variant is read by: MANE Select or canonical ones before others where the file marks any; of those the most
 * severely hit.
 */
function chosenTranscript(notes: readonly TranscriptNote[]): TranscriptNote | undefined {
  const marked = notes.filter(({ preference }) => preference > 0)
  return [...(marked.length > 0 ? marked : notes)].sort(
    (a, b) => severityOf(a.consequences) - severityOf(b.consequences) || b.preference - a.preference,
  )[0]
}

function germlineVariant(variant: FamilyVariant): GermlineVariant {
  const { assembly, chromosome, position, ref, alt, notes } = variant
  const chosen = chosenTranscript(notes.transcripts)
  return {
    assembly,
    chromosome,
    position,
    ref,
    alt,
    gene: chosen?.gene,
    transcript: chosen?.transcript,
    hgvsC: chosen?.hgvsC,
    hgvsP: chosen?.hgvsP,
    consequences: chosen?.consequences ?? [],
  }
}

/**
 * The evidence that the file itself carries about a variant. `absentFrom`: a source of frequencies of which the user says that it
 * covers the file, so that a variant without a frequency is absent from it; otherwise no frequency is no knowledge.
 */
export function evidenceOf(variant: FamilyVariant, absentFrom: string | undefined): VariantEvidence {
  const { frequency, scores } = variant.notes
  const chosen = chosenTranscript(variant.notes.transcripts)
  const loss = chosen && lossOf(chosen, transcriptsOf(chosen, variant.notes.transcripts))
  const population =
    frequency !== undefined
      ? {
          ...(frequency.kind === 'filtering'
            ? { filteringFrequency: frequency.value }
            : { frequency: frequency.value }),
          source: `VCF field ${frequency.field}`,
        }
      : absentFrom !== undefined
        ? { absent: true, source: absentFrom }
        : undefined
  return {
    variant: germlineVariant(variant),
    ...(population === undefined ? {} : { population }),
    ...(scores.length === 0
      ? {}
      : { scores: scores.map(({ tool, value, field }) => ({ tool, value, source: `VCF field ${field}` })) }),
    ...(loss === undefined ? {} : { loss }),
  }
}

/**
 * What the place in the transcript says of the loss: decay where an exon follows the next one, none in the last exon or in a
 * single one; in the last but one it depends on the distance to its end, which the file does not tell (50 bases, Abou Tayoun 2018).
 */
function lossOf(
  { exon, protein, escapesDecay, transcript, consequences }: TranscriptNote,
  transcripts: LossEvidence['transcripts'],
): LossEvidence | undefined {
  const source = `${transcript ?? 'transcript'}${exon === undefined ? '' : `, exon ${exon.number} of ${exon.of}`}`
  const among = transcripts === undefined ? {} : { transcripts }
  const truncates = consequences.includes('stop_gained') || consequences.includes('frameshift_variant')
  if (!truncates) return transcripts === undefined ? undefined : { transcripts, source }
  const byExon =
    exon === undefined || exon.number === exon.of - 1
      ? undefined
      : exon.number >= exon.of
        ? ('escapes' as const)
        : ('predicted' as const)
  const nmd =
    escapesDecay === undefined ? byExon : escapesDecay ? ('escapes' as const) : (byExon ?? 'predicted')
  const share = protein && (protein.length - protein.at + 1) / protein.length
  if (nmd === undefined && share === undefined && transcripts === undefined) return undefined
  return {
    ...among,
    ...(nmd === undefined ? {} : { nmd }),
    ...(share === undefined ? {} : { proteinShare: Number(share.toFixed(3)) }),
    source,
  }
}

/** Consequences of transcripts that the change does not lie in, or that make no protein. */
const BESIDE = /^(upstream|downstream)_gene_variant$|^non_coding|^NMD_transcript_variant$|^intergenic/

/**
 * Of a change that is a loss in a transcript which nothing marks: in how many of the gene's transcripts it is one. Undefined where it is
 * one in all of them, or where MANE Select or the canonical transcript says what counts.
 */
function transcriptsOf(
  chosen: TranscriptNote,
  notes: readonly TranscriptNote[],
): LossEvidence['transcripts'] {
  if (chosen.preference > 0) return undefined
  const own = notes.filter(
    ({ gene, consequences }) => gene === chosen.gene && !consequences.some((term) => BESIDE.test(term)),
  )
  const lost = own.filter(({ consequences }) => isNullTerm(consequences))
  return lost.length === 0 || lost.length === own.length ? undefined : { lost: lost.length, of: own.length }
}
