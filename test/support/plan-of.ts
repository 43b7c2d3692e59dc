import { join } from 'node:path'
import { makePlan } from '../../src/decide/make-plan.ts'
import type { DrugAdvice, Plan } from '../../src/decide/plan.ts'
import { drugsCounted } from '../../src/decide/prescribe/medication.ts'
import type { PgxFinding } from '../../src/interpret/finding.ts'
import { phenoconvert } from '../../src/interpret/pgx/pgx.ts'
import { drugBook } from '../../src/knowledge/drug.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import { enzymeModifiers } from '../../src/knowledge/pgx/enzyme-modifier.ts'
import type { DrugUse, PatientRecord } from '../../src/record/patient-record.ts'
import { patient } from './patient.ts'

export const installedFacts = Facts.find([join(import.meta.dirname, '..', '..', 'facts')])

/** A drug of the list by name; "codeine?" is one that is considered, not taken. */
export function use(text: string): DrugUse {
  const considered = text.endsWith('?')
  return {
    text: considered ? text.slice(0, -1) : text,
    rxcui: undefined,
    atc: undefined,
    status: considered ? 'considered' : 'taking',
  }
}

/** The plan for these results and drugs, on the installed facts, with phenoconversion, as the product makes it. */
export function planOf(
  findings: readonly PgxFinding[],
  drugs: readonly (string | DrugUse)[],
  what: Partial<PatientRecord> = {},
): Plan {
  const record = patient({
    drugs: drugs.map((one) => (typeof one === 'string' ? use(one) : one)),
    ...what,
  })
  const taken = drugsCounted(record, drugBook(installedFacts))
  return makePlan({
    record,
    findings: phenoconvert(findings, taken, enzymeModifiers(installedFacts)),
    facts: installedFacts,
    asOf: '2025-06-01',
    engineVersion: 'test',
  })
}

export function adviceOn(plan: Plan, drug: string): DrugAdvice {
  const found = plan.drugs.find((one) => one.drug.name === drug)
  if (found === undefined) throw new Error(`the plan has no ${drug}`)
  return found
}
