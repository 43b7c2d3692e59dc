import type { Assembly, Chromosome, PanelLocus } from '../../terms/genome.ts'
import { coreOf, effectOn, type SequenceWindow } from './sequence-window.ts'

/** A panel locus where one build has it. */
export interface BuildLocus {
  readonly locus: PanelLocus
  /** Place in the panel as handed in. */
  readonly index: number
  readonly assembly: Assembly
  /** 1-based VCF POS in this build. */
  readonly position: number
  /** Reference bases in this build. */
  readonly ref: string
  /** True when every allele replaces as many bases as REF has: such a locus is read base by base. */
  readonly substitution: boolean
  /** For an insertion or deletion: the known bases around it in this build. */
  readonly window: SequenceWindow | undefined
  /** Bases of the window under each of the panel's ALT alleles. */
  readonly haplotypes: readonly string[]
  /** First and last position of a record that could speak about the locus. */
  readonly from: number
  readonly to: number
}

/** Runs of neighbouring loci on one chromosome, so that a record far from all of them costs one comparison. */
export interface Zones {
  /** Sorted, not overlapping, inclusive. */
  readonly from: Int32Array
  readonly to: Int32Array
  readonly loci: readonly (readonly BuildLocus[])[]
}

/** Where the panel lies, per chromosome, in both builds at once: which one the file is in is only known at its end. */
export function indexPanel(
  panel: readonly PanelLocus[],
  assemblies: readonly Assembly[],
): ReadonlyMap<Chromosome, Zones> {
  const perChromosome = new Map<Chromosome, BuildLocus[]>()
  for (const [index, locus] of panel.entries()) {
    for (const assembly of assemblies) {
      const placed = place(locus, index, assembly)
      if (placed === undefined) continue
      const list = perChromosome.get(locus.chromosome)
      if (list === undefined) perChromosome.set(locus.chromosome, [placed])
      else list.push(placed)
    }
  }
  patchWindows(perChromosome)
  return new Map([...perChromosome].map(([chromosome, loci]) => [chromosome, zonesOf(loci)]))
}

/**
 * The locus in one build, or undefined where it has no counterpart. An insertion or deletion whose GRCh37 reference
 * bases differ is left out too: its alleles could not be compared.
 */
export function place(locus: PanelLocus, index: number, assembly: Assembly): BuildLocus | undefined {
  const there = assembly === 'GRCh38' ? { position: locus.position, ref: locus.ref } : locus.grch37
  if (there === undefined) return undefined
  const substitution = locus.alts.every((alt) => alt.length === locus.ref.length)
  const last = there.position + there.ref.length - 1
  if (substitution) {
    return {
      locus,
      index,
      assembly,
      position: there.position,
      ref: there.ref,
      substitution,
      window: undefined,
      haplotypes: [],
      from: there.position,
      to: last,
    }
  }
  if (there.ref !== locus.ref) return undefined
  const shift = there.position - locus.position
  const window: SequenceWindow =
    locus.context === undefined
      ? { start: there.position, bases: there.ref }
      : { start: locus.context.start + shift, bases: locus.context.bases.toUpperCase() }
  return {
    locus,
    index,
    assembly,
    position: there.position,
    ref: there.ref,
    substitution,
    window,
    haplotypes: locus.alts.map((alt) => haplotypeOf(window, there.position, there.ref, alt, locus.id)),
    from: Math.min(window.start, there.position),
    to: Math.max(window.start + window.bases.length - 1, last),
  }
}

function haplotypeOf(window: SequenceWindow, position: number, ref: string, alt: string, id: string): string {
  const effect = effectOn(window, coreOf(position, ref, alt))
  if (effect.kind !== 'changed')
    throw new Error(`the context of ${id} does not hold its allele ${ref}>${alt}`)
  return effect.haplotype
}

/** Inside a GRCh37 window, single bases that the builds do not share are written as GRCh37 has them. */
function patchWindows(perChromosome: Map<Chromosome, BuildLocus[]>): void {
  for (const loci of perChromosome.values()) {
    const swapped = loci.filter((one) => one.substitution && one.ref !== one.locus.ref)
    if (swapped.length === 0) continue
    for (const [i, one] of loci.entries()) {
      if (one.window === undefined || one.assembly !== 'GRCh37') continue
      const { start } = one.window
      let { bases } = one.window
      for (const { position, ref } of swapped) {
        const at = position - start
        if (at >= 0 && at + ref.length <= bases.length)
          bases = bases.slice(0, at) + ref + bases.slice(at + ref.length)
      }
      if (bases === one.window.bases) continue
      const window = { start, bases }
      loci[i] = {
        ...one,
        window,
        haplotypes: one.locus.alts.map((alt) =>
          haplotypeOf(window, one.position, one.ref, alt, one.locus.id),
        ),
      }
    }
  }
}

function zonesOf(loci: readonly BuildLocus[]): Zones {
  const sorted = [...loci].sort((a, b) => a.from - b.from || a.index - b.index)
  const from: number[] = []
  const to: number[] = []
  const members: BuildLocus[][] = []
  for (const one of sorted) {
    const last = members.length - 1
    if (last >= 0 && one.from <= to[last]!) {
      members[last]!.push(one)
      to[last] = Math.max(to[last]!, one.to)
    } else {
      from.push(one.from)
      to.push(one.to)
      members.push([one])
    }
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to), loci: members }
}
