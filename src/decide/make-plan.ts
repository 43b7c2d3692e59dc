import type { PgxFinding } from '../interpret/finding.ts'
import { DRUG_PACK, type DrugBook, drugBook } from '../knowledge/drug.ts'
import type { Facts } from '../knowledge/facts.ts'
import { CODES_PACK, codes } from '../knowledge/guideline/codes.ts'
import { WARFARIN_PACK, warfarinFacts } from '../knowledge/guideline/dose-equation.ts'
import { GUIDELINE_PACKS, type Guidelines, guidelines } from '../knowledge/guideline/guidelines.ts'
import { labelMentions } from '../knowledge/guideline/label-mention.ts'
import { ENZYME_MODIFIER_PACK, enzymeModifiers } from '../knowledge/pgx/enzyme-modifier.ts'
import type { DrugUse, PatientRecord } from '../record/patient-record.ts'
import type { PackRef } from '../terms/evidence.ts'
import { type Advised, interactionsOf } from './interact.ts'
import type { DrugAdvice, Plan } from './plan.ts'
import { adviceMemory } from './prescribe/advice-memory.ts'
import { advise } from './prescribe/advise.ts'
import { named } from './prescribe/drug-name.ts'
import { withMentions } from './prescribe/fda-mention.ts'
import { type ListedDrug, medicationOf } from './prescribe/medication.ts'
import { personOf } from './prescribe/population-fit.ts'
import { genesOf } from './prescribe/rule-match.ts'
import { warfarinDoses } from './prescribe/warfarin.ts'
import { bySeverity } from './reconcile.ts'
import { codeWords } from './sentence/code-words.ts'

interface PlanRequest {
  readonly record: PatientRecord
  /** One person's findings, with the clinical phenotype already set for the drugs of the record. */
  readonly findings: readonly PgxFinding[]
  readonly facts: Facts
  /** YYYY-MM-DD: the day that ages are counted on. */
  readonly asOf: string
  readonly engineVersion: string
  /** Advise on these instead of the record's drugs. */
  readonly drugs?: readonly DrugUse[]
  /** Without any drug: those with something to do (the default), or every drug that has a guideline. */
  readonly reference?: 'actionable' | 'all'
}

/**
 * The answer of the whole journey for one person: advice on each drug of the record, most harmful first, and what its
 * drugs do to each other's genes. Without a drug in the record, advice on every drug of the guidelines that the findings
 * change something for. Same record, findings, facts and day: same plan.
 */
export function makePlan(request: PlanRequest): Plan {
  const { record, facts, asOf } = request
  const book = drugBook(facts)
  const rules = guidelines(facts)
  const medication = medicationOf(request.drugs ?? record.drugs, book)
  const prescribing = {
    findings: new Map(request.findings.map((finding) => [finding.gene, finding])),
    person: personOf(record, asOf),
    words: codeWords(codes(facts)),
  }
  const remembered = adviceMemory(facts, prescribing)
  const genesByDrug = genesOfDrugs(rules, facts)
  const taken = medication.drugs.map((one) => one.drug.name)
  const about = (listed: ListedDrug, status: DrugAdvice['status']): Advised => {
    const { drug, exposure } = listed
    const dose =
      drug.name === 'warfarin'
        ? warfarinDoses({ record, findings: request.findings, taken, asOf }, warfarinFacts(facts))
        : []
    const own = rules.forDrug(drug.name)
    const make = () =>
      withMentions(advise(drug, status, own, prescribing, dose, exposure), labelMentions(facts))
    // A dose is computed from the whole record and is nobody else's.
    const advice = dose.length > 0 ? make() : remembered(listed, status, genesByDrug(drug.name), make)
    return { listed, rules: own, advice }
  }
  const reference = medication.drugs.length === 0 && medication.notRead.length === 0
  const all = reference
    ? rules.drugs.map((name) => about(unlisted(name, book), 'reference'))
    : medication.drugs.map((one) => about(one, one.status))
  const advised =
    reference && request.reference !== 'all' ? all.filter(({ advice }) => advice.severity !== 'none') : all
  const interactions = reference ? [] : interactionsOf(advised, prescribing.findings, enzymeModifiers(facts))
  const drugs = advised
    .map((one) => one.advice)
    .sort((a, b) => bySeverity(a.severity, b.severity) || (a.drug.name < b.drug.name ? -1 : 1))
  return {
    patient: record.id,
    sample: request.findings.find((finding) => finding.sample !== undefined)?.sample,
    engine: { name: 'garrod', version: request.engineVersion },
    facts: packsBehind(request.findings, drugs, facts),
    drugs,
    interactions,
    notes: [...medication.notRead, ...(reference ? referenceNotes(all, advised) : [])],
  }
}

/** Genes that the guidelines of a drug look at; found once per drug and set of facts. */
function genesOfDrugs(rules: Guidelines, facts: Facts): (drug: string) => readonly string[] {
  const kept = facts.derived('genes-of-drugs', () => new Map<string, readonly string[]>())
  return (drug) => {
    const known = kept.get(drug) ?? genesOf(rules.forDrug(drug).map((one) => one.rule))
    kept.set(drug, known)
    return known
  }
}

function unlisted(name: string, book: DrugBook): ListedDrug {
  const known = book.get(name)
  const drug = known === undefined ? { name, rxcui: undefined, atc: [] } : named(known)
  return { drug, status: 'considered', exposure: undefined }
}

/** What the list of drugs leaves out when nobody asked about one. */
function referenceNotes(all: readonly Advised[], shown: readonly Advised[]): string[] {
  const unknown = all.filter(({ advice }) => advice.state === 'unknown').map((one) => one.listed.drug.name)
  const unchanged =
    all.length -
    shown.length -
    unknown.filter((name) => !shown.some((one) => one.listed.drug.name === name)).length
  return [
    `No drug list was given. Of ${all.length} drugs with a guideline, ${shown.length} are shown.`,
    ...(unchanged > 0 ? [`For ${unchanged} drugs the guidelines change nothing with these results.`] : []),
    ...(unknown.length > 0
      ? [`For ${unknown.length} drugs no gene of the guideline is known: ${unknown.join(', ')}.`]
      : []),
  ]
}

/** Packs that the answer rests on, by id. */
function packsBehind(
  findings: readonly PgxFinding[],
  drugs: readonly DrugAdvice[],
  facts: Facts,
): readonly PackRef[] {
  const ids: string[] = [...GUIDELINE_PACKS, DRUG_PACK, CODES_PACK, ENZYME_MODIFIER_PACK]
  if (drugs.some((one) => one.dose.length > 0)) ids.push(WARFARIN_PACK)
  const installed = ids.filter((id) => facts.head(id) !== undefined).map((id) => facts.pack(id).ref)
  const all = [...findings.flatMap((finding) => finding.facts), ...installed]
  const distinct = new Map(all.map((ref) => [`${ref.id}@${ref.version}`, ref]))
  return [...distinct.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}
