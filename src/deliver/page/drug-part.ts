import type { DoseEstimate, DrugAdvice, Plan, Recommendation } from '../../decide/plan.ts'
import { basesWords, basisWords, populationWords, strengthWords, whoWords } from './advice-words.ts'
import { type Mark, markOf } from './mark.ts'
import type { PopulationCodes } from './report-input.ts'

/** One line of "Act on these" and of the table by drug. */
export interface DrugLine {
  readonly drug: string
  readonly status: DrugAdvice['status']
  readonly mark: Mark
  readonly headline: string
  readonly basis: readonly string[]
  readonly who: string
  /** What weakens the line: publishers differ, part of the answer is not known. */
  readonly caveats: readonly string[]
  /** Under the headline of "Act on these": result, publishers and caveats; shorter for a drug not taken. */
  readonly small: string
  /** Name of the drug's detail section; undefined when it has none. */
  readonly anchor: string | undefined
}

/** A drug not taken that needs no change: what the publishers say, in one row. */
export interface QuietDrug {
  readonly drug: string
  readonly anchor: string
  readonly basis: readonly string[]
  readonly says: readonly { readonly text: string; readonly links: readonly Link[] }[]
}

export interface Link {
  readonly text: string
  readonly url: string
}

export interface RecommendationDetail {
  readonly source: string
  readonly mark: Mark
  readonly doThis: string
  readonly because: string
  readonly strength: string
  readonly population: string
  /** Set when it is not known whether the person belongs to that population. */
  readonly asks: string | undefined
  /** Set when only some of the genotypes that fit the data lead to this recommendation. */
  readonly ambiguous: string | undefined
  readonly basis: readonly string[]
  readonly citation: string
  readonly links: readonly Link[]
  readonly pack: string
}

export interface DrugDetail {
  readonly line: DrugLine
  readonly codes: string
  readonly recommendations: readonly RecommendationDetail[]
  readonly difference: string | undefined
  readonly missing: readonly string[]
  readonly wouldChange: readonly string[]
  readonly doses: readonly DoseDetail[]
}

export interface DoseDetail {
  readonly equation: string
  /** "31.5 mg/week", "28 to 35 mg/week"; undefined when it was refused. */
  readonly dose: string | undefined
  readonly rows: readonly { readonly name: string; readonly value: string }[]
  readonly notes: readonly string[]
  readonly citation: string
  readonly links: readonly Link[]
}

export interface DrugPart {
  /** To act on, most harmful first: drugs taken or considered. */
  readonly now: readonly DrugLine[]
  /** To act on if ever prescribed. */
  readonly later: readonly DrugLine[]
  /** Taken or considered drugs about which nothing could be said, with the reason. */
  readonly open: readonly DrugLine[]
  /** The table by drug: what needs a change or is worth knowing, and every drug taken or considered. */
  readonly table: readonly DrugLine[]
  /** Drugs not taken of which the genes ask nothing, by name. */
  readonly quiet: readonly string[]
  /** What publishers say of drugs not taken that need no change: those worth a remark first, then the quiet ones. */
  readonly others: readonly QuietDrug[]
  /** Drugs not taken whose genes are not known, grouped by what is missing. */
  readonly notKnown: readonly { readonly drugs: readonly string[]; readonly because: string }[]
  readonly details: readonly DrugDetail[]
}

const loud = (line: DrugLine) => line.mark === 'critical' || line.mark === 'warning'
const asked = (advice: DrugAdvice) => advice.status !== 'reference'

/** Everything the report says by drug. The plan's order, most harmful first, is kept throughout. */
export function drugPart(plan: Plan, words?: PopulationCodes): DrugPart {
  const quiet = plan.drugs.filter((one) => !asked(one) && markOf(one) === 'none')
  const dark = plan.drugs.filter((one) => !asked(one) && one.state === 'unknown')
  const worth = plan.drugs.filter((one) => !asked(one) && markOf(one) === 'info')
  const hidden = new Set([...quiet, ...dark])
  const shown = plan.drugs.filter((one) => !hidden.has(one))
  const table = shown.map(lineOf)
  return {
    now: table.filter((line) => loud(line) && line.status !== 'reference'),
    later: table.filter((line) => loud(line) && line.status === 'reference'),
    open: table.filter((line) => line.status !== 'reference' && line.mark === 'unknown'),
    table,
    quiet: quiet.map((one) => one.drug.name),
    others: [...worth, ...quiet].map(quietOf),
    notKnown: groupByReason(dark),
    details: shown.filter((one) => !worth.includes(one)).flatMap((one) => drugDetail(one, words) ?? []),
  }
}

const hasDetail = (one: DrugAdvice) =>
  one.recommendations.length + one.dose.length + one.missing.length + one.wouldChange.length > 0

