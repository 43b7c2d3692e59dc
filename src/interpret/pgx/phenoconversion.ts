import type {
  ConversionRule,
  EnzymeModifier,
  EnzymeModifiers,
  LadderRule,
  ModifierStrength,
  ScoreRule,
} from '../../knowledge/pgx/enzyme-modifier.ts'
import type { ClinicalPhenotype, DiplotypeCall, PgxFinding, Phenoconversion } from '../finding.ts'

/** A drug that counts as taken. */
export interface DrugTaken {
  /** Lower-case generic name. */
  readonly name: string
  readonly rxcui: string | undefined
}

type Predicted = Pick<ClinicalPhenotype, 'phenotype' | 'activityScore' | 'lookupKey'>

/**
 * Sets the clinical phenotype of every gene whose enzyme a taken drug inhibits or induces, beside the genetic one.
 * Strong, moderate and weak inhibitors follow the gene's rule of the pack; of several inhibitors the strongest counts,
 * not their product; where sources disagree on a drug, their strongest statement. Inducers, inhibitors of unstated
 * strength and genes without a rule change nothing and are told. A gene without a call keeps none.
 * A drug does not change its own lookup: it is named in `notFor`.
 */
export function phenoconvert(
  findings: readonly PgxFinding[],
  drugs: readonly DrugTaken[],
  modifiers: EnzymeModifiers,
): PgxFinding[] {
  const taken = [...new Map(drugs.map((drug) => [drug.name, drug])).values()].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )
  return findings.map((finding) => {
    const clinical = clinicalPhenotype(finding, taken, modifiers)
    if (clinical === undefined) return finding
    const facts = finding.facts.some((ref) => ref.id === modifiers.pack.id)
      ? finding.facts
      : [...finding.facts, modifiers.pack]
    return { ...finding, clinical, facts }
  })
}

function clinicalPhenotype(
  finding: PgxFinding,
  taken: readonly DrugTaken[],
  modifiers: EnzymeModifiers,
): ClinicalPhenotype | undefined {
  if (finding.lookup.length === 0) return undefined
  const rule = modifiers.ruleOf(finding.gene)
  const because = taken
    .map((drug) => statementOn(drug, finding.gene, rule, modifiers))
    .filter((one) => one !== undefined)
  if (because.length === 0) return undefined
  const all = predictedWith(finding.lookup, rule, because)
  const self: string[] = []
  const instead: { drug: string; clinical: ClinicalPhenotype }[] = []
  for (const { by } of because) {
    const rest = because.filter((one) => one.by.drug !== by.drug)
    const without = predictedWith(finding.lookup, rule, rest)
    if (sameAll(all, without)) continue
    self.push(by.drug)
    if (!sameAll(without, finding.lookup)) {
      instead.push({ drug: by.drug, clinical: { ...summary(without), because: rest, notFor: [] } })
    }
  }
  return {
    ...summary(all),
    because,
    notFor: self,
    ...(instead.length > 0 ? { instead } : {}),
  }
}

/** One value for the gene, and one per lookup diplotype where those differ. */
function summary(predicted: readonly Predicted[]): Predicted & Pick<ClinicalPhenotype, 'each'> {
  const one = <K extends keyof Predicted>(key: K): Predicted[K] | undefined =>
    predicted.every((other) => other[key] === predicted[0]![key]) ? predicted[0]![key] : undefined
  const same = predicted.every((other) => sameOne(other, predicted[0]!))
  return {
    phenotype: one('phenotype'),
    activityScore: one('activityScore'),
    lookupKey: one('lookupKey'),
    ...(same ? {} : { each: predicted }),
  }
}

const ORDER: readonly ModifierStrength[] = ['strong', 'moderate', 'weak', 'unknown']

/** What all sources say of one drug and one gene, as one statement with the strongest strength. */
function statementOn(
  drug: DrugTaken,
  gene: string,
  rule: ConversionRule | undefined,
  modifiers: EnzymeModifiers,
): Phenoconversion | undefined {
  const rows = modifiers.of(drug.name, gene)
  // A drug that one source calls an inhibitor and another an inducer counts as the inhibitor: only that has a rule.
  const role = rows.some((row) => row.role === 'inhibitor') ? 'inhibitor' : 'inducer'
  const strength = ORDER.find((one) => rows.some((row) => row.role === role && row.strength === one))
  if (strength === undefined) return undefined
  return {
    by: { drug: drug.name, rxcui: drug.rxcui },
    role,
    strength,
    sources: rows.map((row) => ({ name: row.source.name, strength: said(row), pack: modifiers.pack })),
    rule: role === 'inhibitor' ? ruleText(rule, strength) : 'warning only',
  }
}

