import { makePlan } from '../decide/make-plan.ts'
import type { Plan } from '../decide/plan.ts'
import { drugsCounted } from '../decide/prescribe/medication.ts'
import type { PgxFinding } from '../interpret/finding.ts'
import { openPgx, type PgxRoom } from '../interpret/pgx/pgx.ts'
import { drugBook } from '../knowledge/drug.ts'
import { Facts } from '../knowledge/facts.ts'
import { isPopulationCode, type PopulationCode } from '../knowledge/pgx/haplotype-frequency.ts'
import type { PatientRecord } from '../record/patient-record.ts'
import { Fault } from '../terms/fault.ts'
import type { Config } from './config.ts'
import { VERSION } from './version.ts'

/** The journey on one page: a record in, findings, then a plan. Handed to nobody below app/. */
export interface Garrod {
  readonly facts: Facts
  readonly pgx: PgxRoom
  /** What the person's molecular results mean; drugs now taken change the clinical phenotype. */
  findings(record: PatientRecord): readonly PgxFinding[]
  /** What follows for the drugs of the record, or for every drug worth knowing of. `asOf` is YYYY-MM-DD, for ages. */
  plan(record: PatientRecord, findings: readonly PgxFinding[], asOf: string): Plan
}

export interface JourneyOptions {
  /** Fact packs to use instead of the newest, "id@version". */
  readonly pins?: readonly string[]
  /** Whose haplotype frequencies weigh diplotypes that fit equally; ALL when left out. */
  readonly population?: string
}

export function openGarrod(config: Config, options: JourneyOptions = {}): Garrod {
  const facts = Facts.find(config.factFolders, options.pins)
  const pgx = openPgx(facts, populationOf(options.population ?? 'ALL'))
  return {
    facts,
    pgx,
    findings(record) {
      const genetic = pgx.findings({ genotypes: record.genotypes, outsideCalls: record.outsideCalls })
      if (record.drugs.length === 0) return genetic
      return pgx.underDrugs(genetic, drugsCounted(record, drugBook(facts)))
    },
    plan: (record, findings, asOf) => makePlan({ record, findings, facts, asOf, engineVersion: VERSION }),
  }
}

function populationOf(text: string): PopulationCode {
  const code = text.toUpperCase()
  if (!isPopulationCode(code)) {
    throw new Fault(
      'POPULATION_UNKNOWN',
      '--population',
      `"${text}" is not a population`,
      'Use ALL, AFR, AMR, EAS, EUR or SAS.',
    )
  }
  return code
}
