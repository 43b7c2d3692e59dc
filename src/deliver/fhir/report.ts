import type { Plan } from '../../decide/plan.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { GENETICS, genomicsReporting, question } from './code.ts'
import type { GeneEntry } from './genotype.ts'
import type { ReportContext } from './report-context.ts'
import type { Extension, Reference } from './resource.ts'

export const DISCLAIMER =
  'Made by a program from results sent to it; not a medical device. A qualified person decides.'

/** What a report refers to, in the order it prints it. */
interface ReportParts {
  readonly study: Reference | undefined
  readonly variants: readonly Reference[]
  readonly phase: readonly Reference[]
  readonly genes: readonly GeneEntry[]
  readonly implications: readonly Reference[]
  readonly tasks: readonly Reference[]
}

/** Adds the genomic-report: the root that everything else hangs on. */
export function addReport(context: ReportContext, plan: Plan, parts: ReportParts): Reference {
  return context.entries.add({
    resourceType: 'DiagnosticReport',
    meta: { profile: [genomicsReporting('genomic-report')] },
    extension: [
      ...(parts.study === undefined
        ? []
        : [{ url: genomicsReporting('genomic-study-reference'), valueReference: parts.study }]),
      ...parts.tasks.map((valueReference) => ({
        url: genomicsReporting('recommended-action'),
        valueReference,
      })),
      note('test-disclaimer', DISCLAIMER),
      note('test-methodology', methodOf(plan)),
      ...plan.drugs.flatMap((one) => one.dose.map((dose) => uncoded(doseText(one.drug.name, dose)))),
    ],
    status: context.status,
    category: [GENETICS],
    code: question(GENOMIC.geneticAnalysisReport, 'Genetic analysis report'),
    subject: context.patient,
    issued: context.issued,
    result: [
      ...parts.implications,
      ...parts.genes.map((one) => one.genotype),
      ...parts.genes.flatMap((one) => one.haplotypes),
      ...parts.variants,
      ...parts.phase,
    ],
    conclusion: conclusionOf(plan, parts.genes),
  })
}

/** Ten-second text: advice on the drugs named, drug-drug-gene effects, genes without an answer. */
function conclusionOf(plan: Plan, genes: readonly GeneEntry[]): string {
  const named = plan.drugs.filter((one) => one.status !== 'reference')
  const lines = named.map(namedHeadline)
  lines.push(...plan.interactions.map((one) => one.sentence))
  const unknown = genes.filter((one) => !one.answered).map((one) => one.gene)
  if (unknown.length > 0) lines.push(`No result for: ${unknown.join(', ')}. Missing is not normal.`)
  return lines.length > 0 ? lines.join('\n') : 'No drug was named; see the implications of each gene.'
}

function namedHeadline({ drug, headline }: Plan['drugs'][number]): string {
  return headline.toLowerCase().includes(drug.name) ? headline : `${drug.name}: ${headline}`
}

function methodOf(plan: Plan): string {
  const packs = plan.facts.map((one) => `${one.id}@${one.version}`).join(', ')
  return [`${plan.engine.name} ${plan.engine.version}. Facts: ${packs}.`, ...plan.notes].join(' ')
}

function doseText(drug: string, dose: Plan['drugs'][number]['dose'][number]): string {
  const notes = dose.notes.length > 0 ? ` ${dose.notes.join(' ')}` : ''
  if (!dose.known)
    return `${drug}: ${dose.equation} gives no dose; missing ${dose.missing.join(', ')}.${notes}`
  const inputs = dose.inputs.map((one) => `${one.name} ${one.value}`).join(', ')
  return `${drug}: ${dose.equation} gives ${dose.value} ${dose.unit} (${inputs}).${notes}`
}

/** A note of the report under one of the guide's codes. */
export function note(code: string, text: string): Extension {
  const coding = [
    { system: 'http://hl7.org/fhir/uv/genomics-reporting/CodeSystem/coded-annotation-types-cs', code },
  ]
  const extension = [{ url: genomicsReporting('annotation-code'), valueCodeableConcept: { coding } }] as const
  return { url: genomicsReporting('genomic-report-note'), valueAnnotation: { extension, text } }
}

function uncoded(text: string): Extension {
  return { url: genomicsReporting('genomic-report-note'), valueAnnotation: { text } }
}
