import { createHash } from 'node:crypto'
import type { PatientRecord } from '../../record/patient-record.ts'
import { tokenOf } from '../../record/resource.ts'
import type { Restriction } from '../../record/resource-query.ts'
import type { Derivation, DerivedFrom } from '../../store/messages/derived-record-store.ts'
import type { Act, PatientKey } from '../../store/person.ts'
import type { Store } from '../../store/store.ts'
import { GENOMIC, LOINC, TBD_CODES } from '../../terms/genomics-reporting.ts'
import { VERSION } from '../version.ts'
import { MEASURED } from './measurements-from-observations.ts'
import { recordFromStatements, statementOf } from './record-from-resources.ts'

/** Observations that the typed record is derived from, by their code. */
const CODES = [
  tokenOf(LOINC, GENOMIC.genotype),
  tokenOf(LOINC, GENOMIC.haplotype),
  tokenOf(LOINC, GENOMIC.drugMetabolism),
  tokenOf(TBD_CODES, 'therapeutic-implication'),
  ...MEASURED.map((code) => tokenOf(LOINC, code)),
]

/** What the typed record follows from. */
export const RECORD_SOURCES: DerivedFrom = {
  types: ['MedicationRequest', 'MedicationStatement'],
  codes: { type: 'Observation', tokens: CODES },
  referred: 'Medication',
}

/** Raised when a resource comes to say something else than it did. */
const EDITION = 1

/** How it follows; `symbols` names genes by HGNC id. */
export function recordDerivation(symbols: ReadonlyMap<string, string>): Derivation {
  const known = DERIVATIONS.get(symbols)
  if (known !== undefined) return known
  const genes = { symbols, names: new Set(symbols.values()) }
  const digest = createHash('sha256')
    .update(JSON.stringify([...symbols]))
    .digest('hex')
  const derivation: Derivation = {
    from: RECORD_SOURCES,
    edition: `${EDITION} ${VERSION} ${digest.slice(0, 16)}`,
    statementOf: (resource) => statementOf(resource, genes),
    read: recordFromStatements,
  }
  DERIVATIONS.set(symbols, derivation)
  return derivation
}

const DERIVATIONS = new WeakMap<ReadonlyMap<string, string>, Derivation>()

/** Derives the typed record anew after resources of this person were written, whichever wire they came by. */
export function bringUpToDate(
  store: Pick<Store, 'derived'>,
  key: PatientKey,
  symbols: ReadonlyMap<string, string>,
  act: Act,
): Promise<boolean> {
  return store.derived.derive(key, recordDerivation(symbols), act)
}

/** The record without what follows from resources that are hidden. */
export function recordWithin(
  store: Pick<Store, 'derived'>,
  key: PatientKey,
  symbols: ReadonlyMap<string, string>,
  record: PatientRecord,
  within: Restriction,
): Promise<PatientRecord> {
  return store.derived.seen(key, recordDerivation(symbols), record, within)
}
