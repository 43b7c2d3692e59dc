import type { SomaticVariant } from '../../../record/tumor-profile.ts'
import { Fault } from '../../../terms/fault.ts'
import type { Consequence } from '../../../variant/consequence/consequence.ts'
import { ConsequenceCaller } from '../../../variant/consequence/consequence-caller.ts'
import { impactOf, termNames } from '../../../variant/consequence/term.ts'
import { chosenTranscript } from '../../../variant/consequence/transcript-choice.ts'
import { describe } from '../../../variant/describe/describe.ts'
import type { NameSources } from '../../../variant/projection/sources.ts'

/** Fewer places than this do not tell a wrong build from a wrong record; above, one in ten that differs does. */
const ENOUGH = 5
const DIFFERS = 0.1
const IMPACTS = ['high', 'moderate', 'low', 'modifier']
const BASES = /^[ACGT]+$/

/** What was made of variants that their file does not annotate. */
interface ComputedEffects {
  /** In the order given; those that are annotated already are as they were. */
  readonly variants: readonly SomaticVariant[]
  readonly computed: number
  /** Variants whose reference bases are not those of the sequence: nothing is told of them. */
  readonly differs: number
}

/**
 * Gene, transcript, consequence and names of every variant that has a place and neither gene nor consequence, each by itself.
 * Throws BUILD_CONTRADICTS where the reference bases of many variants are not those of the sequence.
 */
export function computedEffects(
  variants: readonly SomaticVariant[],
  sources: NameSources,
  file: string,
): ComputedEffects {
  const placed = variants
    .map((variant, index) => ({ variant, index, place: variant.place }))
    .filter((one): one is typeof one & { place: NonNullable<typeof one.place> } => isPlaced(one.place))
  const differing = placed.filter(({ place }) => !agrees(place, sources))
  if (placed.length >= ENOUGH && differing.length > placed.length * DIFFERS)
    throw new Fault(
      'BUILD_CONTRADICTS',
      file,
      `the reference bases of ${differing.length} of ${placed.length} variants are not those of ${sources.sequences.name}`,
      'The variants are of another genome build than the sequence. Give the sequence that the reads were aligned to.',
    )
  const bad = new Set(differing.map(({ index }) => index))
  const open = placed
    .filter(
      ({ variant, index }) =>
        !bad.has(index) && variant.gene === undefined && variant.consequences.length === 0,
    )
    .sort((a, b) => compare(a.place.chromosome, b.place.chromosome) || a.place.position - b.place.position)
  const made = [...variants]
  let computed = 0
  const caller = new ConsequenceCaller<number>(
    sources.sequences,
    sources.transcripts,
    { local: true, phase: 'alone' },
    ({ given, consequences }) => {
      made[given] = named(variants[given]!, consequences, sources)
      computed++
    },
  )
  for (const { place, index } of open)
    caller.take(
      {
        contig: place.chromosome,
        position: place.position,
        ref: place.ref,
        alts: [place.alt],
        genotypes: undefined,
      },
      index,
    )
  caller.finish()
  return { variants: made, computed, differs: differing.length }
}

function isPlaced(place: SomaticVariant['place']): boolean {
  return place !== undefined && BASES.test(place.ref) && BASES.test(place.alt)
}

function agrees(
  { chromosome, position, ref }: NonNullable<SomaticVariant['place']>,
  { sequences }: NameSources,
): boolean {
  const contig = sequences.contig(chromosome)
  // A sequence that is not there says nothing for or against.
  return contig === undefined || sequences.bases(contig.name, position - 1, position - 1 + ref.length) === ref
}

/** The gene that is hit worst, on the transcript that reports speak of. */
function named(
  variant: SomaticVariant,
  consequences: readonly Consequence[],
  sources: NameSources,
): SomaticVariant {
  const genes = Map.groupBy(
    consequences,
    ({ transcript }) => transcript.gene.symbol ?? transcript.gene.id ?? transcript.id,
  )
  const told = [...genes].map(([gene, some]) => {
    const transcript = chosenTranscript(some.map((one) => one.transcript))
    return { gene, one: some.find((each) => each.transcript === transcript)! }
  })
  const [worst] = told.sort(
    (a, b) =>
      IMPACTS.indexOf(impactOf(a.one.terms)) - IMPACTS.indexOf(impactOf(b.one.terms)) ||
      compare(a.gene, b.gene),
  )
  if (worst === undefined) return { ...variant, consequences: ['intergenic_variant'] }
  const { transcript, terms } = worst.one
  const names = namesOf(variant, transcript.id, sources)
  return {
    ...variant,
    gene: worst.gene,
    transcript: transcript.id,
    consequences: termNames(terms),
    hgvsP: names.protein,
    ...(names.coding === undefined ? {} : { hgvsC: names.coding }),
  }
}

function namesOf(
  { place }: SomaticVariant,
  transcript: string,
  sources: NameSources,
): { coding?: string | undefined; protein: string | undefined } {
  const { chromosome, position, ref, alt } = place!
  const { transcripts } = describe(`${chromosome}-${position}-${ref}-${alt}`, sources, {
    transcripts: [transcript],
  })
  const found = transcripts.find((one) => one.transcript === transcript)
  return {
    coding: found?.hgvs.known === true ? found.hgvs.value : undefined,
    protein: found?.protein.known === true ? found.protein.value : undefined,
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
