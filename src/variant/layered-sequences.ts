import type { Contig, KnownSequence, SequenceSource } from './sequence.ts'
import { SequenceSlices, type Slice } from './slices.ts'

/** Several sources as one: the first that has a sequence answers for it. */
export class LayeredSequences implements SequenceSource {
  readonly name: string
  readonly #layers: readonly SequenceSource[]
  readonly #genbank: ReadonlyMap<string, string>

  constructor(layers: readonly SequenceSource[]) {
    this.#layers = layers
    this.name = layers.map((one) => one.name).join(', ')
    const named = layers.flatMap((one) => one.contigs).map((one) => [genbankOf(one), one.refseq] as const)
    this.#genbank = new Map(named.filter((pair): pair is [string, string] => pair[0] !== undefined))
  }

  get contigs(): readonly Contig[] {
    return this.#layers.flatMap((one) => one.contigs)
  }

  contig(name: string): Contig | undefined {
    for (const one of this.#layers) {
      const found = one.contig(name)
      if (found !== undefined) return found
    }
    const alias = this.#genbank.get(name)
    return alias === undefined ? undefined : this.contig(alias)
  }

  bases(contig: string, start: number, end: number): string {
    return this.#layer(contig).bases(this.#genbank.get(contig) ?? contig, start, end)
  }

  written(contig: string, start: number, end: number): string {
    return this.#layer(contig).written(this.#genbank.get(contig) ?? contig, start, end)
  }

  #layer(contig: string): SequenceSource {
    const name = this.#genbank.get(contig) ?? contig
    const layer = this.#layers.find((one) => one.contig(name) !== undefined)
    if (layer === undefined) throw new RangeError(`no contig ${contig} in ${this.name}`)
    return layer
  }
}

/** GenBank accession of a human chromosome: CM000663 to CM000686, version 1 for GRCh37 and 2 for GRCh38. */
function genbankOf({ refseq, assembly }: Contig): string | undefined {
  const number = Number(/^NC_0000([0-9]{2})\./.exec(refseq ?? '')?.[1] ?? 0)
  if (assembly === undefined || number < 1 || number > 24) return undefined
  return `CM${String(662 + number).padStart(6, '0')}.${assembly === 'GRCh38' ? 2 : 1}`
}

/**
 * The chromosomes of the builds by accession, without their bases: positions are checked against their lengths, and a
 * substitution has its identifier, before any sequence is given.
 */
export function bareChromosomes(chromosomes: readonly KnownSequence[]): SequenceSource {
  const empty: Slice[] = chromosomes.map(({ refseq }) => ({ sequence: refseq, start: 0, bases: '' }))
  return new SequenceSlices('chromosomes without bases', empty, new Map(), chromosomes)
}

/** A sequence named by a region, "NC_000007.13:21582830-21582850" as faidx cuts it, stands at that place of the whole one. */
const REGION = /^(.+):([0-9]{1,12})-([0-9]{1,12})$/

/** Slices that a file holds under the names of regions; undefined when it holds none. */
export function regionsOf(
  source: SequenceSource,
  chromosomes: readonly KnownSequence[],
): SequenceSource | undefined {
  const slices: Slice[] = []
  for (const { name, length } of source.contigs) {
    const [, sequence = '', first = '', last = ''] = REGION.exec(name) ?? []
    if (sequence === '' || Number(last) - Number(first) + 1 !== length) continue
    slices.push({ sequence, start: Number(first) - 1, bases: source.bases(name, 0, length) })
  }
  return slices.length === 0 ? undefined : new SequenceSlices(source.name, slices, new Map(), chromosomes)
}
