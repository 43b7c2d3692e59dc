import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { GenotypeSet, LocusCall } from '../../record/genotype.ts'

/** First byte of a packed set; a later layout gets the next number, and this one stays readable. */
const LAYOUT = 1

/** What is packed: everything that is long. The rest are columns of the table. */
export type Packed = Pick<GenotypeSet, 'calls' | 'gaps' | 'notes'>

/**
 * Calls as columns, since a panel's values repeat: most calls share their alleles, phase and evidence ("kind"), and
 * differ in locus, depth and quality. `null` stands for a value that the file did not give.
 */
interface Columns {
  readonly kinds: readonly Omit<LocusCall, 'locus' | 'depth' | 'quality'>[]
  readonly locus: readonly string[]
  readonly kind: readonly number[]
  readonly depth: readonly (number | null)[]
  readonly quality: readonly (number | null)[]
  readonly gaps: GenotypeSet['gaps']
  readonly notes: GenotypeSet['notes']
}

/** Layout byte, then deflated JSON columns. A panel of 1,000 loci takes 2 to 6 kB. */
export function packGenotypes({ calls, gaps, notes }: Packed): Buffer {
  const kinds = new Map<string, number>()
  const columns = {
    kinds: [] as Columns['kinds'][number][],
    locus: [] as string[],
    kind: [] as number[],
    depth: [] as (number | null)[],
    quality: [] as (number | null)[],
    gaps,
    notes,
  }
  for (const { locus, depth, quality, ...kind } of calls) {
    const text = JSON.stringify([kind.alleles, kind.phased, kind.phaseSet ?? null, kind.evidence])
    let index = kinds.get(text)
    if (index === undefined) {
      index = columns.kinds.push(kind) - 1
      kinds.set(text, index)
    }
    columns.locus.push(locus)
    columns.kind.push(index)
    columns.depth.push(depth ?? null)
    columns.quality.push(quality ?? null)
  }
  return Buffer.concat([Buffer.of(LAYOUT), deflateRawSync(JSON.stringify(columns satisfies Columns))])
}

export function unpackGenotypes(packed: Uint8Array): Packed {
  if (packed[0] !== LAYOUT) throw new Error(`genotypes are packed in layout ${packed[0]}, not ${LAYOUT}`)
  const columns = JSON.parse(inflateRawSync(packed.subarray(1)).toString('utf8')) as Columns
  const calls = columns.locus.map((locus, i): LocusCall => {
    const { alleles, phased, phaseSet, evidence } = columns.kinds[columns.kind[i]!]!
    const depth = columns.depth[i] ?? undefined
    const quality = columns.quality[i] ?? undefined
    return {
      locus,
      alleles,
      phased,
      phaseSet,
      evidence,
      ...(depth === undefined ? {} : { depth }),
      ...(quality === undefined ? {} : { quality }),
    }
  })
  return { calls, gaps: columns.gaps, notes: columns.notes }
}
