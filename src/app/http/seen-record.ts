import { sensitivityRules } from '../../knowledge/access/sensitivity.ts'
import { drugBook } from '../../knowledge/drug.ts'
import { geneSymbols } from '../../knowledge/gene-id.ts'
import type { DrugUse, PatientRecord } from '../../record/patient-record.ts'
import type { Restriction } from '../../record/resource-query.ts'
import { aboutCodes, labelling, labelsOf } from '../../safeguard/labels/labels-of.ts'
import type { Sight } from '../../store/access/access-store.ts'
import type { PatientHead, PatientKey } from '../../store/person.ts'
import { GENETIC, personSight } from '../access/gate.ts'
import { RECORD_SOURCES, recordWithin } from '../exchange/bring-up-to-date.ts'
import type { Services } from './services.ts'
import { statementOf } from './statement-of-use.ts'

/** Said where something was left out of what an answer rests on. */
export const WITHHELD =
  'Part of this record is not shown to you for this purpose: what is said here does not rest on it.'

/** A record as far as a caller may see it. */
export interface SeenRecord {
  readonly record: PatientRecord
  /** Whether the person, and advice that rests on genetic data, is shown at all. */
  readonly advice: boolean
  /** What the caller is told when something was left out; undefined: it is the whole record. */
  readonly withheld: string | undefined
  /** Which version of the person's record it was looked at beside; undefined: nobody has the id. */
  readonly beside: PatientHead | undefined
}

/**
 * The typed record without what follows from resources that the restriction hides, without drugs that it would hide
 * as resources, and without genetic data where it hides those.
 */
export async function seenRecord(
  { store, facts }: Pick<Services, 'store' | 'facts'>,
  key: PatientKey,
  record: PatientRecord,
  within: Restriction,
): Promise<SeenRecord> {
  const drugs = record.drugs.map((one) => drugSight(facts, one))
  const sights = [personSight(key.patient), OBSERVATION, GENETIC, ...drugs]
  const {
    shown,
    all,
    head: beside,
  } = await store.access.sees(key.tenant, key.patient, sights, RECORD_SOURCES, within)
  const [person = false, plain = false, genetic = false, ...uses] = shown
  const advice = person && genetic
  if (all && plain && genetic && uses.every((one) => one))
    return { record, advice, withheld: undefined, beside }
  const hidden = new Set(record.drugs.filter((_, at) => uses[at] !== true).map((one) => JSON.stringify(one)))
  const rest = all ? record : await recordWithin(store, key, geneSymbols(facts), record, within)
  const seen = {
    ...rest,
    drugs: rest.drugs.filter((one) => !hidden.has(JSON.stringify(one))),
    ...(genetic ? {} : { genotypes: [], outsideCalls: [] }),
    ...(plain ? {} : { measurements: [], context: {} }),
  }
  const whole =
    seen.genotypes.length === record.genotypes.length &&
    PARTS.every((part) => JSON.stringify(seen[part]) === JSON.stringify(record[part]))
  return whole
    ? { record, advice, withheld: undefined, beside }
    : { record: seen, advice, withheld: WITHHELD, beside }
}

const PARTS = ['drugs', 'outsideCalls', 'measurements', 'context'] as const

/** A result of which nothing is known but that it is one. */
const OBSERVATION: Sight = { ...GENETIC, labels: [] }

/** Records are kept between calls, and so are the uses in them. */
function drugSight(facts: Services['facts'], use: DrugUse): Sight {
  const known = facts.derived('sights of drugs', () => new WeakMap<DrugUse, Sight>())
  const kept = known.get(use)
  if (kept !== undefined) return kept
  const resource = statementOf(use, drugBook(facts))
  const rules = facts.derived('sensitivity labelling', () => labelling(sensitivityRules(facts)))
  const sight = {
    type: resource.resourceType,
    id: '-',
    labels: labelsOf(resource, rules),
    codes: aboutCodes(resource),
  }
  known.set(use, sight)
  return sight
}
