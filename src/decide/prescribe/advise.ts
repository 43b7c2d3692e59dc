import type { PgxFinding } from '../../interpret/finding.ts'
import type { CitedRule } from '../../knowledge/guideline/guidelines.ts'
import type { DoseEstimate, DrugAdvice, NamedDrug, Recommendation } from '../plan.ts'
import { reconcile } from '../reconcile.ts'
import { counted, percent } from './count-words.ts'
import { isCalled, missingPositions, whyUnknown } from './gene-state.ts'
import type { ListedDrug } from './medication.ts'
import { type Otherwise, otherwise } from './otherwise.ts'
import { type Prescribing, prescribe } from './prescribe.ts'
import { genesOf, type Lack, lackOf } from './rule-match.ts'
import { wouldChange } from './would-change.ts'

/** From this probability of other advice on, what a missing position may hide is told beside advice to change something. */
const TOLD = 0.05

/** From this probability of other advice on, the first line begins with the genotype that it holds for. */
const LED = 0.1

/** Everything known about one drug for one person, as one answer. `rules` are those for the drug. */
export function advise(
  drug: NamedDrug,
  status: DrugAdvice['status'],
  rules: readonly CitedRule[],
  prescribing: Prescribing,
  dose: readonly DoseEstimate[],
  exposure: ListedDrug['exposure'],
): DrugAdvice {
  const { findings, words } = prescribing
  const plain = rules.map((one) => one.rule)
  const genes = genesOf(plain)
  const lacking = genes
    .map((gene) => lackOf(plain, gene, findings.get(gene)))
    .filter((one) => one !== undefined)
  const found = prescribe(drug.name, rules, prescribing, exposure)
  const { headline: line, ...reconciled } = reconcile(drug.name, found, words)
  const others = genes.flatMap((gene) =>
    otherwise(gene, drug.name, rules, prescribing, exposure, { line, severity: reconciled.severity }),
  )
  // Where nothing is to be done, what an unseen position may hide is part of the answer: "no change" is not proven. Where
  // something is, it is told when it is not unlikely that something else would be, or when nobody knows how likely that is.
  const hidden = genes
    .filter(
      (gene) =>
        reconciled.severity === 'none' || shareOf(others, gene) >= TOLD || unweighed(findings.get(gene)),
    )
    .flatMap((gene) => hiddenText(findings.get(gene)))
  const unseen = reconciled.severity === 'none' ? genes.flatMap((gene) => unseenText(findings.get(gene))) : []
  const unclear = reconciled.recommendations.every(givesNone)
    ? genes.flatMap((gene) => unclearText(gene, findings.get(gene)))
    : []
  const missing = [
    ...lacking.map((lack) => missingText(lack, findings.get(lack.gene))),
    ...unclear,
    ...doubted(genes, findings).filter((one) => !unclear.includes(one)),
    ...hidden,
    ...unseen,
  ]
  const state =
    genes.length === 0
      ? 'no-guideline'
      : lacking.filter((one) => one.whole).length + unclear.length === genes.length
        ? 'unknown'
        : missing.length > 0
          ? 'partial'
          : 'answered'
  return {
    drug,
    status,
    headline: [
      headlineOf(drug.name, state, line, reconciled.recommendations, missing, genes, findings, others),
      ...estimated(dose),
    ].join(' '),
    state,
    ...reconciled,
    missing,
    wouldChange: wouldChange(drug.name, genes, lacking, reconciled.recommendations, findings, others),
    dose,
  }
}

function missingText({ gene, alleles }: Lack, finding: PgxFinding | undefined): string {
  if (alleles.length === 0) return whyUnknown(gene, finding)
  const doubts = finding?.doubts.join('; ')
  return `${gene}: ${counted(alleles, 'and')} ${doubts ? `not known (${doubts})` : 'not tested'}`
}

/** What speaks against a result that advice was looked up with. */
function doubted(genes: readonly string[], findings: ReadonlyMap<string, PgxFinding>): string[] {
  return genes.flatMap((gene) => {
    const finding = findings.get(gene)
    return isCalled(finding) && finding.lookup.length > 0 && finding.doubts.length > 0
      ? [`${gene}: ${finding.doubts.join('; ')}`]
      : []
  })
}

/** Whether the frequencies say of nothing but what is reported how probable it is. Rare is not impossible. */
function unweighed(finding: PgxFinding | undefined): boolean {
  return finding?.candidates.every((one) => one.reported || one.probability === undefined) === true
}

