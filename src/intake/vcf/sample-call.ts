import type { LocusCall } from '../../record/genotype.ts'
import type { Gap } from '../../terms/answer.ts'
import {
  ABSENT,
  AD_MALFORMED,
  NOT_CALLED,
  PHASED,
  POLYPLOID,
  READS_CONTRADICT,
  TOO_HIGH,
} from './genotype-columns.ts'
import { type Reading, UNREADABLE } from './locus-reading.ts'
import type { BuildLocus } from './panel-index.ts'

/** The rules that decide whether a record is evidence. All are options; the defaults are DEFAULT_RULES. */
export interface EvidenceRules {
  /** respect: a site that its caller marked as failed is a gap. ignore: FILTER and FT are not looked at. */
  readonly filters: 'respect' | 'ignore'
  /** Reads (FORMAT DP) that a variant record must have, where it says. */
  readonly minDepth: number
  /** Phred (FORMAT GQ) that a variant record must have, where it says. */
  readonly minQuality: number
  /** Phred (GQ or RGQ) that a reference block must have, where it says. */
  readonly blockMinQuality: number
  /** Reads (MIN_DP or DP) that a reference block must have where it states no quality. */
  readonly blockMinDepth: number
}

/**
 * Zero reads are never a genotype (some callers print 0/0 there). A reference block is only as good as its confidence:
 * GQ 20 is one wrong in a hundred, and with 10 reads a heterozygote shows the reference alone once in a thousand.
 */
export const DEFAULT_RULES: EvidenceRules = {
  filters: 'respect',
  minDepth: 1,
  minQuality: 0,
  blockMinQuality: 20,
  blockMinDepth: 10,
}

/** One sample at one locus: the call, or why there is none, and a sentence where the reader should tell something. */
export interface Outcome {
  readonly call?: LocusCall
  readonly gap?: Gap
  readonly note?: string
}

/** Bases per strand in GT order, "." where not called. */
interface Genotype {
  readonly strands: readonly string[]
  readonly phased: boolean
  readonly phaseSet: string | undefined
  readonly depth: number | undefined
  readonly quality: number | undefined
  readonly evidence: LocusCall['evidence']
}

/** A record's genotype of one sample, with the reason why it must not be used, if there is one. */
interface Statement {
  readonly reading: Reading
  readonly genotype: Genotype | undefined
  readonly refused: Gap | undefined
  /** FORMAT AD is there but does not fit the alleles, so the reads could not be compared with the genotype. */
  readonly depthsUnfit: boolean
}

/**
 * One sample at one locus from every record that touches it: first a symbolic allele over the locus, then records about
 * the locus, joined where one site was split into several lines, then blocks of reference, then lines that lie beside.
 * A record that can be used replaces one that cannot, unless that one shows something other than the reference.
 */
export function callLocus(
  readings: readonly Reading[],
  slot: number,
  at: BuildLocus,
  rules: EvidenceRules,
): Outcome {
  if (readings.length === 1 && readings[0]!.kind === 'site')
    return single(stated(readings[0]!, slot, at, rules), at)
  let refused: Gap | undefined
  let note: string | undefined
  const sites: Statement[] = []
  const blocks: Statement[] = []
  const beside: Statement[] = []
  for (const reading of readings) {
    if (reading.kind === 'mismatch') {
      refused = stronger(refused, mismatchGap(reading, at))
      note = `${at.locus.id}: the record of line ${reading.record.line} has another reference than the definition`
      continue
    }
    const statement = stated(reading, slot, at, rules)
    if (reading.kind === 'structural') {
      if (statement.refused?.kind === 'unreadable-allele') return { gap: statement.refused }
    } else if (reading.kind === 'deletion') {
      if (statement.refused?.kind === 'unreadable-allele') refused = stronger(refused, statement.refused)
    } else if (reading.kind === 'unlisted') {
      if (statement.refused === undefined && shows(statement, at)) sites.push(statement)
    } else if (statement.refused !== undefined) {
      const shown = shows(statement, at)
      const barred = statement.refused.kind === 'unreadable-allele' || shown
      if (reading.kind === 'site' && barred) return { gap: statement.refused }
      refused = stronger(refused, statement.refused)
    } else if (reading.kind === 'site') sites.push(statement)
    else if (reading.kind === 'reference') blocks.push(statement)
    else beside.push(statement)
  }
  if (sites.length > 0) return joined(sites, at)
  const covering = covered(blocks, slot, at)
  if (covering !== undefined) return covering
  if (beside.length > 0) return joined(beside, at)
  return {
    gap: refused ?? { kind: 'not-in-file', locus: at.locus.id },
    ...(note === undefined ? {} : { note }),
  }
}

function mismatchGap(reading: Reading, at: BuildLocus): Gap {
  return { kind: 'reference-mismatch', locus: at.locus.id, found: reading.record.ref, expected: at.ref }
}

