import type { Contradiction, ReceivedTumor, TumorPart } from '../../../record/tumor-part.ts'
import type { Covered, TumorAssay, TumorProfile } from '../../../record/tumor-profile.ts'
import { Fault } from '../../../terms/fault.ts'
import type { Assembly } from '../../../terms/genome.ts'
import { markerContradictions } from '../marker/marker-contradictions.ts'
import { withoutDoubles } from './same-variant.ts'

/** What the sender says beside the files. */
export interface Stated {
  /** Only this sample; where the files name none it is the name. */
  readonly sample: string | undefined
  readonly assembly: Assembly | undefined
  readonly covered: TumorProfile['covered']
  readonly purity: number | undefined
}

/**
 * Parts of files as profiles, one for each sample, in the order in which samples come. A part without a sample belongs to the
 * only sample that the others name. Throws TUMOR_SAMPLE_MISSING, TUMOR_SAMPLE_AMBIGUOUS, TUMOR_BUILDS_DIFFER.
 */
export function joinParts(parts: readonly TumorPart[], stated: Stated): ReceivedTumor[] {
  const names = [...new Set(parts.flatMap(({ sample }) => (sample === undefined ? [] : [sample])))]
  if (stated.sample !== undefined && names.length > 0 && !names.includes(stated.sample))
    throw new Fault(
      'TUMOR_SAMPLE_MISSING',
      '--sample',
      `no file has a sample "${stated.sample}"`,
      `Samples: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ' …' : ''}.`,
    )
  const wanted = stated.sample === undefined ? names : [stated.sample]
  // The description of an assay without results is of every sample.
  const nameless = parts.filter(
    ({ sample, content }) => sample === undefined && content.some((one) => one !== 'assay'),
  )
  if (wanted.length > 1 && nameless.length > 0)
    throw new Fault(
      'TUMOR_SAMPLE_AMBIGUOUS',
      nameless[0]!.file,
      `the file does not name its sample, and the others name ${wanted.length}`,
      `Name the tumour with --sample, or a column sample in the file. Samples: ${wanted.slice(0, 20).join(', ')}.`,
    )
  return (wanted.length === 0 ? [undefined] : wanted).map((sample) =>
    joined(
      sample,
      parts.filter((part) => part.sample === undefined || part.sample === sample),
      stated,
    ),
  )
}

function joined(sample: string | undefined, parts: readonly TumorPart[], stated: Stated): ReceivedTumor {
  const notes: string[] = []
  const assembly = buildOf(parts, stated)
  const said = parts.map((part) => part.said)
  const { variants, twice } = withoutDoubles(said.flatMap((one) => one.variants ?? []))
  if (twice > 0) notes.push(`${twice} variants are in more than one file; each counts once.`)
  const segments = said.flatMap((one) => one.segments ?? [])
  const ratios = said.flatMap((one) => one.ratios ?? [])
  const expression = said.flatMap((one) => one.expression ?? [])
  const rejected = said.flatMap((one) => one.rejected ?? [])
  const apart = said.flatMap((one) => one.unattributed ?? [])
  const markers = parts.flatMap(({ file, said: { markers: some = [] } }) =>
    some.map((one) => ({ file, ...one })),
  )
  const assay = assayOf(parts)
  const purity = single(parts, 'purity', stated.purity)
  const ploidy = single(parts, 'ploidy', undefined)
  const diagnosis = single(parts, 'diagnosis', undefined)
  const covered = (kind: keyof TumorProfile['covered']): Covered =>
    stated.covered[kind] ?? said.map((one) => one.covered?.[kind]).reduce(union, undefined)
  return {
    profile: {
      sample,
      variants,
      copyNumbers: said.flatMap((one) => one.copyNumbers ?? []),
      fusions: said.flatMap((one) => one.fusions ?? []),
      ...(apart.length === 0
        ? {}
        : {
            unattributed: {
              variants: apart.flatMap((one) => one.variants),
              copyNumbers: apart.flatMap((one) => one.copyNumbers),
            },
          }),
      ...(rejected.length === 0 ? {} : { rejected }),
      covered: {
        variants: covered('variants'),
        copyNumbers: covered('copyNumbers'),
        fusions: covered('fusions'),
        ...(covered('germline') === undefined ? {} : { germline: covered('germline') }),
      },
      ...(assembly === undefined ? {} : { assembly }),
      ...(segments.length === 0 ? {} : { segments }),
      ...(ratios.length === 0 ? {} : { ratios }),
      ...(expression.length === 0 ? {} : { expression }),
      ...(markers.length === 0 ? {} : { markers }),
      ...(assay === undefined ? {} : { assay }),
      ...(purity.value === undefined ? {} : { purity: purity.value }),
      ...(ploidy.value === undefined ? {} : { ploidy: ploidy.value }),
      ...(diagnosis.value === undefined ? {} : { diagnosis: diagnosis.value }),
    },
    parts,
    contradictions: [
      ...purity.contradictions,
      ...ploidy.contradictions,
      ...diagnosis.contradictions,
      ...designContradictions(parts),
      ...markerContradictions(markers),
    ],
    notes,
  }
}

