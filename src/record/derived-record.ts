import type { OutsideCall } from './genotype.ts'
import type { DrugUse, Measurement } from './patient-record.ts'

/** The parts of a typed record that follow from resources. A source of such a call has the format "fhir". */
export interface DerivedRecord {
  readonly outsideCalls: readonly OutsideCall[]
  readonly drugs: readonly DrugUse[]
  readonly measurements: readonly Measurement[]
}
