import type { Resource } from '../../../record/resource.ts'
import { GENOMIC } from '../../../terms/genomics-reporting.ts'
import { type Group, genomicFindings, kindOf, overallInterpretation } from '../genomics/genomic-finding.ts'
import { plainObservations, type ReportFrame } from '../resource/observation-resource.ts'
import type { Line } from '../segment/observation-line.ts'
import { isWithdrawn } from '../segment/result-status.ts'

/** A narrative of several TX or FT lines is longer than a coded result ever is. */
const LONGEST_RESULT = 200

/** What the lines of one OBR become. */
interface Results {
  readonly resources: readonly Resource[]
  /** Whether any of them is a genomic finding. */
  readonly genomic: boolean
  /** Text of TX and FT lines, joined, with a heading where the question changes; undefined when there is none. */
  readonly narrative: string | undefined
  readonly conclusions: readonly string[]
  /** Lines of groups in which it cannot be told what belongs together. */
  readonly ambiguous: readonly Line[]
  /** Lines whose codes ought to be known: neither documents nor narrative. */
  readonly discrete: readonly Line[]
}

/**
 * Sorts lines: narrative into one text; genomic lines by OBX-4 into findings; everything else each by itself.
 * Documents are not looked at here.
 */
export function groupResults(frame: ReportFrame, lines: readonly Line[]): Results {
  const discrete = lines.filter((line) => line.documents.length === 0)
  const narrative = discrete.filter((line) => isNarrative(line, discrete))
  // Empty lines belong to a text; an answer that is empty is none.
  const rest = discrete
    .filter((line) => !narrative.includes(line))
    .map((line) => ({ ...line, values: line.values.filter(({ text }) => text.trim() !== '') }))
  const resources: Resource[] = []
  const conclusions: string[] = []
  const ambiguous: Line[] = []
  const groups = new Map<string, Line[]>()
  for (const line of rest) {
    const kind = kindOf(line)
    if (kind === undefined) {
      resources.push(...plainObservations(frame, line, false))
    } else if (kind === 'overall') {
      resources.push(overallInterpretation(frame, line))
      conclusions.push(...line.values.map((value) => value.text))
    } else {
      groups.set(line.subId, [...(groups.get(line.subId) ?? []), line])
    }
  }
  const findings = new Map<string, readonly string[]>()
  // A parent before what is nested in it, whatever the order sent.
  const order = [...groups.keys()].sort((a, b) => depthOf(a) - depthOf(b))
  for (const subId of order) {
    const group: Group = { subId, lines: groups.get(subId)! }
    if (isAmbiguous(group)) {
      ambiguous.push(group.lines[0]!)
      for (const line of group.lines) resources.push(...plainObservations(frame, line, true))
      continue
    }
    const found = genomicFindings(frame, group, parentFindings(subId, findings))
    findings.set(subId, found.findings)
    resources.push(...found.resources)
  }
  const genomic = resources.length > 0 && rest.some((line) => kindOf(line) !== undefined)
  const standing = narrative.filter((line) => !isWithdrawn(line.status))
  return { resources, genomic, narrative: textOf(standing), conclusions, ambiguous, discrete: rest }
}

/**
 * Questions that one finding may answer several times. Any other that is answered twice under one OBX-4 means that it
 * cannot be told which answers belong together.
 */
const REPEATED: ReadonlySet<string> = new Set([
  ...[
    GENOMIC.geneStudied,
    GENOMIC.cytogeneticLocation,
    GENOMIC.referenceSequenceAssembly,
    GENOMIC.chromosomeIdentifier,
    GENOMIC.variationCode,
    GENOMIC.dbSnp,
    GENOMIC.variantAnalysisMethod,
    GENOMIC.haplotype,
  ],
  ...[
    GENOMIC.drugMetabolism,
    GENOMIC.drugEfficacy,
    GENOMIC.medicationAssessed,
    GENOMIC.medicationSuggestion,
    GENOMIC.medicationSuggestionNarrative,
    GENOMIC.evidenceLevel,
    GENOMIC.predictedPhenotype,
  ],
])

function isAmbiguous({ subId, lines }: Group): boolean {
  const standing = lines.filter((line) => !isWithdrawn(line.status))
  const count = (loinc: string) =>
    standing.filter((line) => line.loinc === loinc).reduce((sum, line) => sum + line.values.length, 0)
  const codes = new Set(standing.flatMap(({ loinc }) => loinc ?? []))
  if ([...codes].some((loinc) => !REPEATED.has(loinc) && count(loinc) > 1)) return true
  const named = standing.some((line) => ['genotype', 'haplotype', 'therapeutic'].includes(kindOf(line) ?? ''))
  // Several genes of one variant are possible; several genes of one diplotype, or of lines without OBX-4, are not.
  return count(GENOMIC.geneStudied) > 1 && (named || subId === '')
}

/** Findings of the nearest group that this one is nested in: of 1a.a.b those of 1a.a, else of 1a. */
function parentFindings(subId: string, findings: ReadonlyMap<string, readonly string[]>): readonly string[] {
  for (let end = subId.lastIndexOf('.'); end > 0; end = subId.lastIndexOf('.', end - 1)) {
    const found = findings.get(subId.slice(0, end))
    if (found !== undefined) return found
  }
  return []
}

function depthOf(subId: string): number {
  return subId.split('.').length
}

/** Text that is a report to read, not the answer to one question: several lines under one code, or a long one. */
function isNarrative(line: Line, all: readonly Line[]): boolean {
  if ((line.type !== 'TX' && line.type !== 'FT') || kindOf(line) !== undefined) return false
  if (line.values.length > 1 || (line.values[0]?.text.length ?? 0) > LONGEST_RESULT) return true
  if (line.values[0]?.text.includes('\n') === true) return true
  return all.some(
    (other) => other !== line && other.type === line.type && headingKey(other) === headingKey(line),
  )
}

function headingKey(line: Line): string {
  const sent = line.code.sent[0]
  return `${sent?.system ?? ''} ${sent?.code ?? line.code.text ?? ''}`
}

function textOf(lines: readonly Line[]): string | undefined {
  if (lines.length === 0) return undefined
  const headings = new Set(lines.map(headingKey))
  const texts: string[] = []
  let last: string | undefined
  for (const line of lines) {
    const key = headingKey(line)
    if (headings.size > 1 && key !== last && line.code.text !== undefined) {
      texts.push(...(last === undefined ? [] : ['']), line.code.text)
    }
    last = key
    // An empty repetition is an empty line of the text.
    if (line.values.length === 0) texts.push('')
    for (const value of line.values) texts.push(value.text)
  }
  return texts.join('\n')
}
