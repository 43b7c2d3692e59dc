import { tokenOf } from '../../record/resource.ts'
import type { DerivedFrom } from '../../store/messages/derived-record-store.ts'
import type { ResourceChange } from '../../store/resource-store.ts'
import type { Act, PatientKey, Store } from '../../store/store.ts'
import { LOINC, TBD_CODES } from './fhir-value.ts'
import { MEASURED } from './measurements-from-observations.ts'
import { recordFromResources } from './record-from-resources.ts'

/** Observations that the typed record is derived from, by their code. */
const CODES = [
  tokenOf(LOINC, '84413-4'),
  tokenOf(LOINC, '84414-2'),
  tokenOf(LOINC, '53040-2'),
  tokenOf(TBD_CODES, 'therapeutic-implication'),
  ...MEASURED.map((code) => tokenOf(LOINC, code)),
]

const FROM: DerivedFrom = {
  types: ['MedicationRequest', 'MedicationStatement'],
  codes: { type: 'Observation', tokens: CODES },
}

/** Derives the typed record anew after resources of this person were written, whichever wire they came by. */
export function bringUpToDate(
  store: Pick<Store, 'derived'>,
  key: PatientKey,
  symbols: ReadonlyMap<string, string>,
  act: Act,
): Promise<boolean> {
  return store.derived.derive(key, FROM, (resources) => recordFromResources(resources, symbols), act)
}

/** Whether a change may concern the typed record. */
export function isDerivedFrom({ type, action }: ResourceChange): boolean {
  return action !== 'unchanged' && (type === FROM.codes.type || FROM.types.includes(type))
}