/** What one record says of one sample at the locus. */
function stated(reading: Reading, slot: number, at: BuildLocus, rules: EvidenceRules): Statement {
  const { record, codes, alleles, kind } = reading
  const { genotypes } = record
  const locus = at.locus.id
  const refuse = (refused: Gap, genotype?: Genotype): Statement => ({
    reading,
    genotype,
    refused,
    depthsUnfit: false,
  })
  if (genotypes === undefined) return refuse({ kind: 'no-call', locus })
  const first = genotypes.first[slot]!
  const oneStrand = at.locus.chromosome === 'chrM' || at.locus.chromosome === 'chrY'
  const second = oneStrand ? ABSENT : genotypes.second[slot]!
  if (first === NOT_CALLED && (second === NOT_CALLED || second === ABSENT))
    return refuse({ kind: 'no-call', locus })
  const failed = rules.filters === 'respect' ? (record.failed ?? genotypes.failed.get(slot)) : undefined
  // DeepVariant writes RefCall where it found the reference: it is no failure of a 0/0.
  const filtered =
    failed !== undefined && !(failed === 'RefCall' && first === 0 && (second === 0 || second === ABSENT))
  if (filtered && kind === 'structural') return refuse({ kind: 'filtered', locus, filter: failed })
  const flags = genotypes.flags[slot]!
  if ((flags & POLYPLOID) !== 0 && !oneStrand) {
    return refuse({ kind: 'unreadable-allele', locus, allele: genotypes.texts.get(slot) ?? '' })
  }
  const strands: string[] = []
  // One allele on an autosome: nothing is said of the other strand.
  const other = second === ABSENT && !oneStrand && at.locus.chromosome !== 'chrX' ? NOT_CALLED : second
  for (const number of other === ABSENT ? [first] : [first, other]) {
    if (number === NOT_CALLED) strands.push('.')
    else {
      const code = number >= TOO_HIGH ? UNREADABLE : codes[number]!
      if (code === UNREADABLE) {
        if (filtered) return refuse({ kind: 'filtered', locus, filter: failed })
        const alt = record.alts[number - 1] ?? String(number)
        const allele = kind === 'deletion' ? `${record.position} ${record.ref}>${alt}` : alt
        return refuse({ kind: 'unreadable-allele', locus, allele })
      }
      strands.push(alleles[code]!)
    }
  }
  const block = kind === 'reference'
  const depth = known(genotypes.depth?.[slot])
  const quality = known(genotypes.quality?.[slot])
  const genotype: Genotype = {
    strands,
    phased: (flags & PHASED) !== 0 || second === ABSENT,
    phaseSet: genotypes.phaseSets.get(slot),
    depth,
    quality,
    evidence: block ? 'reference-block' : 'variant-record',
  }
  if (filtered) return refuse({ kind: 'filtered', locus, filter: failed }, genotype)
  // A block that states its quality is judged by it; zero reads are refused in any case.
  const atLeast = !block
    ? rules.minDepth
    : quality === undefined
      ? rules.blockMinDepth
      : Math.min(1, rules.blockMinDepth)
  if (depth !== undefined && depth < atLeast) {
    return refuse({ kind: 'low-depth', locus, reads: depth, atLeast }, genotype)
  }
  const leastQuality = block ? rules.blockMinQuality : rules.minQuality
  if (quality !== undefined && quality < leastQuality) {
    return refuse({ kind: 'low-quality', locus, quality, atLeast: leastQuality }, genotype)
  }
  if ((flags & READS_CONTRADICT) !== 0 && !oneStrand) {
    const alleleDepths = genotypes.alleleDepths.get(slot) ?? []
    return refuse(
      { kind: 'reads-contradict', locus, genotype: genotypes.texts.get(slot) ?? '', alleleDepths },
      genotype,
    )
  }
  return { reading, genotype, refused: undefined, depthsUnfit: (flags & AD_MALFORMED) !== 0 }
}

/** Whether the genotype carries anything but the reference. */
function shows(statement: Statement, at: BuildLocus): boolean {
  return statement.genotype?.strands.some((one) => one !== '.' && one !== at.ref) ?? false
}

function known(value: number | undefined): number | undefined {
  return value === undefined || value < 0 ? undefined : value
}

function single(statement: Statement, at: BuildLocus): Outcome {
  if (statement.refused !== undefined) return { gap: statement.refused }
  return outcomeOf(
    statement.genotype!,
    at,
    statement.depthsUnfit
      ? `${at.locus.id}: allele depths (AD) that do not fit the alleles were not used`
      : undefined,
  )
}

