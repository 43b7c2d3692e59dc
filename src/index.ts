/**
 * The library face: the journey for programs that embed Garrod. Nothing inside imports it.
 *
 *     const garrod = openGarrod(readConfig())
 *     for await (const genotypes of readGenotypes({ name, content: { path }, panel: garrod.pgx.panel })) …
 */
export { readConfig } from './app/config.ts'
export { type Garrod, type JourneyOptions, openGarrod } from './app/garrod.ts'
export type { DrugAdvice, Plan, Recommendation } from './decide/plan.ts'
export { readOutsideCalls } from './intake/outside-calls.ts'
export { type Arrival, listSamples, readGenotypes } from './intake/receive.ts'
export { type CheckOptions, type CheckReport, checkVcf } from './intake/vcf/conform/check-vcf.ts'
export type { Finding, PgxFinding } from './interpret/finding.ts'
export { dataUseTerms } from './knowledge/access/data-use.ts'
export type { GenotypeSet, LocusCall, OutsideCall } from './record/genotype.ts'
export type { PatientRecord } from './record/patient-record.ts'
export { compileConsent } from './safeguard/consent/compile-consent.ts'
export { dataUseOf } from './safeguard/consent/data-use-terms.ts'
export { decideConsent } from './safeguard/consent/decide-consent.ts'
export { matchDataUse } from './safeguard/consent/match-data-use.ts'
export { anonymityReport } from './safeguard/deidentify/k-anonymity.ts'
export { Fault } from './terms/fault.ts'
export { patientId } from './terms/ids.ts'
