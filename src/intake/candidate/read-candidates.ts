import type { Assay, Candidate, MatchMinerRecord } from '../../record/candidate.ts'
import { Fault } from '../../terms/fault.ts'
import { jsonDocuments } from '../json-documents.ts'
import { readMatchMinerCandidate } from './matchminer-candidate.ts'
import { readOwnCandidate } from './own-candidate.ts'

/**
 * People to be matched with trials, in Garrod's form or MatchMiner's, told by SAMPLE_ID. `assay` is what was tested in
 * those who do not say it themselves. Throws CANDIDATE_MALFORMED, CANDIDATE_TWICE, JSON_MALFORMED, JSON_EMPTY.
 */
export function readCandidates(text: string, where: string, assay: Assay | undefined): readonly Candidate[] {
  const seen = new Set<string>()
  return jsonDocuments(text, where).map((document, i) => {
    const at = `${where}[${i}]`
    const one = isMatchMiner(document)
      ? readMatchMinerCandidate(document, at)
      : readOwnCandidate(document, at)
    if (seen.has(one.id)) {
      throw new Fault(
        'CANDIDATE_TWICE',
        at,
        `"${one.id}" is there twice`,
        'Each person once: two records of one id could be two people.',
      )
    }
    seen.add(one.id)
    return assay === undefined || one.assays.length > 0 ? one : { ...one, assays: [assay] }
  })
}

function isMatchMiner(document: unknown): document is MatchMinerRecord {
  return typeof document === 'object' && document !== null && 'SAMPLE_ID' in document
}
