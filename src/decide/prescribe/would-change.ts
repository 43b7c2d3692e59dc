import type { PgxFinding } from '../../interpret/finding.ts'
import type { DrugAdvice } from '../plan.ts'
import { counted, percent } from './count-words.ts'
import { clinicalFor, decisive } from './gene-key.ts'
import { isCalled, missingPositions } from './gene-state.ts'
import type { Otherwise } from './otherwise.ts'
import type { Lack } from './rule-match.ts'

/** What could turn the answer: an untested gene, an allele not excluded, another diplotype, a drug that is stopped. */
export function wouldChange(
  drug: string,
  genes: readonly string[],
  lacking: readonly Lack[],
  recommendations: DrugAdvice['recommendations'],
  findings: ReadonlyMap<string, PgxFinding>,
  otherAdvice: readonly Otherwise[],
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
    if (isCalled(finding)) found.push(...uncertaintyOf(gene, finding, drug, otherAdvice))
  }
  return found
}

function uncertaintyOf(
  gene: string,
  finding: PgxFinding,
  drug: string,
  otherAdvice: readonly Otherwise[],
): string[] {
  const found: string[] = []
  const names = [...new Set(finding.lookup.map((one) => one.name))]
  if (finding.from === 'outside-call' && finding.doubts.length > 0) {
    found.push(`What the laboratory means by its ${gene} result (${counted(names, 'or')}).`)
  } else if (new Set(finding.lookup.map((one) => one.lookupKey)).size > 1) {
    found.push(`Which ${gene} genotype it is: ${counted(names, 'or')}.`)
  }
  const reported = new Set(finding.lookup.map((one) => one.phenotype))
  const others = finding.candidates.filter((one) => !one.reported && !reported.has(one.phenotype))
  if (others.length > 0) {
    const lineOf = (phenotype: string | undefined) =>
      otherAdvice.find((one) => one.gene === gene && one.phenotype === phenotype)?.line
    const first = others.find((one) => lineOf(one.phenotype) !== undefined) ?? others[0]!
    const share = first.probability === undefined ? '' : `, probability ${percent(first.probability)}`
    const line = lineOf(first.phenotype)
    found.push(
      `${gene} ${first.name}${first.phenotype === undefined ? '' : ` (${first.phenotype.toLowerCase()})`}, which also fits${share}${line === undefined ? '.' : `: ${line}`}`,
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
