import type { PgxFinding, Phenoconversion } from '../interpret/finding.ts'
import type { CitedRule } from '../knowledge/guideline/guidelines.ts'
import type { EnzymeModifiers } from '../knowledge/pgx/enzyme-modifier.ts'
import type { DrugAdvice, DrugDrugGene, Severity } from './plan.ts'
import { clinicalFor } from './prescribe/gene-key.ts'
import { isCalled } from './prescribe/gene-state.ts'
import type { ListedDrug } from './prescribe/medication.ts'
import { genesOf } from './prescribe/rule-match.ts'
import { bySeverity } from './reconcile.ts'

/** One drug of the list with its rules and its advice. */
export interface Advised {
  readonly listed: ListedDrug
  readonly rules: readonly CitedRule[]
  readonly advice: DrugAdvice
}

/**
 * Two drugs and a gene: a drug of the list changes the enzyme of a gene that guidelines of another drug of the list look
 * at. As severe as the advice it leads to when it changes what is looked up; information when it does not (weak
 * inhibitors, inducers, strengths that no source states); a warning when a strong inhibitor meets a gene not tested.
 * Most severe first, then by drug.
 */
export function interactionsOf(
  drugs: readonly Advised[],
  findings: ReadonlyMap<string, PgxFinding>,
  modifiers: EnzymeModifiers,
): DrugDrugGene[] {
  const found = drugs.flatMap((affected) => {
    const enzymes = new Set<string>()
    return genesOf(affected.rules.map((one) => one.rule)).flatMap((gene) =>
      drugs
        .filter((other) => other.listed.drug.name !== affected.listed.drug.name)
        .flatMap((other) => {
          const one = interaction(affected, other.listed, gene, findings.get(gene), modifiers)
          // An enzyme family stands for several genes; one sentence is enough.
          const enzyme = `${other.listed.drug.name} ${modifiers.of(other.listed.drug.name, gene)[0]?.enzyme}`
          if (one === undefined || enzymes.has(enzyme)) return []
          enzymes.add(enzyme)
          return [one]
        }),
    )
  })
  return found.sort(
    (a, b) =>
      bySeverity(a.severity, b.severity) ||
      compare(a.affected.name, b.affected.name) ||
      compare(a.by.name, b.by.name) ||
      compare(a.gene, b.gene),
  )
}

function interaction(
  affected: Advised,
  by: ListedDrug,
  gene: string,
  finding: PgxFinding | undefined,
  modifiers: EnzymeModifiers,
): DrugDrugGene | undefined {
  const statements = modifiers.of(by.drug.name, gene)
  const [first] = statements
  if (first === undefined) return undefined
  const clinical = finding === undefined ? undefined : clinicalFor(finding, affected.listed.drug.name)
  const said = clinical?.because.find((one) => one.by.drug === by.drug.name)
  const role = said?.role ?? (statements.some((one) => one.role === 'inhibitor') ? 'inhibitor' : first.role)
  const strengths = statements.filter((one) => one.role === role).map((one) => one.strength)
  const strength =
    said?.strength ??
    (['strong', 'moderate', 'weak'] as const).find((one) => strengths.includes(one)) ??
    'unknown'
  const drug = affected.listed.drug.name
  const opening = `${by.status === 'considered' ? `If ${by.drug.name} is given: it` : capital(by.drug.name)} ${verb(role, strength, first.enzyme)}`
  const converts = affected.advice.recommendations.some((one) =>
    one.basis.some(
      (basis) => basis.gene === gene && basis.convertedBy.some((c) => c.by.drug === by.drug.name),
    ),
  )
  const sources =
    said?.sources ??
    statements.map((one): Phenoconversion['sources'][number] => ({
      name: one.source.name,
      strength: `${one.enzyme} ${one.role}, ${one.strength === 'unknown' ? 'strength not stated' : one.strength}`,
      pack: modifiers.pack,
    }))
  const result = (severity: Severity, rest: string): DrugDrugGene => ({
    affected: affected.listed.drug,
    by: by.drug,
    gene,
    severity,
    sentence: `${opening}; ${rest}.`,
    sources,
  })
  if (!isCalled(finding)) {
    return result(
      role === 'inhibitor' && strength === 'strong' ? 'warning' : 'info',
      role === 'inhibitor' && strength === 'strong'
        ? `${gene} was not tested, but whatever the genotype, little of this enzyme is left for ${drug}`
        : `${gene} was not tested, so what that means for ${drug} is not known`,
    )
  }
  if (converts && clinical !== undefined) {
    const genetic = phenotypesOf(finding.lookup.map((one) => one.phenotype))
    const now = phenotypesOf([clinical.phenotype, ...(clinical.each ?? []).map((one) => one.phenotype)])
    const change =
      genetic === now
        ? `${gene} ${genetic} has less activity left`
        : `${gene} ${genetic} by genotype acts as ${now}`
    return result(affected.advice.severity, `${change}, and advice on ${drug} goes by that`)
  }
  if (role === 'inducer') {
    return result(
      'info',
      `${drug} may be cleared faster than the ${gene} genotype tells, and no rule says by how much`,
    )
  }
  return result(
    'info',
    `the ${gene} result for ${drug} stays as it is, but exposure may differ from what the genotype tells`,
  )
}

function verb(role: 'inhibitor' | 'inducer', strength: string, enzyme: string): string {
  if (role === 'inducer') return `induces ${enzyme}`
  return strength === 'unknown' ? `inhibits ${enzyme}` : `is a ${strength} ${enzyme} inhibitor`
}

function phenotypesOf(all: readonly (string | undefined)[]): string {
  const distinct = [...new Set(all.filter((one) => one !== undefined).map((one) => one.toLowerCase()))]
  return distinct.length === 0 ? 'result' : distinct.join(' or ')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
