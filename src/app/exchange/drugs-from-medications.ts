import type { DrugUse } from '../../record/patient-record.ts'
import type { Resource } from '../../record/resource.ts'
import type { DrugConcept, DrugStatement, MedicationStatement } from '../../record/statement.ts'
import { atcCode, rxCui } from '../../terms/ids.ts'

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const ATC = 'http://www.whocc.no/atc'

/** What a status says of use: an order in force or a statement of use is taken; a draft is considered. */
const USE: Readonly<Record<string, Readonly<Record<string, DrugUse['status']>>>> = {
  MedicationRequest: { active: 'taking', draft: 'considered' },
  MedicationStatement: { active: 'taking', intended: 'considered' },
}

/** What an order or a statement of use says; undefined for one that is neither in force nor a draft. */
export function drugStatement(resource: Resource): DrugStatement | undefined {
  const status = USE[resource.resourceType]?.[String(resource['status'])]
  if (status === undefined || resource['doNotPerform'] === true) return undefined
  const concept = resource['medicationCodeableConcept'] as DrugConcept | undefined
  if (concept !== undefined) return { status, concept: named(concept) }
  const reference = resource['medicationReference'] as { reference?: string; display?: string } | undefined
  const id = /^#(.+)$/.exec(reference?.reference ?? '')?.[1]
  const contained = (resource['contained'] as readonly Resource[] | undefined) ?? []
  const inside = contained.find((one) => one.id === id && one.resourceType === 'Medication')
  const code = inside?.['code'] as DrugConcept | undefined
  const medication =
    inside === undefined
      ? /^Medication\/([A-Za-z0-9.-]+)(?:\/_history\/.*)?$/.exec(reference?.reference ?? '')?.[1]
      : undefined
  return {
    status,
    ...(code === undefined ? {} : { concept: named(code) }),
    ...(medication === undefined ? {} : { medication }),
    ...(reference?.display === undefined ? {} : { display: reference.display }),
  }
}

export function medicationStatement({ id, code }: Resource): MedicationStatement {
  return { id: id!, ...(code === undefined ? {} : { concept: named(code as DrugConcept) }) }
}

/** Codes and words alone. */
function named({ coding, text }: DrugConcept): DrugConcept {
  return { ...(coding === undefined ? {} : { coding }), ...(text === undefined ? {} : { text }) }
}

/**
 * Drugs in use, each once, by orders and statements and the Medications that they refer to; a drug whose name and code are
 * not known (a reference that leads nowhere, and says nothing) is left out.
 */
export function drugsFrom(
  stated: readonly DrugStatement[],
  medications: readonly MedicationStatement[],
): readonly DrugUse[] {
  const drugs = new Map<string, DrugUse>()
  const kept = new Map(medications.map((one) => [one.id, one.concept]))
  for (const { status, concept, medication, display } of stated) {
    const meant =
      concept ??
      (medication === undefined ? undefined : kept.get(medication)) ??
      (display === undefined ? undefined : { text: display })
    const drug = meant === undefined ? undefined : drugOf(meant, status)
    if (drug === undefined) continue
    const key = drug.rxcui ?? drug.text.toLowerCase()
    // What is taken is not also merely considered.
    if (drugs.get(key)?.status !== 'taking') drugs.set(key, drug)
  }
  return [...drugs.values()]
}

function drugOf({ coding = [], text }: DrugConcept, status: DrugUse['status']): DrugUse | undefined {
  const code = (system: string, form: RegExp) =>
    coding.find((one) => one.system === system && form.test(one.code ?? ''))
  const rxnorm = code(RXNORM, /^\d{1,8}$/)
  const atc = code(ATC, /^[A-Z](\d\d([A-Z]([A-Z](\d\d)?)?)?)?$/)
  const named =
    text ?? rxnorm?.display ?? atc?.display ?? coding.find(({ display }) => display !== undefined)?.display
  const words = named ?? rxnorm?.code ?? atc?.code
  return words === undefined
    ? undefined
    : {
        text: words,
        rxcui: rxnorm === undefined ? undefined : rxCui(rxnorm.code!),
        atc: atc === undefined ? undefined : atcCode(atc.code!),
        status,
      }
}
