import type { Resource } from '../../../record/resource.ts'
import { GENOMIC, LOINC, TBD_CODES } from '../../../terms/genomics-reporting.ts'
import {
  ABSENT,
  observationOf,
  PARTIAL_TAG,
  type ReportFrame,
  WITHDRAWN_TAG,
} from '../resource/observation-resource.ts'
import type { Line } from '../segment/observation-line.ts'
import { isWithdrawn, statusTogether } from '../segment/result-status.ts'
import { conceptOf } from '../value/coded.ts'
import { assessmentAnswer, GENOMIC_CODES } from './genomic-code.ts'
import { asConcept, type Component, componentsOf, titled } from './genomic-component.ts'

/** Lines of one OBX-4, which say one thing together. */
export interface Group {
  readonly subId: string
  readonly lines: readonly Line[]
}

/** What a group became, with what later groups refer to. */
interface Findings {
  readonly resources: readonly Resource[]
  /** Variant, genotype and haplotypes: what implications of the group, and of groups nested in it, are derived from. */
  readonly findings: readonly string[]
}

type Kind = 'finding' | 'variant' | 'genotype' | 'haplotype' | 'therapeutic' | 'diagnostic' | 'overall'

export function kindOf(line: Line): Kind | undefined {
  return line.loinc === undefined ? undefined : GENOMIC_CODES[line.loinc]?.of
}

/**
 * The Observations of one group of genomic lines: at most one variant or genotype, its haplotypes, and at most one
 * therapeutic and one diagnostic implication. `parents` are the findings of the group it is nested in (1a of 1a.a).
 */
export function genomicFindings(frame: ReportFrame, group: Group, parents: readonly string[]): Findings {
  const of = (...kinds: readonly Kind[]) =>
    group.lines.filter((line) => kinds.includes(kindOf(line) ?? 'overall'))
  const shared = of('finding')
  const resources: Resource[] = []
  const findings: string[] = []
  const keep = (one: Resource) => {
    resources.push(one)
    findings.push(`Observation/${one.id}`)
  }
  const own: string[] = []
  for (const line of of('haplotype')) {
    const one = called(frame, group, [line], shared, 'haplotype', [])
    keep(one)
    own.push(`Observation/${one.id}`)
  }
  const genotypes = of('genotype')
  if (genotypes.length > 0) keep(called(frame, group, genotypes, shared, 'genotype', own))
  const variantLines = of('variant')
  const implied = of('therapeutic', 'diagnostic')
  // A display name and a gene without a genotype and without an implication name a variant.
  if (variantLines.length > 0 || (findings.length === 0 && implied.length === 0 && shared.length > 0)) {
    keep(variant(frame, group, [...shared, ...variantLines]))
  }
  const from = findings.length > 0 ? findings : parents
  const therapeutic = of('therapeutic')
  const diagnostic = of('diagnostic')
  // Evidence and phenotypic context belong to the medication where one is named.
  if (therapeutic.length > 0)
    resources.push(implication(frame, group, [...therapeutic, ...diagnostic], shared, 'therapeutic', from))
  else if (diagnostic.length > 0)
    resources.push(implication(frame, group, diagnostic, shared, 'diagnostic', from))
  return { resources, findings: findings.length > 0 ? findings : parents }
}

/** Genotype or haplotype: the value is the name; the gene and the rest of the group are components. */
function called(
  frame: ReportFrame,
  group: Group,
  lines: readonly Line[],
  shared: readonly Line[],
  kind: 'genotype' | 'haplotype',
  derivedFrom: readonly string[],
): Resource {
  const all = [...lines, ...shared]
  const [line] = lines
  const standing = lines.filter((one) => !isWithdrawn(one.status))
  const value = standing.flatMap((one) => one.values)[0]
  const status = standing.length === 0 ? statusTogether(lines.map((one) => one.status)) : together(all)
  const { components, notes } = allComponents(shared, frame)
  const genotype = kind === 'genotype'
  const nth = genotype ? '' : String(line!.nth)
  const rest = {
    ...(value === undefined
      ? isWithdrawn(status) || status === 'registered'
        ? {}
        : { dataAbsentReason: ABSENT }
      : { valueCodeableConcept: asConcept(value) }),
    ...(derivedFrom.length === 0 ? {} : { derivedFrom: derivedFrom.map((reference) => ({ reference })) }),
    ...(components.length === 0 ? {} : { component: components }),
    note: notes,
  }
  return partial(
    all,
    observationOf(frame, all, status, {
      place: [kind, group.subId, nth],
      genomic: true,
      // The profiles ask for a value, and a withdrawn result may have none.
      ...(value === undefined ? {} : { profile: kind }),
      code: {
        coding: [{ system: LOINC, code: genotype ? GENOMIC.genotype : GENOMIC.haplotype }],
        ...titled(line!),
      },
      rest,
    }),
  )
}

/** Codes of a variant group that the guide has another component for. */
const RENAMED: Readonly<Record<string, string>> = { [GENOMIC.dbSnp]: GENOMIC.variationCode }

