// Writes docs/evidence/trials.md: matches of MatchMiner's own run, its boolean cases, the round trip of CTML, what the safe
// reading does with people whose genes were not tested, and what the check finds in the same trials.
// Run with the evaluation data beside the checkout: node_modules/.bin/node scripts/evidence/trials.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { checkCtml } from '../../src/decide/enrol/ctml/check.ts'
import { type Entry, readCtml } from '../../src/decide/enrol/ctml/document.ts'
import { typedClauses, writeCtml } from '../../src/decide/enrol/ctml/typed.ts'
import { MatchMinerEngine } from '../../src/decide/enrol/matchminer/engine.ts'
import { matchGraph, matchPaths } from '../../src/decide/enrol/matchminer/match-graph.ts'
import { Program } from '../../src/decide/enrol/program.ts'
import { VERDICT_WORDS } from '../../src/decide/enrol/ruling.ts'
import { diagnosisGroups } from '../../src/knowledge/tumor/diagnosis-groups.ts'
import { oncoTree } from '../../src/knowledge/tumor/oncotree.ts'
import type { Candidate } from '../../src/record/candidate.ts'
import { sharedData } from '../../test/support/shared-data.ts'
import {
  builtInFacts,
  EXOME,
  peerResults,
  RUN_DATE,
  resultKey,
  runPeople,
  runTrials,
} from '../../test/trials/matchminer-run.ts'

const facts = builtInFacts()
const vocabulary = { tree: oncoTree(facts), groups: diagnosisGroups(facts) }
const trials = runTrials()
const json = (path: string): unknown => JSON.parse(readFileSync(sharedData(`oncology/ctml/${path}`)!, 'utf8'))

// 1. The run.
const engine = new MatchMinerEngine(trials, {
  groups: vocabulary.groups,
  today: RUN_DATE,
  onClosed: true,
  onDeceased: true,
})
const found = new Set<string>()
for (const { id, matchMiner } of runPeople()) {
  engine.match(matchMiner!, (protocol, matches) => {
    for (const one of matches) found.add(resultKey(protocol, id, one))
  })
}
const expected = peerResults()
const missing = [...expected].filter((one) => !found.has(one)).length
const extra = [...found].filter((one) => !expected.has(one)).length

// 2. The boolean cases.
const paths = json('boolean/match_paths_expected.json') as Record<string, unknown>
const trees = json('boolean/match_tree_expected.json') as Record<string, { edges: unknown }>
const names = Object.keys(paths)
const booleans = names.filter((name) => {
  const nodes = matchGraph([json(`boolean/${name}`) as Entry], name)
  const edges = nodes.flatMap(({ next }, id) => next.map((one) => [id, one]))
  return (
    isDeepStrictEqual(matchPaths(nodes, name), paths[name]) && isDeepStrictEqual(edges, trees[name]!.edges)
  )
}).length

// 3. Round trip.
const real = (json('real_trials_22.json') as Entry[]).map((one, i) =>
  readCtml({ ...one, protocol_no: one['protocol_no'] ?? `${i}` }, `trial ${i}`),
)
const written = [...trials, ...real]
const same = written.filter((one) =>
  isDeepStrictEqual(writeCtml(one, typedClauses(one, vocabulary)), one.document),
).length

// 4. The safe reading, with nothing said about coverage, and with an exome.
interface Tally {
  met: number
  unknown: number
  notMet: number
  throughUntested: number
}

function tally(people: readonly Candidate[]): Tally {
  const program = new Program(
    trials.flatMap((one) => typedClauses(one, vocabulary)),
    { tree: vocabulary.tree, today: RUN_DATE },
  )
  const counts: Tally = { met: 0, unknown: 0, notMet: 0, throughUntested: 0 }
  for (const person of people) {
    program.take(person)
    program.evaluateAll((_clause, verdict, reasons, from, to) => {
      if (verdict === 0) counts.notMet++
      else if (verdict === 1) counts.unknown++
      else {
        counts.met++
        const untested = reasons.subarray(from, to).some((number) => {
          const leaf = number < 0 ? ~number : number
          const { kind } = program.leaves[leaf]!
          const ground = program.rulingOf(leaf).ground.kind
          return (
            (kind === 'alteration' || kind === 'wild-type') &&
            ground === 'none-found' &&
            person.assays.length === 0
          )
        })
        if (untested) counts.throughUntested++
      }
    })
  }
  return counts
}
const uncovered = tally(runPeople())
const covered = tally(runPeople(EXOME))
const row = (name: string, { met, unknown, notMet, throughUntested }: Tally) =>
  `| ${name} | ${met} | ${unknown} | ${notMet} | ${throughUntested} |`