/** A half call that shows only the reference of an autosome says nothing: the other strand may carry anything. */
function outcomeOf(genotype: Genotype, at: BuildLocus, note: string | undefined): Outcome {
  const { strands, phased, phaseSet, depth, quality, evidence } = genotype
  const { id, chromosome, ref } = at.locus
  const more = note === undefined ? {} : { note }
  if (chromosome !== 'chrX' && strands.includes('.') && strands.every((one) => one === '.' || one === ref)) {
    return { gap: { kind: 'half-call', locus: id, genotype: strands.join(phased ? '|' : '/') }, ...more }
  }
  return {
    call: {
      locus: id,
      alleles: strands.length === 1 ? [strands[0]!] : [strands[0]!, strands[1]!],
      phased,
      phaseSet,
      evidence,
      ...(depth === undefined ? {} : { depth }),
      ...(quality === undefined ? {} : { quality }),
    },
    ...more,
  }
}

/**
 * Several records about one locus. Lines of one site split by ALT ("bcftools norm -m -", "vt decompose") are put
 * together strand by strand; without phase each copy of an ALT takes a strand of its own. Lines that repeat an ALT are
 * duplicates: equal ones count once, others contradict.
 */
function joined(statements: readonly Statement[], at: BuildLocus): Outcome {
  const [one, ...others] = statements as readonly [Statement, ...Statement[]]
  if (others.length === 0) return single(one, at)
  const genotypes = statements.map((statement) => statement.genotype!)
  const [first] = genotypes as [Genotype]
  if (genotypes.every((genotype) => sameGenotype(genotype, first))) {
    return outcomeOf(first, at, `${at.locus.id}: ${statements.length} records agree and were counted once`)
  }
  const merged = sharesAlt(statements) ? undefined : mergedStrands(genotypes, at.ref)
  if (merged === undefined) {
    return {
      gap: {
        kind: 'records-contradict',
        locus: at.locus.id,
        genotypes: genotypes.map(({ strands, phased }) => strands.join(phased ? '|' : '/')),
      },
    }
  }
  const showing =
    genotypes.find((genotype) => genotype.strands.some((base) => base !== at.ref && base !== '.')) ?? first
  const phased = genotypes.every((genotype) => genotype.phased)
  return outcomeOf({ ...showing, strands: merged, phased }, at, undefined)
}

function sameGenotype(a: Genotype, b: Genotype): boolean {
  if (a.strands.length !== b.strands.length) return false
  if (a.strands.every((base, i) => base === b.strands[i])) return true
  return !(a.phased && b.phased) && [...a.strands].sort().join() === [...b.strands].sort().join()
}

function sharesAlt(statements: readonly Statement[]): boolean {
  const seen = new Set<string>()
  for (const { reading } of statements) {
    for (const alt of reading.alleles.slice(1)) {
      if (seen.has(alt)) return true
      seen.add(alt)
    }
  }
  return false
}

function mergedStrands(genotypes: readonly Genotype[], ref: string): readonly string[] | undefined {
  const ploidy = genotypes[0]!.strands.length
  if (genotypes.some((genotype) => genotype.strands.length !== ploidy)) return undefined
  const strands: string[] = []
  for (let i = 0; i < ploidy; i++) {
    const bases = genotypes.map((genotype) => genotype.strands[i]!)
    const alts = bases.filter((base) => base !== ref && base !== '.')
    if (alts.length > 1) return withoutPhase(genotypes, ref, ploidy)
    strands.push(alts[0] ?? (bases.includes('.') ? '.' : ref))
  }
  return strands
}

/** Without phase, two heterozygous lines of one site are its two ALT alleles. */
function withoutPhase(
  genotypes: readonly Genotype[],
  ref: string,
  ploidy: number,
): readonly string[] | undefined {
  if (genotypes.some((genotype) => genotype.phased || genotype.strands.includes('.'))) return undefined
  const alts = genotypes.flatMap((genotype) => genotype.strands.filter((base) => base !== ref))
  return alts.length === ploidy ? alts : undefined
}

/** Reference blocks count when together they cover every base that the locus replaces. */
function covered(statements: readonly Statement[], slot: number, at: BuildLocus): Outcome | undefined {
  if (statements.length === 0) return undefined
  let needed = at.position
  const last = at.position + at.ref.length - 1
  const used: Genotype[] = []
  const sorted = [...statements].sort((a, b) => a.reading.record.position - b.reading.record.position)
  for (const { reading, genotype } of sorted) {
    const { position, end, genotypes } = reading.record
    const upTo = genotypes?.blockEnd?.[slot] || end
    if (position > needed || upTo < needed) continue
    used.push(genotype!)
    needed = upTo + 1
    if (needed > last) break
  }
  const [first] = used
  if (first === undefined || needed <= last) return undefined
  return outcomeOf(
    { ...first, depth: least(used.map((one) => one.depth)), quality: least(used.map((one) => one.quality)) },
    at,
    undefined,
  )
}

function least(values: readonly (number | undefined)[]): number | undefined {
  const stated = values.filter((value) => value !== undefined)
  return stated.length === 0 ? undefined : Math.min(...stated)
}

/** The more telling of two reasons: a record that failed says more than one that was not called. */
function stronger(a: Gap | undefined, b: Gap): Gap {
  return a === undefined || a.kind === 'no-call' ? b : a
}
