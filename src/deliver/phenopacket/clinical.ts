import type {
  Biosample,
  Disease,
  MeasurementTaken,
  MedicalAction,
  PhenotypicFeature,
} from '../../record/phenopacket.ts'
import type { Resource } from '../../record/resource.ts'
import { type Concept, ontologyClassOf, quantityOf, timeOf } from './concept.ts'

const PRESENT = new Set(['LA9633-4', '52101004', 'POS'])
const ABSENT = new Set(['LA9634-2', '2667000', 'NEG'])

const codesOf = (concept: unknown) =>
  ((concept as Concept | undefined)?.coding ?? []).map(({ code }) => code ?? '')

const components = (resource: Resource, code: string) =>
  ((resource['component'] as readonly Record<string, unknown>[] | undefined) ?? []).filter((one) =>
    codesOf(one['code']).includes(code),
  )

/** An Observation that says of an HPO term, or another ontology's, whether it is there. */
export function featureOf(resource: Resource): PhenotypicFeature | undefined {
  const value = codesOf(resource['valueCodeableConcept'])
  const absent = value.some((one) => ABSENT.has(one)) || resource['valueBoolean'] === false
  const present = value.some((one) => PRESENT.has(one)) || resource['valueBoolean'] === true
  const type = ontologyClassOf(resource['code'])
  if (type === undefined || (!absent && !present)) return undefined
  const [severity] = components(resource, 'severity').flatMap(
    (one) => ontologyClassOf(one['valueCodeableConcept']) ?? [],
  )
  const modifiers = components(resource, 'modifier').flatMap(
    (one) => ontologyClassOf(one['valueCodeableConcept']) ?? [],
  )
  const time = (code: string) => {
    const [one] = components(resource, code)
    const stage = ontologyClassOf(one?.['valueCodeableConcept'])
    return stage === undefined ? one && timeOf(one, 'value') : { ontologyClass: stage }
  }
  const [onset, resolution] = [time('onset'), time('resolution')]
  return {
    type,
    ...(absent ? { excluded: true } : {}),
    ...(severity === undefined ? {} : { severity }),
    ...(modifiers.length === 0 ? {} : { modifiers }),
    ...(onset === undefined ? {} : { onset }),
    ...(resolution === undefined ? {} : { resolution }),
  }
}

/** An Observation with a number, a code, or several numbers; undefined for any other. */
export function measurementOf(resource: Resource): MeasurementTaken | undefined {
  const assay = ontologyClassOf(resource['code'])
  if (assay === undefined) return undefined
  const timeObserved = timeOf(resource, 'effective')
  const base = { assay, ...(timeObserved === undefined ? {} : { timeObserved }) }
  const number = resource['valueQuantity']
  const quantity = number === undefined ? undefined : quantityOf(number, resource['referenceRange'])
  if (quantity !== undefined) return { ...base, value: { quantity } }
  const ontologyClass = ontologyClassOf(resource['valueCodeableConcept'])
  if (ontologyClass !== undefined) return { ...base, value: { ontologyClass } }
  const typed = ((resource['component'] as readonly Record<string, unknown>[] | undefined) ?? []).flatMap(
    (one) => {
      const type = ontologyClassOf(one['code'])
      const its =
        one['valueQuantity'] === undefined
          ? undefined
          : quantityOf(one['valueQuantity'], one['referenceRange'])
      return type === undefined || its === undefined ? [] : [{ type, quantity: its }]
    },
  )
  return typed.length === 0 ? undefined : { ...base, complexValue: { typedQuantities: typed } }
}

/** A diagnosis that is meant: not one that was entered in error, or is only being considered. */
export function diseaseOf(resource: Resource): Disease | undefined {
  const [status] = codesOf(resource['verificationStatus'])
  if (
    status !== undefined &&
    ['entered-in-error', 'provisional', 'differential', 'unconfirmed'].includes(status)
  )
    return undefined
  const term = ontologyClassOf(resource['code'])
  if (term === undefined) return undefined
  const [onset, resolution] = [timeOf(resource, 'onset'), timeOf(resource, 'abatement')]
  const [primarySite] = ((resource['bodySite'] as readonly unknown[] | undefined) ?? []).flatMap(
    (one) => ontologyClassOf(one) ?? [],
  )
  return {
    term,
    ...(status === 'refuted' ? { excluded: true } : {}),
    ...(onset === undefined ? {} : { onset }),
    ...(resolution === undefined ? {} : { resolution }),
    ...(primarySite === undefined ? {} : { primarySite }),
  }
}

/** What a sample is called in the packet. */
export function sampleIdOf(resource: Resource): string {
  const [first] = (resource['identifier'] as readonly { value?: string }[] | undefined) ?? []
  return first?.value ?? resource.id ?? ''
}

export function biosampleOf(resource: Resource, individual: string): Biosample {
  const collection = (resource['collection'] ?? {}) as Record<string, unknown>
  const [tissue, type] = [ontologyClassOf(collection['bodySite']), ontologyClassOf(resource['type'])]
  const timeOfCollection = timeOf(collection, 'collected')
  return {
    id: sampleIdOf(resource),
    individualId: individual,
    ...(tissue === undefined ? {} : { sampledTissue: tissue }),
    ...(type === undefined ? {} : { sampledType: type }),
    ...(timeOfCollection === undefined ? {} : { timeOfCollection }),
  }
}

/** A drug that was taken, or a procedure that was done; undefined where it has no code, or did not happen. */
export function actionOf(resource: Resource): MedicalAction | undefined {
  if (
    ['not-taken', 'not-done', 'intended', 'preparation', 'entered-in-error'].includes(
      String(resource['status']),
    )
  )
    return undefined
  if (resource.resourceType === 'MedicationStatement') {
    const agent = ontologyClassOf(resource['medicationCodeableConcept'])
    return agent === undefined ? undefined : { treatment: { agent } }
  }
  const code = ontologyClassOf(resource['code'])
  if (code === undefined) return undefined
  const performed = timeOf(resource, 'performed')
  const [bodySite] = ((resource['bodySite'] as readonly unknown[] | undefined) ?? []).flatMap(
    (one) => ontologyClassOf(one) ?? [],
  )
  return {
    procedure: {
      code,
      ...(bodySite === undefined ? {} : { bodySite }),
      ...(performed === undefined ? {} : { performed }),
    },
  }
}
