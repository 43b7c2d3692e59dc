import { Fault } from '../../terms/fault.ts'
import type { Assembly, Chromosome } from '../../terms/genome.ts'
import type { VcfHeader } from './header.ts'
import type { VcfRecord } from './locus-reading.ts'
import type { BuildLocus } from './panel-index.ts'

/** Records whose POS is a panel position of a build: how many carry its reference bases, and how many do not. */
interface Tally {
  matches: number
  mismatches: number
}

const BUILDS: readonly Assembly[] = ['GRCh37', 'GRCh38']

/**
 * Weighs reference bases at panel positions for and against each build, per chromosome.
 * By chance a record at a wrong build's position agrees in one of four; under the right build it always should.
 */
export class AssemblyEvidence {
  readonly #tallies = new Map<Chromosome, Record<Assembly, Tally>>()

  see(record: VcfRecord, at: BuildLocus): void {
    if (record.position !== at.position || /[^ACGT]/.test(record.ref)) return
    const length = Math.min(record.ref.length, at.ref.length)
    const agrees = record.ref.slice(0, length) === at.ref.slice(0, length)
    let tally = this.#tallies.get(at.locus.chromosome)
    if (tally === undefined) {
      tally = { GRCh37: { matches: 0, mismatches: 0 }, GRCh38: { matches: 0, mismatches: 0 } }
      this.#tallies.set(at.locus.chromosome, tally)
    }
    if (agrees) tally[at.assembly].matches += 1
    else tally[at.assembly].mismatches += 1
  }

  /** Counts over the chromosomes whose own counts point to `assembly`, or over all of them. */
  total(assembly: Assembly): Tally {
    const sum: Tally = { matches: 0, mismatches: 0 }
    for (const tally of this.#tallies.values()) {
      sum.matches += tally[assembly].matches
      sum.mismatches += tally[assembly].mismatches
    }
    return sum
  }

  /** Chromosomes whose reference bases speak clearly for one build: three or more agree and the other has no such support. */
  chromosomesFor(assembly: Assembly): readonly Chromosome[] {
    const other = otherThan(assembly)
    const clear: Chromosome[] = []
    for (const [chromosome, tally] of this.#tallies) {
      const own = tally[assembly]
      if (own.matches >= 3 && own.mismatches * 10 <= own.matches && tally[other].matches * 10 <= own.matches)
        clear.push(chromosome)
    }
    return clear
  }
}

function otherThan(assembly: Assembly): Assembly {
  return assembly === 'GRCh37' ? 'GRCh38' : 'GRCh37'
}

function countsText(evidence: AssemblyEvidence, assembly: Assembly): string {
  const { matches, mismatches } = evidence.total(assembly)
  return `${assembly} ${matches} of ${matches + mismatches}`
}

/** Two or more agree, and not more than one in ten disagrees. */
function supported({ matches, mismatches }: Tally): boolean {
  return matches >= 2 && mismatches * 10 <= matches
}

/**
 * The build of a file from the caller's word, the header and the reference bases; every one of them that speaks must
 * agree. Throws BUILD_MIXED, BUILD_CONTRADICTS, BUILD_UNSUPPORTED or BUILD_UNKNOWN: a build is never assumed.
 */
export function assemblyOf(
  name: string,
  header: VcfHeader,
  evidence: AssemblyEvidence,
  stated: Assembly | undefined,
): Assembly {
  const claimed = claimOf(name, header, stated)
  const for37 = evidence.chromosomesFor('GRCh37')
  const for38 = evidence.chromosomesFor('GRCh38')
  const counts = `reference bases agree at panel positions of ${BUILDS.map((one) => countsText(evidence, one)).join(', ')}`
  if (for37.length > 0 && for38.length > 0) {
    throw new Fault(
      'BUILD_MIXED',
      name,
      `the records are of two genome builds: ${for37.join(', ')} of GRCh37 and ${for38.join(', ')} of GRCh38`,
      'Lift the parts to one build before joining them, or send them as two files.',
    )
  }
  if (claimed !== undefined) {
    const own = evidence.total(claimed.assembly)
    const other = evidence.total(otherThan(claimed.assembly))
    const against = own.mismatches >= 3 && !supported(own)
    if (against || (supported(other) && other.matches > own.matches && !supported(own))) {
      throw new Fault(
        'BUILD_CONTRADICTS',
        claimed.where,
        `${claimed.by} says ${claimed.assembly}, but ${counts}`,
        'Find out which reference the reads were aligned to and correct the header or the option.',
      )
    }
    if (header.otherBuild !== undefined && header.builds.length === 0 && !supported(own)) {
      throw unsupported(name, header.otherBuild)
    }
    return claimed.assembly
  }
  if (header.otherBuild !== undefined) throw unsupported(name, header.otherBuild)
  const [a, b] = BUILDS.map((one) => evidence.total(one)) as [Tally, Tally]
  const yes37 = supported(a) && b.matches * 10 <= a.matches
  const yes38 = supported(b) && a.matches * 10 <= b.matches
  if (yes37 !== yes38) return yes37 ? 'GRCh37' : 'GRCh38'
  if (supported(a) && supported(b)) {
    throw new Fault(
      'BUILD_MIXED',
      name,
      `the header names no genome build and ${counts}`,
      'State the build with --assembly GRCh37 or --assembly GRCh38, after making sure that all records are of it.',
    )
  }
  throw new Fault(
    'BUILD_UNKNOWN',
    name,
    `the header names no genome build and too few reference bases tell it: ${counts}`,
    'State it with --assembly GRCh37 or --assembly GRCh38, or add "##contig" lines with lengths to the header.',
  )
}

interface Claim {
  readonly assembly: Assembly
  readonly by: string
  readonly where: string
}

function claimOf(name: string, header: VcfHeader, stated: Assembly | undefined): Claim | undefined {
  const [first] = header.builds
  const differing = header.builds.find((claim) => claim.assembly !== first?.assembly)
  if (stated !== undefined) {
    if (first !== undefined && differing === undefined && first.assembly !== stated) {
      throw new Fault(
        'BUILD_CONTRADICTS',
        `${name}:${first.line}`,
        `the header says ${first.assembly}, --assembly says ${stated}`,
        'Correct the header if it is wrong, or leave the option away.',
      )
    }
    return { assembly: stated, by: '--assembly', where: name }
  }
  if (first === undefined) return undefined
  if (differing !== undefined) {
    throw new Fault(
      'BUILD_MIXED',
      `${name}:${differing.line}`,
      `line ${first.line} of the header says ${first.assembly}, line ${differing.line} says ${differing.assembly}`,
      'Remove the wrong line, or state the build with --assembly; the reference bases are checked against it.',
    )
  }
  return { assembly: first.assembly, by: `header line ${first.line}`, where: `${name}:${first.line}` }
}

function unsupported(name: string, other: { readonly name: string; readonly line: number }): Fault {
  return new Fault(
    'BUILD_UNSUPPORTED',
    `${name}:${other.line}`,
    `the file is of ${other.name}`,
    'Garrod reads GRCh37 (hg19) and GRCh38 (hg38). Lift the file over or call it again on one of them.',
  )
}
