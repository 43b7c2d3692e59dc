// Speed of trial matching: patient x clause evaluations per second with reasons, on one core, against the least work that
// the same answers could cost (reading one ready verdict per criterion), and against MatchMiner's measured 2,333/s.
// Run: node_modules/.bin/node bench/trials.ts [people] [trials]; the peer's own run is measured too where the data are there.
import { readCtml } from '../src/decide/enrol/ctml/document.ts'
import { typedClauses } from '../src/decide/enrol/ctml/typed.ts'
import { MatchMinerEngine } from '../src/decide/enrol/matchminer/engine.ts'
import { Program } from '../src/decide/enrol/program.ts'
import { diagnosisGroups } from '../src/knowledge/tumor/diagnosis-groups.ts'
import { oncoTree } from '../src/knowledge/tumor/oncotree.ts'
import type { Alteration, Assay, Candidate } from '../src/record/candidate.ts'
import { needs } from '../test/support/shared-data.ts'
import {
  builtInFacts,
  EXOME,
  peerResults,
  RUN,
  RUN_DATE,
  runPeople,
  runTrials,
} from '../test/trials/matchminer-run.ts'

const people = Number(process.argv[2] ?? 2_000)
const trials = Number(process.argv[3] ?? 1_000)
/** Clause evaluations of matchengine-V2 on an in-memory store, measured on the machine class these figures are for. */
const PEER = 2_333
const facts = builtInFacts()
const setting = { tree: oncoTree(facts), today: RUN_DATE }
const vocabulary = { tree: setting.tree, groups: diagnosisGroups(facts) }

/** A small generator with a fixed seed (mulberry32): the same cohort on every run. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const next = random(1902)
const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!
const genes = Array.from({ length: 400 }, (_, i) => `GENE${i}`)
const diagnoses = setting.tree.names.filter((name) => name !== 'Tissue')
const CHANGES = ['p.V600E', 'p.G12D', 'p.R132H', 'p.L858R', 'p.Q61K']

/** Trials like those that are curated: two arms, each with a gene or three, a diagnosis, an age, now and then an exclusion. */
function syntheticTrial(number: number): unknown {
  const genomic = (sign = '') => ({
    genomic: {
      hugo_symbol: `${sign}${pick(genes)}`,
      variant_category: 'Mutation',
      ...(next() < 0.3 ? { wildcard_protein_change: pick(CHANGES).slice(0, -1) } : {}),
    },
  })
  const clinical = {
    clinical: {
      oncotree_primary_diagnosis: next() < 0.3 ? '_SOLID_' : pick(diagnoses),
      age_numerical: next() < 0.8 ? '>=18' : '>=12',
      ...(next() < 0.1 ? { her2_status: 'Positive' } : {}),
    },
  }
  const arm = () => ({
    arm_suspended: 'N',
    match: [
      {
        and: [
          clinical,
          { or: Array.from({ length: 1 + Math.floor(next() * 3) }, () => genomic()) },
          ...(next() < 0.2 ? [genomic('!')] : []),
        ],
      },
    ],
  })
  return {
    protocol_no: `${number}`,
    status: 'open to accrual',
    treatment_list: { step: [{ arm: [arm(), arm()] }] },
  }
}

const panel: Assay = { name: 'panel', genes: new Set(genes.slice(0, 360)), finds: new Set(['mutation']) }
const exome: Assay = { name: 'exome', genes: 'all', finds: new Set(['mutation']) }

function syntheticPerson(number: number): Candidate {
  const alterations = Array.from(
    { length: 4 + Math.floor(next() * 12) },
    (): Alteration => ({ kind: 'mutation', gene: pick(genes), proteinChange: pick(CHANGES) }),
  )
  return {
    id: `P${number}`,
    birthDate: `${1930 + Math.floor(next() * 85)}-06-15`,
    diagnosis: pick(diagnoses),
    alterations,
    assays: [next() < 0.5 ? panel : exome],
    markers: next() < 0.3 ? { her2: 'negative' } : {},
    treatmentsComplete: false,
  }
}

