import {
  type CallColumns,
  CHROMOSOMES,
  copiesOf,
  trimmed,
  type VariantName,
} from '../../record/variant-calls.ts'
import type { Assembly, Chromosome } from '../../terms/genome.ts'
import { StretchPacker } from './stretch-pack.ts'

/** Bases of a stretch: a genome has about a hundred calls in one. */
export const STRETCH = 1 << 16

/** A place in the genome by its stretch. */
export interface StretchPlace {
  readonly chromosome: Chromosome
  /** Stretches before it on its chromosome. */
  readonly index: number
}

export function stretchName(assembly: Assembly, { chromosome, index }: StretchPlace): string {
  return `${assembly} ${chromosome} ${index}`
}

/** Where a variant is kept: the stretch of the first base of its trimmed spelling, and what it is called there. */
export function placeIn(
  variant: VariantName,
): StretchPlace & { readonly offset: number; readonly allele: string } {
  const { chromosome, position, ref, alt } = trimmed(variant)
  const index = Math.floor((position - 1) / STRETCH)
  return { chromosome, index, offset: position - 1 - index * STRETCH, allele: `${ref} ${alt}` }
}

/** The calls of one genome, packed by stretch under its number. A variant that stands on two lines counts by the higher copies. */
export function* stretchesOf(
  calls: CallColumns,
  number: number,
): Generator<StretchPlace & { readonly packed: Buffer }> {
  const { allele, shift } = trimmedAlleles(calls.alleles)
  const at = (call: number) => calls.position[call]! - 1 + shift[calls.allele[call]!]!
  const order = inOrder(calls, at)
  const packer = new StretchPacker()
  const genome = [number]
  const none: readonly number[] = []
  for (let i = 0; i < order.length; ) {
    const chromosome = calls.chromosome[order[i]!]!
    const index = Math.floor(at(order[i]!) / STRETCH)
    while (i < order.length) {
      const call = order[i]!
      const position = at(call)
      if (calls.chromosome[call] !== chromosome || Math.floor(position / STRETCH) !== index) break
      const here = new Map<string, number>()
      for (; i < order.length; i++) {
        const same = order[i]!
        if (calls.chromosome[same] !== chromosome || at(same) !== position) break
        const name = allele[calls.allele[same]!]!
        here.set(name, Math.max(here.get(name) ?? 0, copiesOf(calls.genotype[same]!)))
      }
      for (const [name, copies] of here)
        packer.add(position - index * STRETCH, name, copies < 2 ? genome : none, copies < 2 ? none : genome)
    }
    yield { chromosome: CHROMOSOMES[chromosome]!, index, packed: packer.packed() }
  }
}

function trimmedAlleles(alleles: readonly string[]): {
  readonly allele: readonly string[]
  readonly shift: Int32Array
} {
  const shift = new Int32Array(alleles.length)
  const allele = alleles.map((one, i) => {
    const [ref = '', alt = ''] = one.split(' ')
    const short = trimmed({ assembly: 'GRCh38', chromosome: 'chr1', position: 0, ref, alt })
    shift[i] = short.position
    return `${short.ref} ${short.alt}`
  })
  return { allele, shift }
}

/** Calls by chromosome and place; most files have them so. */
function inOrder(calls: CallColumns, at: (call: number) => number): Uint32Array {
  const order = Uint32Array.from({ length: calls.count }, (_, i) => i)
  const before = (a: number, b: number) => calls.chromosome[a]! - calls.chromosome[b]! || at(a) - at(b)
  for (let i = 1; i < calls.count; i++) if (before(i - 1, i) > 0) return order.sort(before)
  return order
}
