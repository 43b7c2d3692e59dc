import type { Resource } from '../../../record/resource.ts'
import type { PatientId } from '../../../terms/ids.ts'
import { nameText, type PatientView } from '../segment/patient-view.ts'

type FhirIdentifier = {
  readonly system?: string
  readonly value?: string
  readonly [element: string]: unknown
}

/**
 * The Patient resource of a person after an ADT message: what the message says replaces what was known, identifiers
 * are added, and everything that it does not speak of stays.
 */
export function patientResource(
  id: PatientId,
  view: PatientView,
  source: string,
  before: Resource | undefined,
): Resource {
  const known = (before?.['identifier'] as readonly FhirIdentifier[] | undefined) ?? []
  const added = view.identifiers.filter(
    (one) => !known.some((other) => other.system === one.system && other.value === one.value),
  )
  const { meta: _meta, ...kept } = before ?? {}
  const { name, birthDate, sex } = view
  const text = nameText(name)
  return {
    ...kept,
    resourceType: 'Patient',
    id,
    meta: { source },
    identifier: [
      ...known,
      ...added.map(({ system, value, type }) => ({
        ...(type === undefined
          ? {}
          : { type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: type }] } }),
        system,
        value,
      })),
    ],
    ...(name === undefined
      ? {}
      : {
          name: [
            {
              ...(text === undefined ? {} : { text }),
              ...(name.family === undefined ? {} : { family: name.family }),
              ...(name.given.length === 0 ? {} : { given: name.given }),
            },
          ],
        }),
    ...(sex === undefined ? {} : { gender: sex }),
    ...(birthDate === undefined ? {} : { birthDate }),
  }
}