function lineOf(advice: DrugAdvice): DrugLine {
  const caveats: string[] = []
  if (advice.agreement === 'differ') caveats.push('publishers differ')
  if (advice.state === 'partial') caveats.push('part of the answer is not known')
  if (advice.recommendations.some((one) => one.applies === 'unknown'))
    caveats.push('asks for more information')
  if (advice.recommendations.some((one) => one.ambiguous === true))
    caveats.push('depends on which genotype is true')
  const basis = basesWords(advice.recommendations)
  const who = whoWords(advice.recommendations)
  const small = asked(advice) ? [advice.status, ...basis, who, ...caveats] : [who, ...caveats]
  return {
    drug: advice.drug.name,
    status: advice.status,
    mark: markOf(advice),
    headline: advice.headline,
    basis,
    who,
    caveats,
    small: small.filter((one) => one !== '').join(' · '),
    anchor: hasDetail(advice) ? anchorOf('drug', advice.drug.name) : undefined,
  }
}

/** "drug-valproic-acid": a fragment identifier from any name. */
export function anchorOf(kind: string, name: string): string {
  return `${kind}-${name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}`
}

function quietOf(advice: DrugAdvice): QuietDrug {
  const says = new Map<string, Map<string, Link>>()
  for (const one of advice.recommendations) {
    const text = `${one.source} (${strengthWords(one.strength)}): ${one.doThis}`
    const links = says.get(text) ?? new Map<string, Link>()
    for (const link of linksOf(one.citation)) links.set(link.url, link)
    says.set(text, links)
  }
  return {
    drug: advice.drug.name,
    anchor: anchorOf('drug', advice.drug.name),
    basis: basesWords(advice.recommendations),
    says: [...says].map(([text, links]) => ({ text, links: [...links.values()] })),
  }
}

function groupByReason(drugs: readonly DrugAdvice[]): DrugPart['notKnown'] {
  const groups = new Map<string, string[]>()
  for (const { drug, missing, headline } of drugs) {
    const because = missing.length > 0 ? missing.join('; ') : headline
    groups.set(because, [...(groups.get(because) ?? []), drug.name])
  }
  return [...groups].map(([because, names]) => ({ because, drugs: names }))
}

/** Undefined when there is nothing to say beyond the headline. */
export function drugDetail(advice: DrugAdvice, words?: PopulationCodes): DrugDetail | undefined {
  if (!hasDetail(advice)) return undefined
  const { rxcui, atc } = advice.drug
  const codes = [rxcui === undefined ? [] : [`RxNorm ${rxcui}`], atc.map((code) => `ATC ${code}`)].flat()
  return {
    line: lineOf(advice),
    codes: codes.length > 0 ? codes.join(', ') : 'no code',
    recommendations: advice.recommendations.map((one) => recommendationOf(one, words)),
    difference: advice.difference,
    missing: advice.missing,
    wouldChange: advice.wouldChange,
    doses: advice.dose.map(doseOf),
  }
}

function recommendationOf(one: Recommendation, words: PopulationCodes | undefined): RecommendationDetail {
  return {
    source: one.source,
    mark: one.severity,
    doThis: one.doThis,
    because: one.because,
    strength: strengthWords(one.strength),
    population: populationWords(one.population, words),
    asks:
      one.applies === 'yes'
        ? undefined
        : one.asks.length > 0
          ? `not known; find out: ${one.asks.join(', ')}`
          : 'not known',
    ambiguous:
      one.ambiguous === true ? 'only if this result is the true one; others fit the data too' : undefined,
    basis: one.basis.map(basisWords),
    citation: citationWords(one.citation),
    links: linksOf(one.citation),
    pack: `${one.citation.pack.id}@${one.citation.pack.version}`,
  }
}

function doseOf(dose: DoseEstimate): DoseDetail {
  return {
    equation: dose.equation,
    dose: dose.known ? doseText(dose) : undefined,
    rows: dose.known ? dose.inputs : dose.missing.map((name) => ({ name, value: 'missing' })),
    notes: dose.notes,
    citation: citationWords(dose.citation),
    links: linksOf(dose.citation),
  }
}

function doseText({ value, range, unit }: Extract<DoseEstimate, { known: true }>): string {
  return range === undefined || range.from === range.to
    ? `${value} ${unit}`
    : `${range.from} to ${range.to} ${unit}`
}

const citationWords = (one: Recommendation['citation']) =>
  one.title.endsWith(one.version) ? one.title : `${one.title}, ${one.version}`

/** PubMed and publisher; only addresses that a browser opens as a web page. */
function linksOf(citation: Recommendation['citation']): readonly Link[] {
  const links = citation.pmids
    .filter((pmid) => /^\d{1,9}$/.test(pmid))
    .map((pmid) => ({ text: `PMID ${pmid}`, url: `https://pubmed.ncbi.nlm.nih.gov/${pmid}/` }))
  const { url } = citation
  return url !== undefined && /^https?:\/\//i.test(url) ? [...links, { text: citation.source, url }] : links
}
