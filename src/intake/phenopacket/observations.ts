import type { MeasurementTaken, PhenotypicFeature } from '../../record/phenopacket.ts'
import type { Resource } from '../../record/resource.ts'
import { clockTime, componentTime, conceptOf, loinc, quantityOf, rangeOf } from './concept.ts'

/** What an Observation made from a phenopacket begins with. */
export interface Frame {
  readonly id: string
  /** "Patient/…". */
  readonly subject: string
  /** "Specimen/…" that it was seen in. */
  readonly specimen?: string
}

const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category'
const OWN = 'urn:garrod:phenopacket'

export const PRESENT = loinc('LA9633-4', 'Present')
const ABSENT = loinc('LA9634-2', 'Absent')

export function frame({ id, subject, specimen }: Frame, category: string): Resource {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    category: [{ coding: [{ system: CATEGORY, code: category }] }],
    subject: { reference: subject },
    ...(specimen === undefined ? {} : { specimen: { reference: specimen } }),
  }
}

const part = (code: string) => ({ coding: [{ system: OWN, code }] })

/** A feature that was looked for: present, or excluded. */
export function featureObservation(at: Frame, feature: PhenotypicFeature): Resource {
  const { type, excluded, severity, modifiers = [], onset, resolution } = feature
  const component = [
    ...(severity === undefined
      ? []
      : [{ code: part('severity'), valueCodeableConcept: conceptOf(severity) }]),
    ...modifiers.map((one) => ({ code: part('modifier'), valueCodeableConcept: conceptOf(one) })),
    ...(onset === undefined ? [] : [{ code: part('onset'), ...componentTime(onset) }]),
    ...(resolution === undefined ? [] : [{ code: part('resolution'), ...componentTime(resolution) }]),
  ]
  return {
    ...frame(at, 'exam'),
    code: conceptOf(type),
    valueCodeableConcept: excluded === true ? ABSENT : PRESENT,
    ...(component.length === 0 ? {} : { component }),
  }
}

export function measurementObservation(at: Frame, measured: MeasurementTaken): Resource {
  const { assay, value, complexValue, timeObserved, description, procedure } = measured
  return {
    ...frame(at, 'laboratory'),
    code: conceptOf(assay),
    ...clockTime('effective', timeObserved),
    ...(value?.quantity === undefined
      ? {}
      : { valueQuantity: quantityOf(value.quantity), ...rangeOf(value.quantity) }),
    ...(value?.ontologyClass === undefined ? {} : { valueCodeableConcept: conceptOf(value.ontologyClass) }),
    ...(procedure === undefined ? {} : { method: conceptOf(procedure.code) }),
    ...(description === undefined || description === '' ? {} : { note: [{ text: description }] }),
    ...(complexValue === undefined
      ? {}
      : {
          component: complexValue.typedQuantities.map(({ type, quantity }) => ({
            code: conceptOf(type),
            valueQuantity: quantityOf(quantity),
            ...rangeOf(quantity),
          })),
        }),
  }
}
