import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { uncompressed } from '../../intake/compression.ts'
import { openFasta } from '../../intake/fasta/fasta.ts'
import { readGff3 } from '../../intake/gff3/gff3.ts'
import { computedEffects } from '../../intake/tumor/profile/computed-effects.ts'
import { genesOfSegments } from '../../intake/tumor/profile/segment-genes.ts'
import type { TumorCuts } from '../../intake/tumor/tumor-format.ts'
import { assemblies } from '../../knowledge/assemblies.ts'
import type { Facts } from '../../knowledge/facts.ts'
import type { ReceivedTumor } from '../../record/tumor-part.ts'
import { Fault } from '../../terms/fault.ts'
import { fileFault } from '../../terms/file-fault.ts'
import { howMany } from '../../terms/how-many.ts'
import type { NameSources } from '../../variant/projection/sources.ts'
import type { Arguments } from '../command.ts'
import { genesOnChromosomes } from '../vcf/genes-on-fasta.ts'
import { tumorCuts } from './tumor-cuts.ts'

/**
 * What --fasta-ref and --gff-annot add: consequences of variants that their file does not annotate, and calls of genes from
 * segments. Throws USAGE_TRANSCRIPTS when one of the two is missing, GENES_BUILD, and the faults of the files.
 */
export async function withReference(
  tumors: readonly ReceivedTumor[],
  input: Arguments,
  facts: Facts,
): Promise<readonly ReceivedTumor[]> {
  const [fasta, gff] = [input.text('fasta-ref'), input.text('gff-annot')]
  if (fasta === undefined && gff === undefined) return tumors
  if (fasta === undefined || gff === undefined)
    throw new Fault(
      'USAGE_TRANSCRIPTS',
      fasta === undefined ? '--fasta-ref' : '--gff-annot',
      'a sequence and its transcripts are needed together',
      'Give --fasta-ref FASTA and --gff-annot GFF3 of the build of the files.',
    )
  const { sequences: chromosomes } = assemblies(facts)
  const sequences = openFasta(fasta, chromosomes)
  try {
    const name = basename(gff)
    const genes = await readGff3(
      name,
      uncompressed(createReadStream(gff, { highWaterMark: 1 << 20 }), name),
    ).catch((error: unknown) => {
      throw fileFault(error, gff)
    })
    const transcripts = genesOnChromosomes(genes.transcripts, sequences, chromosomes)
    return tumors.map((tumor) => completed(tumor, { sequences, transcripts }, tumorCuts(facts)))
  } finally {
    sequences.close()
  }
}

function completed(tumor: ReceivedTumor, sources: NameSources, cuts: TumorCuts): ReceivedTumor {
  const { profile, parts, notes } = tumor
  const file = parts.find(({ content }) => content.includes('small variants'))?.file ?? 'variants'
  const effects = computedEffects(profile.variants, sources, file)
  const told: string[] = []
  if (effects.computed > 0)
    told.push(
      `Genes and consequences of ${howMany(effects.computed, 'variant')} were computed from ${basename(sources.sequences.name)} and ${sources.transcripts.name}, each variant by itself.`,
    )
  if (effects.differs > 0)
    told.push(
      `The reference bases of ${howMany(effects.differs, 'variant')} are not those of ${basename(sources.sequences.name)}: nothing was computed of them.`,
    )
  const genes =
    profile.segments === undefined
      ? undefined
      : genesOfSegments(profile.segments, sources.transcripts, profile.ploidy, cuts)
  const reported = new Set(profile.copyNumbers.map(({ gene }) => gene))
  const calls = genes?.calls.filter(({ gene }) => !reported.has(gene)) ?? []
  if (genes !== undefined)
    told.push(
      `Copies of ${calls.length} genes were read from the segments, ${relativeTo(profile.ploidy, genes.meanCopies)}; ${genes.unknown} genes lie outside segments, across their ends, or are not known without the ploidy, and X and Y are left out.`,
    )
  const before = profile.covered.copyNumbers
  return {
    ...tumor,
    profile: {
      ...profile,
      variants: effects.variants,
      copyNumbers: [...profile.copyNumbers, ...calls],
      covered: {
        ...profile.covered,
        copyNumbers:
          before === 'all' || calls.length === 0
            ? before
            : new Set([...(before ?? []), ...calls.map(({ gene }) => gene)]),
      },
    },
    notes: [...notes, ...told],
  }
}

function relativeTo(ploidy: number | undefined, mean: number | undefined): string {
  if (ploidy !== undefined) return `relative to the ploidy of ${ploidy}`
  return mean === undefined
    ? 'where a genome of two copies and of four give the same call, as nobody told the ploidy and they cover too little to tell it'
    : `relative to their mean of ${mean} copies, as nobody told the ploidy`
}
