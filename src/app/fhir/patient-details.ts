import type { Resource } from '../../record/resource.ts'
import type { Identifier, PatientDetails } from '../../store/person.ts'
import { patientId } from '../../terms/ids.ts'

interface WrittenPatient {
  readonly id?: string
  readonly name?: readonly HumanName[]
  readonly gender?: string
  readonly birthDate?: string
  readonly identifier?: readonly { readonly system?: string; readonly value?: string }[]
}

interface HumanName {
  readonly use?: string
  readonly text?: string
  readonly family?: string
  readonly given?: readonly string[]
}

/**
 * The person that a Patient resource registers: the official name, else the usual, else the first; administrative
 * gender; identifiers with a system. Throws PATIENT_ID_MALFORMED.
 */
export function patientDetails(resource: Resource): PatientDetails {
  const written = resource as WrittenPatient
  const names = written.name ?? []
  const name =
    ['official', 'usual'].map((use) => names.find((one) => one.use === use)).find((one) => one) ?? names[0]
  const { gender } = written
  const identifiers = new Map<string, Identifier>()
  for (const { system, value } of written.identifier ?? []) {
    if (system && value) identifiers.set(`${system}|${value}`, { system, value })
  }
  return {
    id: patientId(written.id ?? ''),
    name: name === undefined ? undefined : textOf(name),
    sex: gender === 'male' || gender === 'female' || gender === 'other' ? gender : 'unknown',
    birthDate: written.birthDate,
    identifiers: [...identifiers.values()],
  }
}

function textOf({ text, given, family }: HumanName): string | undefined {
  const parts = [...(given ?? []), family].filter((one) => one !== undefined && one !== '')
  return text ?? (parts.length === 0 ? undefined : parts.join(' '))
}
