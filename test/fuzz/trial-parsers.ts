import { checkCtml } from '../../src/decide/enrol/ctml/check.ts'
import { readCtml } from '../../src/decide/enrol/ctml/document.ts'
import { typedClauses } from '../../src/decide/enrol/ctml/typed.ts'
import { MatchMinerEngine } from '../../src/decide/enrol/matchminer/engine.ts'
import { isOwnTrial, readOwnTrial } from '../../src/decide/enrol/own-trial.ts'
import { Program } from '../../src/decide/enrol/program.ts'
import { readCandidates } from '../../src/intake/candidate/read-candidates.ts'
import { jsonDocuments } from '../../src/intake/json-documents.ts'
import { diagnosisGroups } from '../../src/knowledge/diagnosis-groups.ts'
import { oncoTree } from '../../src/knowledge/oncotree.ts'
import { builtInFacts } from '../trials/matchminer-run.ts'
import type { FuzzedParser } from './fuzzed-parser.ts'

const facts = builtInFacts()
const vocabulary = { tree: oncoTree(facts), groups: diagnosisGroups(facts) }
const today = '2020-01-01'

const PERSON = JSON.stringify({
  id: 'p',
  birthDate: '1980-02',
  diagnosis: 'LUAD',
  assays: [{ name: 'x', genes: ['KRAS'], finds: ['mutation'] }],
  alterations: [{ kind: 'mutation', gene: 'KRAS', proteinChange: 'p.G12C' }],
  labs: [{ test: 'ALT', value: 61, unit: 'U/L', date: '2019-10-30' }],
})
const RECORD = JSON.stringify({
  SAMPLE_ID: 's',
  GENDER: 'Male',
  BIRTH_DATE_INT: 19800101,
  REPORT_DATE: '2019-01-01',
  genomic: [{ TRUE_HUGO_SYMBOL: 'KRAS', VARIANT_CATEGORY: 'MUTATION', TRUE_PROTEIN_CHANGE: 'p.G12C' }],
})
const CTML = JSON.stringify({
  protocol_no: '1-1',
  status: 'open to accrual',
  treatment_list: {
    step: [
      {
        arm: [
          {
            match: [
              {
                and: [
                  {
                    genomic: {
                      hugo_symbol: 'KRAS',
                      wildcard_protein_change: '!p.G12',
                      variant_category: 'Mutation',
                    },
                  },
                  {
                    or: [
                      { clinical: { age_numerical: '>=18' } },
                      { genomic: { hugo_symbol: 'ALK', variant_category: 'Structural Variation' } },
                    ],
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
})
const OWN = JSON.stringify({
  protocol: 'T',
  clauses: [
    {
      criterion: {
        kind: 'all',
        of: [
          { kind: 'age', comparison: '>=', years: 18 },
          { kind: 'diagnosis', name: 'LUAD' },
        ],
      },
    },
  ],
})

/** Readers of trials and of the people they are for; what is read is also matched, by both readings. */
export const TRIAL_PARSERS: readonly FuzzedParser[] = [
  {
    name: 'trials',
    seeds: () => [Buffer.from(CTML), Buffer.from(OWN)],
    read: (bytes) => {
      for (const document of jsonDocuments(bytes.toString(), 'f')) matchOne(document)
    },
  },
  {
    name: 'candidates',
    seeds: () => [Buffer.from(PERSON), Buffer.from(RECORD)],
    read: (bytes) => {
      for (const one of readCandidates(bytes.toString(), 'f', undefined)) program.take(one)
    },
  },
]

const people = readCandidates(`${PERSON}\n${RECORD}`, 'seed', undefined)
const program = new Program([], { tree: vocabulary.tree, today })

function matchOne(document: unknown): void {
  if (isOwnTrial(document)) {
    readOwnTrial(document, 'f', vocabulary)
    return
  }
  const trial = readCtml(document, 'f')
  checkCtml(trial, vocabulary)
  const options = { groups: vocabulary.groups, today, onClosed: true, onDeceased: true }
  const engine = new MatchMinerEngine([trial], options)
  const typed = new Program(typedClauses(trial, vocabulary), { tree: vocabulary.tree, today })
  for (const one of people) {
    typed.take(one)
    typed.evaluateAll(() => undefined)
    if (one.matchMiner !== undefined) engine.match(one.matchMiner, () => undefined)
  }
}
