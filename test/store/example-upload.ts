import type { GenotypeSet, LocusCall } from '../../src/record/genotype.ts'
import type { Sex } from '../../src/record/patient-record.ts'
import type { ReceivedFile } from '../../src/store/archive/received-file.ts'
import type { Act, PatientDetails, PatientKey } from '../../src/store/person.ts'
import type { Ingest } from '../../src/store/record/record-store.ts'
import type { Store } from '../../src/store/store.ts'
import { patientId, tenantId } from '../../src/terms/ids.ts'

export const TENANT = tenantId('main')
export const ACT: Act = { at: '2026-03-01T09:30:00.000Z', by: 'test' }

export function keyOf(id: string): PatientKey {
  return { tenant: TENANT, patient: patientId(id) }
}

export function person(id: string, details: Partial<PatientDetails> = {}): PatientDetails {
  return {
    id: patientId(id),
    name: undefined,
    sex: 'unknown' as Sex,
    birthDate: undefined,
    identifiers: [],
    ...details,
  }
}

export function call(locus: string, alleles: LocusCall['alleles'], more: Partial<LocusCall> = {}): LocusCall {
  return { locus, alleles, phased: false, phaseSet: undefined, evidence: 'variant-record', ...more }
}

/** As many calls as a panel has loci, as a sequencer would give them. */
export function panelCalls(count: number): LocusCall[] {
  return Array.from({ length: count }, (_, i) =>
    call(`chr${1 + (i % 22)}:${94_000_000 + i * 37}`, i % 9 === 0 ? ['A', 'G'] : ['C', 'C'], {
      phased: i % 2 === 0,
      evidence: i % 3 === 0 ? 'variant-record' : 'reference-block',
      depth: 20 + ((i * 7919) % 31),
      quality: (i * 104_729) % 100,
    }),
  )
}

export function genotypes(
  received: { readonly name: string; readonly sha256: string },
  sample: string,
  calls: readonly LocusCall[],
): GenotypeSet {
  return {
    sample,
    source: { name: received.name, format: 'vcf', sha256: received.sha256 },
    assembly: 'GRCh38',
    calls,
    gaps: [{ kind: 'not-in-file', locus: 'chr22:42126611' }],
    notes: ['Read as GRCh38.'],
  }
}

export async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

export async function receive(store: Store, text: string, name = 'sample.vcf'): Promise<ReceivedFile> {
  return store.archive.receive(name, bytes(text))
}

/** The bytes of a received or kept file, as text. */
export async function textOf(file: { read(): AsyncIterable<Uint8Array> }): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of file.read()) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

/** An upload of one file with one sample. */
export function upload(
  received: ReceivedFile,
  sets: readonly GenotypeSet[],
  more: Partial<Ingest> = {},
): Ingest {
  return {
    files: [{ received, format: 'vcf' }],
    genotypes: sets,
    outsideCalls: [],
    drugs: [],
    measurements: [],
    ...more,
  }
}