function said(row: EnzymeModifier): string {
  const strength = row.strength === 'unknown' ? 'strength not stated' : row.strength
  return `${row.enzyme} ${row.role}, ${strength}`
}

function ruleText(rule: ConversionRule | undefined, strength: ModifierStrength): string {
  if (rule === undefined || strength === 'unknown') return 'warning only'
  if (rule.by === 'activityScore') return `activity score x ${rule.factor[strength]}`
  const steps = rule.steps[strength]
  if (steps === 'to-the-end') return `every phenotype becomes ${rule.strongEndsAt.toLowerCase()}`
  return steps === 0
    ? 'no phenotype step'
    : `${steps === 1 ? 'one phenotype step' : `${steps} phenotype steps`} down`
}

function predictedWith(
  lookup: readonly DiplotypeCall[],
  rule: ConversionRule | undefined,
  because: readonly Phenoconversion[],
): Predicted[] {
  const strengths = because.filter((one) => one.role === 'inhibitor').map((one) => one.strength)
  const strength = ORDER.find((one) => strengths.includes(one))
  return lookup.map((call) => {
    const genetic = {
      phenotype: call.phenotype,
      activityScore: call.activityScore,
      lookupKey: call.lookupKey,
    }
    if (rule === undefined || strength === undefined || strength === 'unknown') return genetic
    return rule.by === 'activityScore'
      ? scoreTimes(genetic, rule, rule.factor[strength])
      : stepsDown(genetic, rule, rule.steps[strength])
  })
}

/**
 * The activity score multiplied and put into a bin: "1.75" x 0.5 = 0.875, looked up as "0.75".
 * A score of at least a number ("≥3.0") has no bin unless the factor is 0 or 1: it stays as it is.
 */
function scoreTimes(genetic: Predicted, rule: ScoreRule, factor: number): Predicted {
  if (factor === 1) return genetic
  const printed = genetic.activityScore ?? ''
  const score = factor === 0 ? 0 : /^\d+(\.\d+)?$/.test(printed) ? Number(printed) * factor : undefined
  if (score === undefined) return genetic
  const phenotype = phenotypeOf(score, rule)
  const below = Math.floor(score / rule.bin) * rule.bin
  const bin = phenotypeOf(below, rule) === phenotype ? below : below + rule.bin
  const activityScore = Number.isInteger(bin) ? bin.toFixed(1) : String(bin)
  return { phenotype, activityScore, lookupKey: activityScore }
}

function phenotypeOf(score: number, rule: ScoreRule): string {
  const range = rule.phenotypes.find(
    (one) =>
      score >= (one.from ?? Number.NEGATIVE_INFINITY) &&
      score > (one.above ?? Number.NEGATIVE_INFINITY) &&
      score <= (one.to ?? Number.POSITIVE_INFINITY) &&
      score < (one.below ?? Number.POSITIVE_INFINITY),
  )
  if (range === undefined) throw new Error(`no phenotype of ${rule.gene} for activity score ${score}`)
  return range.phenotype
}

/** The phenotype some steps further down its ladder; one that is on no ladder ("Indeterminate") only ends where a strong inhibitor does. */
function stepsDown(genetic: Predicted, rule: LadderRule, steps: number | 'to-the-end'): Predicted {
  const ladder = rule.ladders.find(
    (one) => genetic.phenotype !== undefined && one.includes(genetic.phenotype),
  )
  if (steps !== 'to-the-end' && ladder === undefined) return genetic
  const phenotype =
    steps === 'to-the-end'
      ? rule.strongEndsAt
      : ladder![Math.min(ladder!.indexOf(genetic.phenotype!) + steps, ladder!.length - 1)]!
  return { phenotype, activityScore: genetic.activityScore, lookupKey: phenotype }
}

function sameOne(a: Predicted, b: Predicted): boolean {
  return a.phenotype === b.phenotype && a.activityScore === b.activityScore && a.lookupKey === b.lookupKey
}

function sameAll(a: readonly Predicted[], b: readonly Predicted[]): boolean {
  return a.every((one, index) => sameOne(one, b[index]!))
}
