import { drugsCounted } from '../../decide/prescribe/medication.ts'
import type { PgxFinding } from '../../interpret/finding.ts'
import { drugBook } from '../../knowledge/drug.ts'
import type { PatientRecord } from '../../record/patient-record.ts'
import type { Garrod } from '../garrod.ts'

/**
 * `garrod.findings` for a server: what the genotype alone says is worked out once and kept as long as the record's
 * genotypes are; what the drugs change is worked out each time.
 */
export function keptFindings(garrod: Garrod): (record: PatientRecord) => readonly PgxFinding[] {
  interface Genetic {
    readonly outsideCalls: PatientRecord['outsideCalls']
    readonly findings: readonly PgxFinding[]
  }
  const kept = new WeakMap<PatientRecord['genotypes'], Genetic>()
  const geneticOf = ({ genotypes, outsideCalls, ...rest }: PatientRecord): readonly PgxFinding[] => {
    const known = kept.get(genotypes)
    if (known !== undefined && known.outsideCalls === outsideCalls) return known.findings
    const findings = garrod.findings({ ...rest, genotypes, outsideCalls, drugs: [] })
    kept.set(genotypes, { outsideCalls, findings })
    return findings
  }
  return (record) => {
    const genetic = geneticOf(record)
    if (record.drugs.length === 0) return genetic
    return garrod.pgx.underDrugs(genetic, drugsCounted(record, drugBook(garrod.facts)))
  }
}