interface Speed {
  readonly seconds: number
  readonly perSecond: number
}

function best(what: () => void, pairs: number): Speed {
  let seconds = Number.POSITIVE_INFINITY
  for (let round = 0; round < 5; round++) {
    const start = process.hrtime.bigint()
    what()
    seconds = Math.min(seconds, Number(process.hrtime.bigint() - start) / 1e9)
  }
  return { seconds, perSecond: pairs / seconds }
}

function print(name: string, { seconds, perSecond }: Speed, more = ''): void {
  const ratio = Math.round(perSecond / PEER)
  process.stdout.write(
    `${name.padEnd(44)} ${seconds.toFixed(3).padStart(8)} s  ${(perSecond / 1e6).toFixed(2).padStart(7)} M/s  ${String(ratio).padStart(6)} x the peer${more}\n`,
  )
}

/** Everything, everything by index, and the floor: one byte read per criterion of each pair, from a table made before. */
function measure(name: string, program: Program, cohort: readonly Candidate[]): void {
  const pairs = cohort.length * program.clauses.length
  let reasonsSeen = 0
  let verdicts = 0
  const all = best(() => {
    for (const one of cohort) {
      program.take(one)
      program.evaluateAll((_clause, verdict, _reasons, from, to) => {
        verdicts += verdict
        reasonsSeen += to - from
      })
    }
  }, pairs)
  let evaluated = 0
  const search = best(() => {
    evaluated = 0
    for (const one of cohort) {
      program.take(one)
      evaluated += program.search((_clause, verdict, _reasons, from, to) => {
        verdicts += verdict
        reasonsSeen += to - from
      })
    }
  }, pairs)
  const perClause = program.clauses.map((_, clause) =>
    Int32Array.from(program.leavesOf(clause), (number) => (number < 0 ? ~number : number)),
  )
  const ready = new Uint8Array(program.leaves.length)
  let sum = 0
  const floor = best(() => {
    for (let i = 0; i < cohort.length; i++) {
      for (const leaves of perClause) for (let k = 0; k < leaves.length; k++) sum += ready[leaves[k]!]!
    }
  }, pairs)
  if (verdicts < 0 || reasonsSeen < 0 || sum < 0) throw new Error('nothing was done')
  process.stdout.write(`${name}: ${cohort.length} people x ${program.clauses.length} clauses\n`)
  print('  every pair, with reasons', all, `  ${(all.seconds / floor.seconds).toFixed(1)} x the floor`)
  print(
    '  by index, with reasons',
    search,
    `  ${(search.seconds / floor.seconds).toFixed(1)} x the floor, ${((100 * evaluated) / pairs).toFixed(1)} % of pairs looked at`,
  )
  print('  floor: one byte read per criterion', floor)
}

const synthetic = Array.from({ length: trials }, (_, i) => readCtml(syntheticTrial(i + 1), `trial ${i}`))
const clauses = synthetic.flatMap((one) => typedClauses(one, vocabulary))
measure(
  'synthetic',
  new Program(clauses, setting),
  Array.from({ length: people }, (_, i) => syntheticPerson(i)),
)

if (needs(RUN) === false) {
  const run = runTrials()
  const cohort = runPeople(EXOME)
  measure(
    'the peer’s run, in three values',
    new Program(
      run.flatMap((one) => typedClauses(one, vocabulary)),
      setting,
    ),
    cohort,
  )
  const engine = new MatchMinerEngine(run, {
    groups: vocabulary.groups,
    today: RUN_DATE,
    onClosed: true,
    onDeceased: true,
  })
  let found = 0
  const compat = best(() => {
    found = 0
    for (const { matchMiner } of cohort) {
      engine.match(matchMiner!, (_protocol, matches) => {
        found += matches.length
      })
    }
  }, cohort.length * engine.clauseCount)
  print('  as MatchMiner', compat, `  ${found} of its ${peerResults().size} results`)
}
