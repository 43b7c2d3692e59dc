import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type CtmlTrial, readCtml } from '../../src/decide/enrol/ctml/document.ts'
import { readCandidates } from '../../src/intake/candidate/read-candidates.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import type { Assay, Candidate } from '../../src/record/candidate.ts'
import { sharedData } from '../support/shared-data.ts'

export const RUN = 'oncology/ctml/matchminer-run'
/** The date that the peer's run was frozen at. */
export const RUN_DATE = '2020-01-01'

export const builtInFacts = (): Facts => Facts.find(['facts'])

const path = (name: string): string => sharedData(`${RUN}/${name}`)!
const unzipped = (name: string): string => gunzipSync(readFileSync(path(name))).toString('utf8')

export function runTrials(): readonly CtmlTrial[] {
  const documents = JSON.parse(readFileSync(path('trials.shared.json'), 'utf8')) as unknown[]
  return documents.map((one, i) => readCtml(one, `trial ${i}`))
}

/** The people of the run; their records say nothing about coverage unless an assay is given. */
export function runPeople(assay?: Assay): readonly Candidate[] {
  return readCandidates(unzipped('patients.shared.jsonl.gz'), 'patients', assay)
}

export const EXOME: Assay = { name: 'exome', genes: 'all', finds: new Set(['mutation'] as const) }

/** One line for each (trial, patient, path) that the peer found. */
export function peerResults(): ReadonlySet<string> {
  const lines = unzipped('expected.shared.jsonl.gz').trim().split('\n')
  return new Set(
    lines.flatMap((line) => {
      const { protocol_no, sample_id, match } = JSON.parse(line) as {
        protocol_no: string
        sample_id: string
        match: Record<string, string>[]
      }
      return match.map((one) => resultKey(protocol_no, sample_id, one))
    }),
  )
}

export function resultKey(protocol: string, sample: string, match: object): string {
  const { match_path, level, internal_id, curation_status } = match as Record<string, string>
  return [protocol, sample, match_path, level, internal_id, curation_status].join(' ')
}
