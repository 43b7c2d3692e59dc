import { Fault } from './fault.ts'

declare const kind: unique symbol
type Branded<K extends string> = string & { readonly [kind]: K }

/** Term of the Human Phenotype Ontology, e.g. HP:0001250. */
export type HpoId = Branded<'HpoId'>
/** RxNorm concept, e.g. 32968 (clopidogrel). */
export type RxCui = Branded<'RxCui'>
/** WHO ATC code, e.g. B01AC04 (clopidogrel), or a class such as N06AB. */
export type AtcCode = Branded<'AtcCode'>
/** Garrod's own identifier of one patient within one tenant. */
export type PatientId = Branded<'PatientId'>
/** One organisation whose patients are kept apart from everyone else's. */
export type TenantId = Branded<'TenantId'>

/** Throws RXCUI_MALFORMED unless the text is digits only. */
export function rxCui(text: string): RxCui {
  if (!/^\d{1,8}$/.test(text)) {
    throw new Fault(
      'RXCUI_MALFORMED',
      'rxcui',
      `"${text}" is not an RxCUI`,
      'Send the digits only, as RxNorm prints them.',
    )
  }
  return text as RxCui
}

/** Throws ATC_MALFORMED unless the text has the shape of an ATC level 1 to 5. */
export function atcCode(text: string): AtcCode {
  if (!/^[A-Z](\d\d([A-Z]([A-Z](\d\d)?)?)?)?$/.test(text)) {
    throw new Fault(
      'ATC_MALFORMED',
      'atc',
      `"${text}" is not an ATC code`,
      'Send a code such as B01AC04 or a class such as N06AB.',
    )
  }
  return text as AtcCode
}

/** Throws PATIENT_ID_MALFORMED on anything that could not be kept in a URL or a file name. */
export function patientId(text: string): PatientId {
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/.test(text)) {
    throw new Fault(
      'PATIENT_ID_MALFORMED',
      'patient id',
      `"${text}" is not a patient id`,
      'Use 1 to 64 letters, digits, dots or hyphens (a FHIR id), starting with a letter or digit.',
    )
  }
  return text as PatientId
}

/** Throws TENANT_ID_MALFORMED; same shape as a patient id. */
export function tenantId(text: string): TenantId {
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/.test(text)) {
    throw new Fault(
      'TENANT_ID_MALFORMED',
      'tenant',
      `"${text}" is not a tenant id`,
      'Use 1 to 64 letters, digits, dots or hyphens, starting with a letter or digit.',
    )
  }
  return text as TenantId
}