/** (trial, patient, path) results that the peer gives through "!" although it knows nothing of the gene's coverage. */
const closedWorld = [...found].filter((key) => {
  const [protocol, , path] = key.split(' ')
  const clause = trials.find((one) => one.protocol === protocol)!.clauses.find((one) => one.path === path)!
  return /"genomic":\{[^}]*"!/.test(JSON.stringify(clause.match))
}).length

// 5. Every difference between the two readings when the exome is known.
const differences = new Map<string, number>()
const peerPairs = new Set([...expected].map((key) => key.split(' ').slice(0, 3).join(' ')))
const program = new Program(
  trials.flatMap((one) => typedClauses(one, vocabulary)),
  { tree: vocabulary.tree, today: RUN_DATE },
)
for (const person of runPeople(EXOME)) {
  program.take(person)
  program.evaluateAll((clause, verdict, reasons, from, to) => {
    const { protocol, path } = program.clauses[clause]!
    const peer = peerPairs.has(`${protocol} ${person.id} ${path}`)
    if (peer === (verdict === 2)) return
    const open = [...reasons.subarray(from, to)].flatMap((number) => {
      const { ground } = program.rulingOf(number < 0 ? ~number : number)
      return ground.kind === 'missing' ? [ground.datum] : []
    })
    if (!peer && verdict === 1) return
    const line = `${protocol} | ${peer ? 'match' : 'no match'} | ${VERDICT_WORDS[verdict]} | ${why(protocol, verdict, open)}`
    differences.set(line, (differences.get(line) ?? 0) + 1)
  })
}

/** Each kind of difference was read; one that no line here explains is printed as such. */
function why(protocol: string, verdict: number, open: readonly string[]): string {
  if (protocol === '70-018' && verdict === 2)
    return 'the text "False" is read as false; the mutation was found'
  if (open.includes('diagnosis')) return 'the diagnosis has a name that OncoTree gave up or never had'
  if (open.includes('criterion'))
    return 'a criterion cannot be read, and the kinds of change beside it were not tested'
  if (open.includes('fusion')) return 'an exome does not see fusions: they were not tested'
  if (protocol === '70-006' && verdict === 0)
    return 'OncoTree has follicular dendritic cell sarcoma under the blood since, the peer under solid tumours'
  return 'NOT EXPLAINED'
}

// 6. What the check finds.
const codes = new Map<string, Set<string>>()
for (const one of trials) {
  for (const { severity, code } of checkCtml(one, vocabulary)) {
    const key = `${severity} | ${code}`
    codes.set(key, (codes.get(key) ?? new Set()).add(one.protocol))
  }
}

