import type { PgxFinding } from '../../interpret/finding.ts'
import { gapWords } from '../../terms/gap-words.ts'
import { conversionWords } from './advice-words.ts'
import { anchorOf } from './anchor.ts'
import { percent, sureWords } from './sure-words.ts'

/** One line of the table by gene. An empty list is printed as "not known". */
export interface GeneLine {
  readonly gene: string
  readonly known: boolean
  readonly results: readonly string[]
  /** The results in one line; "or" between diplotypes that the data cannot tell apart. */
  readonly resultText: string
  /** As the genotype says. */
  readonly phenotypes: readonly string[]
  readonly activityScores: readonly string[]
  /** As the person is expected to show it with the drugs now taken; undefined when no drug changes it. */
  readonly clinical: ClinicalLine | undefined
  readonly sure: readonly string[]
  readonly anchor: string
}

export interface ClinicalLine {
  readonly phenotype: string
  readonly activityScore: string | undefined
  readonly because: string
}

export interface GeneDetail {
  readonly line: GeneLine
  /** Where it came from, how many positions were seen, and whether the phase is known. */
  readonly read: string
  /** "*2: No function, activity value 0.0". */
  readonly alleles: readonly string[]
  readonly candidates: readonly {
    readonly name: string
    readonly phenotype: string
    readonly activityScore: string
    readonly probability: string
    readonly reported: boolean
  }[]
  readonly population: string | undefined
  readonly missing: readonly MissingGroup[]
  readonly notExcluded: readonly string[]
  readonly undocumented: readonly string[]
  readonly extraPositions: readonly string[]
  readonly conversions: readonly string[]
  /** What this kind of data cannot show, e.g. structural alleles; empty when the room named nothing. */
  readonly blindTo: readonly string[]
  readonly why: readonly string[]
}

/** Positions that were not seen for the same reason. */
export interface MissingGroup {
  readonly because: string
  readonly positions: readonly { readonly name: string; readonly alleles: readonly string[] }[]
}

export function geneLine(finding: PgxFinding): GeneLine {
  const results = resultsOf(finding)
  // "n/a": the functions of the alleles give no phenotype. Markers are results and stand there.
  const phenotypes = [...new Set(finding.phenotypes)].filter(
    (one) => one !== 'n/a' && !finding.markers.includes(one),
  )
  return {
    gene: finding.gene,
    known: results.length + phenotypes.length > 0,
    results,
    resultText: results.join(finding.markers.length > 0 ? ', ' : ' or ') || 'not known',
    phenotypes,
    activityScores: [...new Set(finding.activityScores)],
    clinical: clinicalOf(finding),
    sure: sureWords(finding),
    anchor: anchorOf('gene', finding.gene),
  }
}

/** The reported answer in the field's names; DPYD and RYR1 without phase list the alleles found. */
function resultsOf(finding: PgxFinding): readonly string[] {
  if (finding.markers.length > 0) {
    const names = finding.diplotypes.map((one) => one.name)
    return [...names, ...finding.markers]
  }
  if (finding.diplotypes.length > 0) return finding.diplotypes.map((one) => one.name)
  return finding.alleles.length > 0 ? [finding.alleles.map((one) => one.allele).join('; ')] : []
}

function clinicalOf({ clinical }: PgxFinding): ClinicalLine | undefined {
  if (clinical === undefined || clinical.because.length === 0) return undefined
  return {
    phenotype: clinical.phenotype ?? 'not known',
    activityScore: clinical.activityScore,
    because: clinical.because.map(conversionWords).join('; '),
  }
}

const FROM: Readonly<Record<PgxFinding['from'], string>> = {
  genotype: 'called here from the genotype file',
  'outside-call': 'called by an outside laboratory or program, taken as sent',
  none: 'not called',
}

const PHASE: Readonly<Record<PgxFinding['phase'], string | undefined>> = {
  phased: 'phased by the file',
  'effectively-phased': 'phase not needed, at most one position differs between the chromosomes',
  'phase-sets': 'phase known within phase sets only',
  unphased: 'phase not known',
  none: undefined,
}

function readWords({ from, phase, positions: { defined, seen } }: PgxFinding): string {
  const parts = [FROM[from]]
  if (defined > 0 && from !== 'outside-call') parts.push(`${seen} of ${defined} defining positions seen`)
  const words = PHASE[phase]
  if (words !== undefined) parts.push(words)
  return parts.join('; ')
}

export function geneDetail(finding: PgxFinding): GeneDetail {
  const alleles =
    finding.diplotypes.length > 0 ? finding.diplotypes.flatMap((one) => one.alleles) : finding.alleles
  return {
    line: geneLine(finding),
    read: readWords(finding),
    alleles: [...new Set(alleles.map(alleleWords))],
    candidates: finding.candidates.map((one) => ({
      name: one.name,
      phenotype: one.phenotype ?? 'none assigned',
      activityScore: one.activityScore ?? '–',
      probability: one.probability === undefined ? 'not known' : percent(one.probability),
      reported: one.reported,
    })),
    population: finding.population,
    missing: missingGroups(finding),
    notExcluded: finding.notExcluded,
    undocumented: finding.undocumented.map(
      (one) =>
        `${one.locus}: ${one.allele} is in no allele definition; taken as ${one.treatedAs === 'reference' ? 'the reference base' : 'not called'}`,
    ),
    extraPositions: finding.extraPositions.map(
      (one) => `${one.rsid} (${one.locus}): ${one.alleles.join('/')}`,
    ),
    conversions: (finding.clinical?.because ?? []).map((one) => {
      const sources = one.sources.map((s) => `${s.name} (${s.strength})`).join(', ')
      return `${conversionWords(one)}: ${one.rule}. Source: ${sources || 'none named'}.`
    }),
    blindTo: finding.blindTo === undefined ? [] : [finding.blindTo],
    why: finding.why,
  }
}

function alleleWords({ allele, function: means, activityValue }: PgxFinding['alleles'][number]): string {
  const activity = activityValue === undefined ? '' : `, activity value ${activityValue}`
  return `${allele}: ${means ?? 'no function assigned'}${activity}`
}

function missingGroups(finding: PgxFinding): readonly MissingGroup[] {
  const groups = new Map<string, MissingGroup['positions'][number][]>()
  for (const { locus, rsid, because, alleles } of finding.missing) {
    const words = gapWords(because)
    const group = groups.get(words) ?? []
    group.push({ name: rsid === undefined ? locus : `${rsid} (${locus})`, alleles })
    groups.set(words, group)
  }
  return [...groups].map(([because, positions]) => ({ because, positions }))
}
