import type { PatientRecord } from '../../src/record/patient-record.ts'
import { patientId } from '../../src/terms/ids.ts'

/** A person of whom nothing is known, changed to what a test is about. */
export function patient(what: Partial<PatientRecord> = {}): PatientRecord {
  return {
    id: patientId('test-1'),
    name: undefined,
    sex: 'unknown',
    birthDate: undefined,
    identifiers: [],
    genotypes: [],
    outsideCalls: [],
    drugs: [],
    measurements: [],
    context: {},
    ...what,
  }
}
