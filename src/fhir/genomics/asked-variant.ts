import { Fault } from '../../terms/fault.ts'
import { describe } from '../../variant/describe/describe.ts'
import { gapSentence } from '../../variant/describe/gap-sentence.ts'
import type { NameGap } from '../../variant/sequence-change.ts'
import { type Edit, malformed, readEdit } from './edit.ts'
import type { Genome } from './genome.ts'
import { widened } from './same-edit.ts'

/** SPDI or HGVS of a chromosome: its place needs no transcript. */
const ON_CHROMOSOME = /^NC_\d+\.\d+:([gm]\.|\d)/

/**
 * What an expression changes on the genome: one edit for each assembly that its transcript is aligned to, by the site's own
 * transcripts and sequence. Another version of a transcript is another sequence, and never stands in for it. Throws
 * VARIANT_MALFORMED, VARIANT_NOT_NORMALISED, and the HGVS_… and SPDI_… faults of an expression that contradicts its reference.
 */
export function readVariant(text: string, { sources }: Genome): readonly Edit[] {
  if (ON_CHROMOSOME.test(text)) return [widened(readEdit(text), sources.sequences)]
  const { genome, because } = described(text, sources)
  const edits: Edit[] = []
  const gaps: NameGap[] = [...because]
  for (const { sequence, spdi } of genome) {
    if (!spdi.known) gaps.push(...spdi.because)
    else if (sequence.startsWith('NC_')) edits.push({ ...readEdit(spdi.value), whole: true })
  }
  if (edits.length > 0) return edits
  const [gap] = gaps
  throw new Fault(
    'VARIANT_NOT_NORMALISED',
    'variants',
    `the place of "${text}" on the genome is not known here: ${gap === undefined ? 'it names no sequence' : gapSentence(gap)}`,
    MEND[gap?.kind ?? ''] ?? 'Send the genomic expression (NC_…:g. or SPDI).',
  )
}

const MEND: Readonly<Record<string, string>> = {
  'no-transcript':
    'Send the genomic expression (NC_…:g. or SPDI), or set GARROD_TRANSCRIPTS to a file that has this transcript.',
  'not-aligned':
    'Send the genomic expression (NC_…:g. or SPDI), or set GARROD_TRANSCRIPTS to a file that has this alignment.',
  'no-sequence':
    'Send the genomic expression (NC_…:g. or SPDI), or set GARROD_REFERENCE to the FASTA of the assembly.',
  'bases-unknown':
    'Send the genomic expression (NC_…:g. or SPDI), or set GARROD_REFERENCE to the FASTA of the assembly.',
}

function described(text: string, sources: Genome['sources']) {
  try {
    return describe(text, sources, { transcripts: [] })
  } catch (error) {
    if (error instanceof Fault && /^(HGVS|SPDI)_SYNTAX$|^VCF_|^VRS_|^NAME_/.test(error.code))
      throw malformed(text)
    throw error
  }
}
