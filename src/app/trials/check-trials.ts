import { draftLeaves, unreadableLeaves } from '../../decide/enrol/criterion.ts'
import { type CheckFinding, checkCtml, faultFinding } from '../../decide/enrol/ctml/check.ts'
import type { ClinicalVocabulary } from '../../decide/enrol/ctml/clinical-leaf.ts'
import type { CtmlTrial } from '../../decide/enrol/ctml/document.ts'
import { matchGraph } from '../../decide/enrol/matchminer/match-graph.ts'
import type { Trial } from '../../decide/enrol/trial.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { Fault } from '../../terms/fault.ts'
import type { ExitCode, Io } from '../command.ts'
import { readSignedTrials } from './signed-trials.ts'
import { clinicalVocabulary } from './trial-files.ts'

/** What a check says of one trial. */
interface Checked {
  readonly protocol: string
  readonly errors: number
  readonly findings: readonly CheckFinding[]
}

/** Prints what is wrong with each trial; 1 when anything is, 2 when none could be read. */
export async function checkTrials(
  paths: readonly string[],
  signed: readonly string[],
  facts: Facts,
  json: boolean,
  io: Io,
): Promise<ExitCode> {
  const vocabulary = clinicalVocabulary(facts)
  const read = await readSignedTrials(paths, signed, vocabulary, io)
  const checked = read.map((one): Checked => {
    const findings = 'trial' in one ? findingsOf(one.trial, vocabulary) : [faultFinding(one.fault)]
    const protocol = 'trial' in one ? one.trial.protocol : one.where
    return { protocol, errors: findings.filter(({ severity }) => severity === 'error').length, findings }
  })
  for (const one of checked) await io.out(json ? `${JSON.stringify(one)}\n` : checkedText(one))
  if (!read.some((one) => 'trial' in one)) return 2
  return checked.some(({ errors }) => errors > 0) ? 1 : 0
}

function findingsOf(
  { ctml, registry, clauses }: Trial,
  vocabulary: ClinicalVocabulary,
): readonly CheckFinding[] {
  if (ctml !== undefined) return [...checkCtml(ctml, vocabulary), ...logicFindings(ctml)]
  const unread = clauses.flatMap(({ path, criterion }) =>
    unreadableLeaves(criterion).map(({ what, mend }) => ({
      severity: 'error' as const,
      code: 'CRITERION_UNREADABLE',
      where: path,
      what,
      mend,
    })),
  )
  return [...(registry?.findings ?? []), ...unread, ...draftFindings(clauses)]
}

/** Free text that nobody signed leaves a trial unknown for everybody. */
function draftFindings(clauses: Trial['clauses']): readonly CheckFinding[] {
  return clauses.flatMap(({ path, criterion }) => {
    const drafts = draftLeaves(criterion)
    if (drafts.length === 0) return []
    const read = drafts.filter(({ reads }) => reads !== null).length
    return [
      {
        severity: 'note' as const,
        code: 'CRITERIA_NOT_SIGNED',
        where: path,
        what: `${drafts.length} criteria are drafts of free text, ${read} of them with a reading`,
        mend: 'They are unknown for everybody until signed: see "garrod trials draft".',
      },
    ]
  })
}

/** Where the peer's graph gives criteria a weaker meaning than their nesting says. */
function logicFindings({ clauses }: CtmlTrial): readonly CheckFinding[] {
  return clauses.flatMap(({ path, match }) => {
    try {
      const nodes = matchGraph(match, path)
      return nodes.some(({ next }, id) => next.length > 1 && nodes[id]!.and)
        ? [
            {
              severity: 'note' as const,
              code: 'CTML_PEER_LOGIC',
              where: path,
              what: 'MatchMiner takes two "or" lists of these criteria as alternatives where both must hold',
              mend: 'Garrod asks for both; to have MatchMiner do so, write the "or" that nests another one last.',
            },
          ]
        : []
    } catch (error) {
      if (error instanceof Fault) return []
      throw error
    }
  })
}

function checkedText({ protocol, findings }: Checked): string {
  if (findings.length === 0) return `${protocol}  ok\n`
  const lines = findings.map(
    ({ severity, code, where, what, mend }) =>
      `  ${severity.padEnd(5)} ${code}  ${where}\n        ${what}. ${mend}`,
  )
  return `${protocol}\n${lines.join('\n')}\n`
}