/** How probable it is, 0..1, that the gene is another than reported in a way that changes the advice. */
function shareOf(others: readonly Otherwise[], gene: string): number {
  return others
    .filter((one) => one.gene === gene && one.matters)
    .reduce((sum, one) => sum + one.probability, 0)
}

/** "Unless CYP3A5 turns out poor metabolizer (probability 44 %): " where advice rests on a genotype that may well be another. */
function condition(others: readonly Otherwise[]): string {
  const genes = [...new Set(others.map((one) => one.gene))].filter((gene) => shareOf(others, gene) >= LED)
  if (genes.length === 0) return ''
  const each = genes.map((gene) => {
    const phenotypes = others.filter((one) => one.gene === gene && one.matters).map((one) => one.phenotype)
    const words = counted([...new Set(phenotypes)], 'or').toLowerCase()
    return `${gene} turns out ${words} (probability ${percent(shareOf(others, gene))})`
  })
  return `Unless ${each.join(' or ')}: `
}

/**
 * A result whose effect nobody knows, where no publisher says anything either: that is not "no change". In the tables of
 * CPIC an allele of unknown function makes the phenotype "Indeterminate"; an allele that they do not list is "n/a".
 */
function unclearText(gene: string, finding: PgxFinding | undefined): string[] {
  if (!isCalled(finding) || finding.lookup.length === 0 || finding.phenotypes.length === 0) return []
  if (finding.doubts.length > 0) return [`${gene}: ${finding.doubts.join('; ')}`]
  if (!finding.phenotypes.every((one) => one === 'n/a' || one === 'Indeterminate')) return []
  const names = [...new Set(finding.lookup.map(({ name }) => name))]
  return [`${gene}: the effect of ${counted(names, 'or')} is not known`]
}

/** A called gene whose unseen positions could change its phenotype: "CYP2C19: *2 not excluded (rs4244285 not in the file)". */
function hiddenText(finding: PgxFinding | undefined): string[] {
  if (!isCalled(finding) || finding.phenotypeCertain || finding.missing.length === 0) return []
  const { gene, notExcluded } = finding
  if (notExcluded.length === 0) return [`${gene}: not certain${missingPositions(finding)}`]
  return [`${gene}: ${counted(notExcluded, 'and')} not excluded${missingPositions(finding, notExcluded)}`]
}

/**
 * A called gene of which this kind of data never shows a part: that nothing is to be done is not proven while a duplication
 * could hide. Only where nothing is to be done: would-change tells it beside all advice.
 */
function unseenText(finding: PgxFinding | undefined): string[] {
  if (!isCalled(finding) || finding.blindTo === undefined) return []
  return [`${finding.gene}: this data cannot show ${finding.blindTo}`]
}

function headlineOf(
  drug: string,
  state: DrugAdvice['state'],
  line: string | undefined,
  recommendations: DrugAdvice['recommendations'],
  missing: readonly string[],
  genes: readonly string[],
  findings: ReadonlyMap<string, PgxFinding>,
  others: readonly Otherwise[],
): string {
  if (state === 'no-guideline') return `No gene-drug guideline for ${drug} is installed.`
  if (state === 'unknown') return `No advice for ${drug}. Unknown: ${missing.join('; ')}.`
  const first = recommendations[0]
  if (line === undefined || first === undefined || givesNone(first)) {
    const results = genes.filter((gene) => isCalled(findings.get(gene))).join(' and ')
    return `No publisher gives advice on ${drug} for this ${results} result.`
  }
  const tail: string[] = []
  if (first.ambiguous === true) tail.push('Other genotypes that fit the data lead elsewhere.')
  const by = [...new Set(first.basis.flatMap((one) => one.convertedBy.map((drugs) => drugs.by.drug)))]
  if (by.length > 0) tail.push(`Because of ${by.join(' and ')}.`)
  if (missing.length > 0) tail.push(`Unknown: ${missing.join('; ')}.`)
  return [`${condition(others)}${line}`, ...tail].join(' ')
}

/** The dose of the first equation that could be computed; the label's table is a recommendation of its own. */
function estimated(dose: readonly DoseEstimate[]): string[] {
  const first = dose.find((one) => one.known && one.citation.source !== 'FDA')
  if (first === undefined || !first.known) return []
  const amount = first.range === undefined ? `${first.value}` : `${first.range.from} to ${first.range.to}`
  return [`Estimated maintenance dose: ${amount} ${first.unit} (${first.equation}).`]
}

function givesNone(one: Recommendation): boolean {
  return one.actions.every((action) => action.code === 'NO_RECOMMENDATION')
}
