import type { SiteNotes, TranscriptNote } from '../../../record/family-variant.ts'
import type { SomaticVariant } from '../../../record/tumor-profile.ts'

/** From worst to mildest, as Ensembl orders consequences; what is not listed is milder. */
const SEVERITY = [
  ...['transcript_ablation', 'splice_acceptor_variant', 'splice_donor_variant', 'stop_gained'],
  ...['frameshift_variant', 'stop_lost', 'start_lost', 'transcript_amplification', 'inframe_insertion'],
  ...['inframe_deletion', 'missense_variant', 'protein_altering_variant', 'splice_region_variant'],
  ...['incomplete_terminal_codon_variant', 'stop_retained_variant', 'synonymous_variant'],
  ...['coding_sequence_variant', '5_prime_UTR_variant', '3_prime_UTR_variant', 'intron_variant'],
]

/** The variant as the annotation of its file names it, on the transcript that the file prefers, else the one worst hit. */
export function annotatedVariant(
  notes: SiteNotes,
  assembly: SomaticVariant['assembly'],
  place: SomaticVariant['place'],
  told: boolean,
): SomaticVariant {
  const [first] = [...notes.transcripts].sort(
    (a, b) => Number(far(a)) - Number(far(b)) || b.preference - a.preference || severity(a) - severity(b),
  )
  const { frequency, scores } = notes
  const annotation = {
    ...(frequency === undefined
      ? {}
      : {
          population: {
            frequency: frequency.value,
            absent: frequency.value === 0,
            populations: frequency.kind === 'filtering' || /popmax|grpmax|max_af/.test(frequency.field),
            source: `INFO ${frequency.field} of the file`,
          },
        }),
    ...(scores.length === 0
      ? {}
      : {
          scores: scores.map(({ tool, value, field }) => ({
            tool,
            value,
            source: `INFO ${field} of the file`,
          })),
        }),
  }
  return {
    gene: first?.gene,
    assembly,
    place,
    hgvsP: first?.hgvsP,
    ...(first?.hgvsC === undefined ? {} : { hgvsC: first.hgvsC }),
    ...(first?.transcript === undefined ? {} : { transcript: first.transcript }),
    // An annotated file that names no transcript here says that there is none.
    consequences: first?.consequences ?? (told ? ['intergenic_variant'] : []),
    exon: first?.exon,
    ...(Object.keys(annotation).length === 0 ? {} : { annotation }),
  }
}

/** A neighbour is not the gene of the variant, whatever the file prefers of it. */
function far({ consequences }: TranscriptNote): boolean {
  return consequences.every((one) => /^(up|down)stream_gene_variant$|^intergenic/.test(one))
}

function severity({ consequences }: TranscriptNote): number {
  return Math.min(
    SEVERITY.length,
    ...consequences.map((one) => SEVERITY.indexOf(one)).filter((place) => place >= 0),
  )
}
