import type { DrugUse } from '../../record/patient-record.ts'
import type { Resource } from '../../record/resource.ts'
import { atcCode, rxCui } from '../../terms/ids.ts'
import type { Concept } from './fhir-value.ts'

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const ATC = 'http://www.whocc.no/atc'

/** What a status says of use: an order in force or a statement of use is taken; a draft is considered. */
const USE: Readonly<Record<string, Readonly<Record<string, DrugUse['status']>>>> = {
  MedicationRequest: { active: 'taking', draft: 'considered' },
  MedicationStatement: { active: 'taking', intended: 'considered' },
}

/**
 * Drugs in use, each once. Medications that orders and statements refer to are among the resources; a drug whose name and
 * code are not known (a reference that leads nowhere, and says nothing) is left out.
 */
export function drugsFromMedications(resources: readonly Resource[]): readonly DrugUse[] {
  const drugs = new Map<string, DrugUse>()
  const kept = new Map(resources.flatMap((one) => (one.resourceType === 'Medication' ? [[one.id, one]] : [])))
  for (const one of resources) {
    const status = USE[one.resourceType]?.[String(one['status'])]
    const concept = status === undefined || one['doNotPerform'] === true ? undefined : medicationOf(one, kept)
    const drug = concept === undefined ? undefined : drugOf(concept, status!)
    if (drug === undefined) continue
    const key = drug.rxcui ?? drug.text.toLowerCase()
    // What is taken is not also merely considered.
    if (drugs.get(key)?.status !== 'taking') drugs.set(key, drug)
  }
  return [...drugs.values()]
}

function drugOf({ coding = [], text }: Concept, status: DrugUse['status']): DrugUse | undefined {
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

/** The concept itself, that of a contained or a kept Medication, or the words of a reference. */
function medicationOf(
  resource: Resource,
  kept: ReadonlyMap<string | undefined, Resource>,
): Concept | undefined {
  const concept = resource['medicationCodeableConcept'] as Concept | undefined
  if (concept !== undefined) return concept
  const reference = resource['medicationReference'] as { reference?: string; display?: string } | undefined
  const id = /^#(.+)$/.exec(reference?.reference ?? '')?.[1]
  const contained = (resource['contained'] as readonly Resource[] | undefined) ?? []
  const inside = contained.find((one) => one.id === id && one.resourceType === 'Medication')
  const referred = /^Medication\/([A-Za-z0-9.-]+)(?:\/_history\/.*)?$/.exec(reference?.reference ?? '')?.[1]
  const code = (inside ?? kept.get(referred))?.['code'] as Concept | undefined
  if (code !== undefined) return code
  return reference?.display === undefined ? undefined : { text: reference.display }
}
