import type { PgxFinding } from '../../interpret/finding.ts'
import type { CitedRule } from '../../knowledge/guidelines.ts'
import type { DoseEstimate, DrugAdvice, NamedDrug, Recommendation } from '../plan.ts'
import { reconcile } from '../reconcile.ts'
import { clinicalFor, decisive } from './gene-key.ts'
import { isCalled, missingPositions, whyUnknown } from './gene-state.ts'
import type { ListedDrug } from './medication.ts'
import { type Prescribing, prescribe } from './prescribe.ts'
import { genesOf, type Lack, lackOf } from './rule-match.ts'

/** Alleles or candidates named before the rest is only counted. */
const NAMED = 4

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
  // Where nothing is to be done, what an unseen position may hide is part of the answer: "no change" is not proven.
  const hidden = reconciled.severity === 'none' ? genes.flatMap((gene) => hiddenText(findings.get(gene))) : []
  const unclear = reconciled.recommendations.every(givesNone)
    ? genes.flatMap((gene) => unclearText(gene, findings.get(gene)))
    : []
  const missing = [
    ...lacking.map((lack) => missingText(lack, findings.get(lack.gene))),
    ...unclear,
    ...hidden,
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
      headlineOf(drug.name, state, line, reconciled.recommendations, missing, genes, findings),
      ...estimated(dose),
    ].join(' '),
    state,
    ...reconciled,
    missing,
    wouldChange: wouldChange(drug.name, genes, lacking, reconciled.recommendations, findings),
    dose,
  }
}

function missingText({ gene, alleles }: Lack, finding: PgxFinding | undefined): string {
  return alleles.length === 0 ? whyUnknown(gene, finding) : `${gene}: ${counted(alleles, 'and')} not tested`
}

/**
 * A result whose effect nobody knows, where no publisher says anything either: that is not "no change". In the tables of
 * CPIC an allele of unknown function makes the phenotype "Indeterminate"; an allele that they do not list is "n/a".
 */
function unclearText(gene: string, finding: PgxFinding | undefined): string[] {
  if (!isCalled(finding) || finding.lookup.length === 0 || finding.phenotypes.length === 0) return []
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

function headlineOf(
  drug: string,
  state: DrugAdvice['state'],
  line: string | undefined,
  recommendations: DrugAdvice['recommendations'],
  missing: readonly string[],
  genes: readonly string[],
  findings: ReadonlyMap<string, PgxFinding>,
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
  return [line, ...tail].join(' ')
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

/** What could turn the answer: an untested gene, an allele not excluded, another diplotype, a drug that is stopped. */
function wouldChange(
  drug: string,
  genes: readonly string[],
  lacking: readonly Lack[],
  recommendations: DrugAdvice['recommendations'],
  findings: ReadonlyMap<string, PgxFinding>,
): string[] {
  const found: string[] = []
  const asks = [...new Set(recommendations.flatMap((one) => one.asks))]
  if (asks.length > 0) found.push(`To know: ${asks.join('; ')}.`)
  for (const { gene, alleles } of lacking) {
    found.push(
      alleles.length === 0 ? `A result for ${gene}.` : `A test for ${gene} ${counted(alleles, 'and')}.`,
    )
  }
  for (const gene of genes) {
    const finding = findings.get(gene)
    if (isCalled(finding)) found.push(...uncertaintyOf(gene, finding, drug))
  }
  return found
}

function uncertaintyOf(gene: string, finding: PgxFinding, drug: string): string[] {
  const found: string[] = []
  if (finding.lookup.length > 1) {
    const names = [...new Set(finding.lookup.map((one) => one.name))]
    if (new Set(finding.lookup.map((one) => one.lookupKey)).size > 1) {
      found.push(`Which ${gene} genotype it is: ${counted(names, 'or')}.`)
    }
  }
  const reported = new Set(finding.lookup.map((one) => one.phenotype))
  const others = finding.candidates.filter((one) => !one.reported && !reported.has(one.phenotype))
  if (others.length > 0) {
    const [first] = others
    const share = first!.probability === undefined ? '' : `, probability ${percent(first!.probability)}`
    found.push(
      `${gene} ${first!.name}${first!.phenotype === undefined ? '' : ` (${first!.phenotype.toLowerCase()})`}, which also fits${share}.`,
    )
  }
  if (finding.notExcluded.length > 0) {
    const alleles = counted(finding.notExcluded, 'and')
    found.push(`${gene} ${alleles}, not excluded${missingPositions(finding, finding.notExcluded)}.`)
  }
  if (finding.blindTo !== undefined) found.push(`${gene} ${finding.blindTo}, which this data cannot show.`)
  const clinical = clinicalFor(finding, drug)
  const stopped = decisive(clinical?.because ?? []).map((one) => one.by.drug)
  const genetic = finding.lookup[0]?.phenotype
  if (clinical !== undefined && genetic !== undefined && clinical.phenotype !== genetic) {
    found.push(
      `Without ${stopped.join(' and ')} the ${gene} result would be ${genetic.toLowerCase()} once the inhibition has worn off.`,
    )
  }
  return found
}

function counted(names: readonly string[], join: 'and' | 'or'): string {
  if (names.length <= NAMED) {
    return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${join} ${names.at(-1)}`
  }
  return `${names.slice(0, NAMED).join(', ')} ${join} ${names.length - NAMED} more`
}

function percent(probability: number): string {
  return probability < 0.001 ? 'below 0.1 %' : `${Number((probability * 100).toPrecision(2))} %`
}
