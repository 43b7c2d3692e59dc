import type { Phenopacket } from '../../record/phenopacket.ts'
import type { Resource } from '../../record/resource.ts'
import type { PatientId } from '../../terms/ids.ts'

/** Authority of the identifiers by which the subjects of packets are told apart. */
const SUBJECT_SYSTEM = 'urn:garrod:phenopacket-subject'
const GENDER = { FEMALE: 'female', MALE: 'male', OTHER_SEX: 'other', UNKNOWN_SEX: 'unknown' } as const

/** What a packet says of who somebody is. */
interface SubjectIdentity {
  readonly sex: 'female' | 'male' | 'other' | 'unknown'
  /** YYYY-MM-DD. */
  readonly birthDate: string | undefined
}

export function subjectIdentity({ subject }: Phenopacket): SubjectIdentity {
  return { sex: GENDER[subject?.sex ?? 'UNKNOWN_SEX'], birthDate: subject?.dateOfBirth?.slice(0, 10) }
}

/** Somebody who is known by a packet alone, to be registered. A packet names nobody: there is no name. */
export function patientOfPhenopacket(packet: Phenopacket, patient: PatientId): Resource {
  const { sex, birthDate } = subjectIdentity(packet)
  const { vitalStatus } = packet.subject ?? {}
  const died = vitalStatus?.timeOfDeath?.timestamp
  return {
    resourceType: 'Patient',
    id: patient,
    identifier: [{ system: SUBJECT_SYSTEM, value: `${packet.id}|${packet.subject?.id ?? ''}` }],
    gender: sex,
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(vitalStatus?.status !== 'DECEASED'
      ? {}
      : died === undefined
        ? { deceasedBoolean: true }
        : { deceasedDateTime: died }),
  }
}