writeFileSync(
  fileURLToPath(new URL('../../docs/evidence/trials.md', import.meta.url)),
  `# Trials: evidence

Reproduce with \`node_modules/.bin/node scripts/evidence/trials.ts\` and \`node_modules/.bin/node bench/trials.ts\`, with the
evaluation data beside the checkout. The peer is MatchMiner (matchengine-V2, commit 4f0497d), run unmodified with the date
held at ${RUN_DATE} on closed trials and deceased people as well.

## As MatchMiner (\`--compat matchminer\`)

| what | cases | equal | missing | extra |
|---|---|---|---|---|
| (trial, patient, path) results: ${trials.length} trials, ${runPeople().length} people | ${expected.size} | ${expected.size - missing} | ${missing} | ${extra} |
| nested "and" and "or": paths, and the edges of the graph | ${names.length} | ${booleans} | ${names.length - booleans} | 0 |
| CTML read and written again | ${written.length} | ${same} | ${written.length - same} | 0 |

The pairing of these records with tumour profiles is artificial: it tests matching, not medicine.

## The safe reading (the default)

Counts of patient and clause, suspended arms included. The records do not say which genes were tested; the second row adds
the fact that they are exomes.

| what is known of coverage | met | unknown | not met | met through an untested gene |
|---|---|---|---|---|
${row('nothing', uncovered)}
${row('an exome, for mutations', covered)}

${closedWorld} of the peer's ${expected.size} results come through clauses that exclude a gene, although nothing in the records
says that the gene was tested. Here they are unknown until an assay is named.

With the exome known, every result that the two readings do not share (unknown here and no match there is left out: that is
the point of the third value):

| trial | MatchMiner | here | why | people |
|---|---|---|---|---|
${[...differences]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([line, count]) => `| ${line} | ${count} |`)
  .join('\n')}

## Known defects of the peer, and what happens here

| the peer | here | test |
|---|---|---|
| a person without a record of a gene counts as wild type | unknown: the gene was not tested | program.test.ts |
| a diagnosis outside of its list ("All Solid Tumors") silently matches nobody | \`check\` names it and proposes \`_SOLID_\`; matching says unknown | ctml.test.ts |
| HER2, ER, PR and disease status are ignored | ruled on; "Unknown" asks for nothing | program.test.ts |
| \`wildtype: "False"\` equals nothing | \`check\` names it; read as false | ctml.test.ts |
| a field it does not know is compared with a column of that name, and nobody matches | \`check\` names it with the nearest field; matching says unknown | ctml.test.ts |
| a word of variant classification that MAF does not have matches nobody | the same; not met only where the gene has no change at all | ctml.test.ts |
| letters in a protocol number, a space in a bound, an unknown repair status end the run | \`check\` names them; the other trials are matched | ctml.test.ts, engine.test.ts |
| an "or" nested in the first of two "or" lists makes the second an alternative | both are asked for; \`check\` says where the peer differs | engine.test.ts |
| a step without arms counts as suspended, and is left out unless closed ones are asked for | it is open; \`check\` says where the peer differs | ctml.test.ts |
| an age needs a whole birth date | a year or month is enough where it decides | program.test.ts |
| a broader diagnosis does not match and nobody is told | unknown: the histology would decide | program.test.ts |
| contradicting results: the first one found counts | unknown, with both | program.test.ts |

## What the check finds in the trials of the run

| severity | code | trials |
|---|---|---|
${[...codes]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([key, protocols]) => `| ${key} | ${protocols.size} |`)
  .join('\n')}

## Speed

One core of a busy two-core machine; MatchMiner measured 2,333 clause evaluations/s there on an in-memory store (a real
MongoDB will be faster). The floor is one byte read for each criterion of each pair, from a table made before.

| work | pairs | M pairs/s | times the peer | times the floor |
|---|---|---|---|---|
| every pair with reasons, 20,000 people x 2,000 clauses | 40,000,000 | 6.8 | 2,905 | 9.8 |
| the same by index (12 % of pairs looked at) | 40,000,000 | 13.6 | 5,841 | 4.9 |
| the peer's run in three values, with reasons | 95,178 | 3.4 | 1,437 | 26 |
| the same by index (27 % looked at) | 95,178 | 4.4 | 1,874 | 20 |
| the peer's run as MatchMiner | 95,178 | 2.8 to 5.0 | 1,184 to 2,155 | |

The synthetic cohort is \`bench/trials.ts 20000 1000\`; half of its people have a panel, half an exome. 100,000 people and
1,000 trials of two clauses each are 200 million pairs: by these figures 30 s on one core with every pair looked at, 15 s by
index (reckoned, not run); people are read in pieces of at most 500 MB of text. The short run spends most of its time on
preparing each person.

## Differences that are meant

- Age is exact, as in the peer: \`<=18\` ends on the eighteenth birthday.
- Each "match" of a step, arm or dose level is answered by itself, as in the peer; a person meets an arm although the step
  above it is not met.
- A gene that stands beside a signature or repair status is dropped, as in the peer.
- CTML in YAML is not read: convert it to JSON.

Studies of ClinicalTrials.gov and their free text: [eligibility.md](eligibility.md).
`,
)
