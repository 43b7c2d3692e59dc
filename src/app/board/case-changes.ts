import { rankingChanges } from '../../decide/target/ranking-change.ts'
import type { BoardDocument } from './board-document.ts'

/** What differs between the case that a board had before it and the case as it is now. */
export interface CaseChange {
  readonly about: 'files' | 'record' | 'knowledge' | 'tiers' | 'options' | 'trials' | 'drug safety'
  readonly what: readonly string[]
}

/** Empty where nothing that a board looks at has changed. */
export function caseChanges(before: BoardDocument, now: BoardDocument): readonly CaseChange[] {
  if (before.hash === now.hash) return []
  const all: CaseChange[] = [
    { about: 'files', what: filesChanged(before, now) },
    { about: 'record', what: recordChanged(before, now) },
    { about: 'knowledge', what: knowledgeChanged(before, now) },
    { about: 'tiers', what: differing(tiersOf(before), tiersOf(now)) },
    { about: 'options', what: rankingChanges(before.therapies, now.therapies) },
    { about: 'trials', what: differing(trialsOf(before), trialsOf(now)) },
    { about: 'drug safety', what: differing(safetyOf(before), safetyOf(now)) },
  ]
  return all.filter(({ what }) => what.length > 0)
}

function filesChanged(before: BoardDocument, now: BoardDocument): readonly string[] {
  const had = new Set(before.files.map(({ sha256 }) => sha256))
  const has = new Set(now.files.map(({ sha256 }) => sha256))
  return [
    ...now.files.filter(({ sha256 }) => !had.has(sha256)).map(({ name }) => `${name} came`),
    ...before.files.filter(({ sha256 }) => !has.has(sha256)).map(({ name }) => `${name} was taken back`),
  ]
}

function recordChanged(before: BoardDocument, now: BoardDocument): readonly string[] {
  const facts = ({ diagnosis, situation, profile, results, withheld }: BoardDocument) =>
    new Map([
      ['diagnosis', diagnosis.name ?? 'not known'],
      ['results of the record', String(results)],
      ['stage', situation.stage ?? 'not known'],
      ['lines given', linesText(situation)],
      ['ECOG', String(situation.ecog ?? 'not known')],
      ['treatments', situation.treatments.join(', ') || 'none recorded'],
      ['drugs taken', situation.taking.join(', ') || 'none recorded'],
      ['purity', String(profile.purity ?? 'not known')],
      ['shown', withheld === undefined ? 'all of the record' : 'part of the record'],
    ])
  return differing(facts(before), facts(now))
}

function linesText({ linesGiven, linesAtLeast }: BoardDocument['situation']): string {
  return String(linesGiven ?? (linesAtLeast === undefined ? 'not known' : `at least ${linesAtLeast}`))
}

function knowledgeChanged(before: BoardDocument, now: BoardDocument): readonly string[] {
  const versions = (document: BoardDocument) =>
    new Map([
      ['engine', document.engine.version],
      ...document.facts.map((one): [string, string] => {
        const at = Math.max(one.lastIndexOf('@'), one.lastIndexOf(' '))
        return [one.slice(0, at), one.slice(at + 1)]
      }),
    ])
  return differing(versions(before), versions(now))
}

const tiersOf = ({ tiers }: BoardDocument) =>
  new Map(tiers.alterations.map(({ name, tier, level }) => [name, `tier ${tier}${level ?? ''}`]))

const trialsOf = ({ trials }: BoardDocument) =>
  new Map(trials.matches.map(({ protocol, nctId, verdict }) => [nctId ?? protocol, verdict]))

const safetyOf = ({ safety }: BoardDocument) =>
  new Map(safety.advice.map(({ drug, headline }) => [drug.name, headline]))

/** "KRAS G12C: tier IIC, was tier IA"; in the order of names. */
function differing(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...before.keys(), ...now.keys()])].sort().flatMap((name) => {
    const [was, is] = [before.get(name), now.get(name)]
    if (was === is) return []
    if (was === undefined) return [`${name}: ${is}, was not there`]
    return [is === undefined ? `${name}: not there any more, was ${was}` : `${name}: ${is}, was ${was}`]
  })
}