function variant(frame: ReportFrame, group: Group, lines: readonly Line[]): Resource {
  const standing = lines.filter((one) => !isWithdrawn(one.status))
  const assessed = standing.find((one) => one.loinc === GENOMIC.variant)
  const status = statusTogether(lines.map((one) => one.status))
  const rest = standing.filter((one) => one.loinc !== GENOMIC.variant)
  const { components, notes } = allComponents(rest, frame)
  const said = assessed?.values[0]
  const coded = said?.coded?.codings.find(({ system }) => system === LOINC)?.code
  const answer = said === undefined ? undefined : assessmentAnswer(coded, said.text)
  if (said !== undefined && answer === undefined) notes.push({ text: `Assessment: ${said.text}` })
  return partial(
    lines,
    observationOf(frame, lines, status, {
      place: ['variant', group.subId],
      genomic: true,
      profile: 'variant',
      code: { coding: [{ system: LOINC, code: GENOMIC.variant }], text: 'Genetic variant assessment' },
      rest: {
        ...(answer === undefined
          ? {}
          : { valueCodeableConcept: { coding: [{ system: LOINC, ...answer }], text: said!.text } }),
        ...(components.length === 0 ? {} : { component: components }),
        note: notes,
      },
    }),
  )
}

/** Component codes of an implication, by the LOINC code of the line. */
const IMPLICATION: Readonly<Record<string, string>> = {
  [GENOMIC.drugMetabolism]: 'therapeutic-implication',
  [GENOMIC.drugEfficacy]: 'therapeutic-implication',
}

function implication(
  frame: ReportFrame,
  group: Group,
  lines: readonly Line[],
  shared: readonly Line[],
  kind: 'therapeutic' | 'diagnostic',
  derivedFrom: readonly string[],
): Resource {
  const status = statusTogether(lines.map((one) => one.status))
  const standing = lines.filter((one) => !isWithdrawn(one.status))
  const components: Component[] = []
  const notes: { readonly text: string }[] = []
  const narrative = standing.filter(
    (line) => line.loinc === GENOMIC.medicationSuggestionNarrative && line.values.length > 0,
  )
  if (narrative.length > 0) components.push(conclusion(narrative))
  for (const line of standing) {
    if (narrative.includes(line)) continue
    const own = IMPLICATION[line.loinc ?? '']
    // The guide's own code and LOINC's, where the guide has one for what LOINC asks.
    const code =
      own === undefined
        ? undefined
        : {
            coding: [
              { system: TBD_CODES, code: own },
              { system: LOINC, code: line.loinc },
            ],
            ...titled(line),
          }
    const found = componentsOf(line, frame.genes, code)
    components.push(...found.components)
    for (const text of found.notes) notes.push({ text })
  }
  // Without a finding to lead back to, the gene stands here: a phenotype alone is a result, too.
  if (derivedFrom.length === 0) {
    const genes = shared.filter((one) => one.loinc === GENOMIC.geneStudied && !isWithdrawn(one.status))
    components.push(...allComponents(genes, frame).components)
  }
  return partial(
    lines,
    observationOf(frame, lines, status, {
      place: [`${kind}-implication`, group.subId],
      genomic: true,
      ...(derivedFrom.length === 0 ? {} : { profile: `${kind}-implication` }),
      code: { coding: [{ system: TBD_CODES, code: `${kind}-implication` }] },
      rest: {
        ...(derivedFrom.length === 0 ? {} : { derivedFrom: derivedFrom.map((reference) => ({ reference })) }),
        ...(components.length === 0 ? {} : { component: components }),
        note: notes,
      },
    }),
  )
}

/** The laboratory's own words on the use of a drug, which may come line by line. */
function conclusion(lines: readonly Line[]): Component {
  const coding = [
    { system: TBD_CODES, code: 'conclusion-string' },
    { system: LOINC, code: GENOMIC.medicationSuggestionNarrative },
  ]
  const text = lines.flatMap((line) => line.values.map((value) => value.text)).join('\n')
  return { code: { coding, ...titled(lines[0]!) }, valueString: text }
}

/** The overall interpretation of a report. */
export function overallInterpretation(frame: ReportFrame, line: Line): Resource {
  const value = line.values[0]
  return observationOf(frame, [line], line.status, {
    place: ['overall', line.subId, String(line.nth)],
    genomic: true,
    code: conceptOf(line.code)!,
    rest: value === undefined ? {} : { valueCodeableConcept: asConcept(value) },
  })
}

function allComponents(
  lines: readonly Line[],
  frame: ReportFrame,
): { components: Component[]; notes: { readonly text: string }[] } {
  const components: Component[] = []
  const notes: { readonly text: string }[] = []
  for (const line of lines) {
    if (isWithdrawn(line.status)) continue
    const renamed = RENAMED[line.loinc ?? '']
    const code =
      renamed === undefined ? undefined : { coding: [{ system: LOINC, code: renamed }], ...titled(line) }
    const found = componentsOf(line, frame.genes, code)
    components.push(...found.components)
    for (const text of found.notes) notes.push({ text })
  }
  return { components, notes }
}

/** The status of the name decides; the other lines can make it less sure, not withdraw it. */
function together(lines: readonly Line[]): ReturnType<typeof statusTogether> {
  return statusTogether(lines.map((one) => one.status))
}

/** Marks a resource all of whose lines are corrections, so that what they do not mention is kept. */
function partial(lines: readonly Line[], resource: Resource): Resource {
  const corrects = lines.every((one) => one.status === 'corrected' || isWithdrawn(one.status))
  if (!corrects || !lines.some((one) => one.status === 'corrected')) return resource
  const withdrawn = lines.filter((one) => isWithdrawn(one.status)).flatMap((one) => one.loinc ?? [])
  const tag = [
    ...(resource.meta?.tag ?? []),
    { system: PARTIAL_TAG, code: 'yes' },
    ...withdrawn.map((code) => ({ system: WITHDRAWN_TAG, code })),
  ]
  return { ...resource, meta: { ...resource.meta, tag } }
}
