import type { GenotypeSet, SourceFile } from '../../record/genotype.ts'
import type { Measurement, PatientRecord } from '../../record/patient-record.ts'
import { patientId } from '../../terms/ids.ts'
import type { Deidentification } from './deidentify-resource.ts'
import { OLDEST_TOLD, tellableBirthYear } from './safe-harbor.ts'

/** A person's record without the identifiers of Safe Harbor. Drugs without a code are text, and are left out. */
export function deidentifyRecord(record: PatientRecord, by: Deidentification): PatientRecord {
  const { birthDate } = record
  const genetic = by.genetic === 'governed'
  return {
    ...record,
    id: patientId(by.rekey(`Patient/${record.id}`)),
    name: undefined,
    birthDate: birthDate === undefined ? undefined : tellableBirthYear(birthDate, by.at),
    identifiers: [],
    genotypes: genetic ? record.genotypes.map((set) => nameless(set, by)) : [],
    outsideCalls: genetic ? record.outsideCalls.map((call) => ({ ...call, source: fileOf(call) })) : [],
    drugs: record.drugs.flatMap((drug) => {
      const code = drug.rxcui ?? drug.atc
      return code === undefined ? [] : [{ ...drug, text: code }]
    }),
    measurements: record.measurements.map(toldMeasurement),
  }
}

/** Sample and file names often are the person's. */
function nameless(set: GenotypeSet, by: Deidentification): GenotypeSet {
  return { ...set, sample: by.rekey(`Sample/${set.sample}`), source: fileOf(set), notes: [] }
}

function fileOf({ source }: { readonly source: SourceFile }): SourceFile {
  return { name: source.format, format: source.format, sha256: undefined }
}

function toldMeasurement(one: Measurement): Measurement {
  return one.kind === 'age' && one.value > OLDEST_TOLD ? { ...one, value: OLDEST_TOLD + 1 } : one
}
