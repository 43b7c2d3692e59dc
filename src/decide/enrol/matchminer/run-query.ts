import type { MatchMinerPatient, MatchMinerRecord } from '../../../record/candidate.ts'
import { holds } from '../comparison.ts'
import type { LeafQuery, RecordQuery, Test } from './query.ts'

/** From this report date on fusions are searched in their two genes, before it in the comment. */
const STRUCTURED_FROM = '2018-12-01'

/** True when the person meets the leaf, by the peer's closed-world rules: a gene nobody tested counts as not altered. */
export function meets(query: LeafQuery, patient: MatchMinerPatient): boolean {
  if (query.of === 'clinical')
    return query.tests.every(({ test, negate }) => passes(test, patient.clinical) !== negate)
  if (query.of === 'prior_treatments') return someRecord(query.query, patient.treatments)
  const structured = query.comment === undefined || reportedFrom(patient.clinical['REPORT_DATE'])
  return someRecord(structured ? query.query : query.comment!, patient.genomic)
}

function someRecord({ tests, exclusion }: RecordQuery, records: readonly MatchMinerRecord[]): boolean {
  for (const record of records) {
    let all = true
    for (const test of tests) {
      if (!passes(test, record)) {
        all = false
        break
      }
    }
    if (all) return !exclusion
  }
  return exclusion
}

function passes(test: Test, record: MatchMinerRecord): boolean {
  switch (test.kind) {
    case 'equal': {
      const found = record[test.field]
      return test.value === null ? found === undefined || found === null : found === test.value
    }
    case 'among':
      return test.values.has(record[test.field])
    case 'pattern': {
      const found = record[test.field]
      return typeof found === 'string' && test.pattern.test(found)
    }
    case 'number': {
      const found = record[test.field]
      return typeof found === 'number' && holds(found, test.comparison, test.number)
    }
    case 'present':
      return record[test.field] !== undefined && record[test.field] !== null
    case 'either':
      return test.sides.some((side) => side.every((one) => passes(one, record)))
  }
}

/** Dates that are not written YYYY-MM-DD are read in the time of this machine, as the peer reads them. */
function reportedFrom(date: unknown): boolean {
  if (typeof date !== 'string' || date.trim() === '') return false
  if (/^\d{4}-\d{2}-\d{2}/.test(date)) return date.slice(0, 10) >= STRUCTURED_FROM
  const read = new Date(date)
  return !Number.isNaN(read.getTime()) && read >= new Date(2018, 11, 1)
}
