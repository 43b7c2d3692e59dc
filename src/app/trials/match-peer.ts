import { checkCtml } from '../../decide/enrol/ctml/check.ts'
import type { CtmlTrial } from '../../decide/enrol/ctml/document.ts'
import { MatchMinerEngine } from '../../decide/enrol/matchminer/engine.ts'
import type { Trial } from '../../decide/enrol/trial.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { diagnosisGroups } from '../../knowledge/tumor/diagnosis-groups.ts'
import { oncoTree } from '../../knowledge/tumor/oncotree.ts'
import type { Candidate } from '../../record/candidate.ts'
import { Fault } from '../../terms/fault.ts'
import type { ExitCode, Io } from '../command.ts'
import type { MatchOrder } from './match-order.ts'

/** The matches that MatchMiner itself finds, one line for each trial and person, in the words of its own results. */
export async function matchAsPeer(
  trials: readonly Trial[],
  people: readonly Candidate[],
  order: MatchOrder,
  facts: Facts,
  io: Io,
): Promise<ExitCode> {
  const foreign = trials.filter(({ ctml }) => ctml === undefined)
  for (const { protocol } of foreign) io.err(`left out: ${protocol}: MatchMiner reads CTML only\n`)
  const written = trials.flatMap(({ ctml }) => ctml ?? [])
  for (const line of nobodyLines(written, facts)) io.err(line)
  const engine = new MatchMinerEngine(written, {
    groups: diagnosisGroups(facts),
    today: order.today,
    onClosed: order.closed,
    onDeceased: order.deceased,
  })
  for (const { protocol, fault } of engine.refused) io.err(`left out: ${protocol}: ${fault.message}\n`)
  for (const { id, matchMiner } of people) {
    if (matchMiner === undefined) {
      throw new Fault(
        'CANDIDATE_NOT_MATCHMINER',
        id,
        'the person is not described in the records of MatchMiner',
        'Give clinical records with SAMPLE_ID and "genomic", or leave --compat out.',
      )
    }
    const lines: string[] = []
    engine.match(matchMiner, (protocol, match) => {
      lines.push(
        order.json
          ? JSON.stringify({ protocol_no: protocol, sample_id: id, match })
          : `${protocol}  ${id}  ${match.map((one) => `${one.match_path} (${one.curation_status})`).join(', ')}`,
      )
    })
    if (lines.length > 0) await io.out(`${lines.join('\n')}\n`)
  }
  return engine.refused.length > 0 || foreign.length > 0 ? 1 : 0
}

/** Criteria by which the peer keeps everybody out, or lets them in, without a word. */
function nobodyLines(trials: readonly CtmlTrial[], facts: Facts): readonly string[] {
  const vocabulary = { tree: oncoTree(facts), groups: diagnosisGroups(facts) }
  return trials.flatMap((trial) => {
    const errors = checkCtml(trial, vocabulary).filter(({ severity }) => severity === 'error')
    const [first] = errors
    if (first === undefined) return []
    const more = errors.length === 1 ? '' : `, and ${errors.length - 1} more`
    return [
      `check ${trial.protocol}: ${first.what} (${first.where})${more}; "garrod trials check" tells how to mend it\n`,
    ]
  })
}