/** Positions of two builds are not of one profile. Files that do not tell (segments, fusions) follow the others. */
function buildOf(parts: readonly TumorPart[], stated: Stated): Assembly | undefined {
  const [first, ...more] = parts.filter(({ said }) => said.assembly !== undefined)
  const other = more.find(({ said }) => said.assembly !== first!.said.assembly)
  if (other !== undefined)
    throw new Fault(
      'TUMOR_BUILDS_DIFFER',
      other.file,
      `its positions are of ${other.said.assembly}, those of ${first!.file} of ${first!.said.assembly}`,
      'Send the files of one tumour on one build.',
    )
  return first?.said.assembly ?? stated.assembly
}

function union(a: Covered, b: Covered): Covered {
  if (a === undefined || b === undefined) return a ?? b
  return a === 'all' || b === 'all' ? 'all' : new Set([...a, ...b])
}

/** A value that one tumour has once. Files that differ leave it unknown: both are shown. */
function single<K extends 'purity' | 'ploidy' | 'diagnosis'>(
  parts: readonly TumorPart[],
  what: K,
  stated: TumorProfile[K] | undefined,
): { value: TumorProfile[K] | undefined; contradictions: Contradiction[] } {
  if (stated !== undefined) return { value: stated, contradictions: [] }
  const found = parts.filter(({ said }) => said[what] !== undefined)
  const values = new Set(found.map(({ said }) => said[what]))
  if (values.size <= 1) return { value: found[0]?.said[what], contradictions: [] }
  return {
    value: undefined,
    contradictions: [
      { about: what, statements: found.map(({ said, file }) => ({ says: String(said[what]), file })) },
    ],
  }
}

/** One assay; what a description says stands before what a caller's header lets guess. */
function assayOf(parts: readonly TumorPart[]): TumorAssay | undefined {
  const found = parts.flatMap(({ said }) => (said.assay === undefined ? [] : [said.assay]))
  if (found.length === 0) return undefined
  const [described, ...others] = [...found].sort(
    (a, b) => Number(b.name !== undefined) - Number(a.name !== undefined),
  )
  return {
    ...described!,
    design: described!.design ?? others.map(({ design }) => design).find((one) => one !== undefined),
  }
}

function designContradictions(parts: readonly TumorPart[]): Contradiction[] {
  const found = parts.filter(({ said }) => said.assay?.design !== undefined)
  if (new Set(found.map(({ said }) => said.assay!.design)).size <= 1) return []
  return [
    {
      about: 'design of the assay',
      statements: found.map(({ said, file }) => ({ says: said.assay!.design!, file })),
    },
  ]
}
