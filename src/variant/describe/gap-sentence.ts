import { isTranscriptAccession } from '../hgvs/sequence-kind.ts'
import type { NameGap } from '../sequence-change.ts'

/** Why there is no name, as a reader would say it, with what would help. */
export function gapSentence(gap: NameGap): string {
  switch (gap.kind) {
    case 'no-sequence':
      return `no file given has the sequence ${gap.sequence}`
    case 'bases-unknown':
      return `the bases of ${gap.sequence} around ${gap.start + 1}_${Math.max(gap.start + 1, gap.end)} are not known: give the sequence`
    case 'no-transcript':
      return gap.others.length === 0
        ? isTranscriptAccession(gap.transcript)
          ? `no file given has the transcript ${gap.transcript}`
          : `no file given has ${gap.transcript} as a transcript: name one with its version, as "NM_000059.4:c.…"`
        : `no file given has the transcript ${gap.transcript}, only ${gap.others.join(', ')}: another version is another sequence`
    case 'version-taken':
      return `${gap.asked} names no version: it is read as ${gap.transcript}, the only one given`
    case 'other-gene':
      return `the expression names ${gap.asked}, and ${gap.transcript} is of ${gap.gene}: check the transcript, or the symbol where a gene was renamed`
    case 'not-aligned':
      return `${gap.transcript} is not aligned to ${gap.to}`
    case 'transcript-differs':
      return `the genome has other bases there than the expression names: either is wrong, or ${gap.transcript} differs from the genome: give its sequence`
    case 'not-coding':
      return `${gap.transcript} has no coding sequence`
    case 'not-one-protein':
      return `the coding sequence of ${gap.transcript} does not read as one protein: ${gap.why}. If its bases are those of the genome, give its own sequence`
    case 'outside-transcript':
      return `it lies outside ${gap.transcript}`
    case 'across-origin':
      return 'it runs over the origin of a circular sequence, where neither SPDI nor VCF can write it as one change'
    case 'not-exact':
      return `the expression is not exact: ${gap.what}`
    case 'too-long':
      return `it spans ${gap.bases} bases, more than the ${gap.most} that one answer reads`
    case 'no-digest':
      return `no digest of the whole sequence ${gap.sequence} is known`
    case 'only-if-repeat':
      return `the same only if ${gap.sequence} repeats every ${gap.unit} ${gap.unit === 1 ? 'base' : 'bases'} in ${gap.start + 1}_${gap.end}: give the sequence`
    case 'no-common-sequence':
      return `nothing given relates ${gap.one} to ${gap.other}`
  }
}
