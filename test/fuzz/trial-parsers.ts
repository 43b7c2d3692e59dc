import { checkCtml } from '../../src/decide/enrol/ctml/check.ts'
import { readCtml } from '../../src/decide/enrol/ctml/document.ts'
import { typedClauses } from '../../src/decide/enrol/ctml/typed.ts'
import { itemReader } from '../../src/decide/enrol/draft/read-item.ts'
import { readSignatures } from '../../src/decide/enrol/draft/signature.ts'
import { eligibilityTagger } from '../../src/decide/enrol/entities/tagger.ts'
import { MatchMinerEngine } from '../../src/decide/enrol/matchminer/engine.ts'
import { isOwnTrial, readOwnTrial } from '../../src/decide/enrol/own-trial.ts'
import { Program } from '../../src/decide/enrol/program.ts'
import { readTrial } from '../../src/decide/enrol/read-trial.ts'
import { studiesOfPage } from '../../src/decide/enrol/registry/study.ts'
import { readCandidates } from '../../src/intake/candidate/read-candidates.ts'
import { jsonDocuments } from '../../src/intake/json-documents.ts'
import { diagnosisGroups } from '../../src/knowledge/tumor/diagnosis-groups.ts'
import { oncoTree } from '../../src/knowledge/tumor/oncotree.ts'
import { builtInFacts } from '../trials/matchminer-run.ts'
import type { FuzzedParser } from './fuzzed-parser.ts'

const facts = builtInFacts()
const vocabulary = { tree: oncoTree(facts), groups: diagnosisGroups(facts), readItem: itemReader(facts) }
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

const CRITERIA = `Inclusion Criteria:

* Age ≥ 18 years; ECOG 0-1
* NSCLC with EGFR L858R or exon 19 deletion, no ALK fusion
* ALT and AST ≤ 2.5 x ULN (≤ 5 x ULN with liver metastases)
  * CDKN2A/B or C loss

Exclusion Criteria:

1. Prior osimertinib within 14 days`
const REGISTRY = JSON.stringify({
  studies: [
    {
      protocolSection: {
        identificationModule: { nctId: 'NCT00000001' },
        statusModule: { overallStatus: 'RECRUITING' },
        conditionsModule: { conditions: ['Melanoma'] },
        eligibilityModule: { eligibilityCriteria: CRITERIA, sex: 'ALL', minimumAge: '18 Years' },
      },
    },
  ],
})
const SIGNED = JSON.stringify({
  nctId: 'NCT00000001',
  signatures: [
    {
      id: '0123456789ab',
      text: 'x',
      by: 'A',
      on: '2026-01-01',
      criterion: { kind: 'not', of: { kind: 'age', comparison: '<', days: 14 } },
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
    name: 'studies of the registry',
    seeds: () => [Buffer.from(REGISTRY)],
    read: (bytes) => {
      const studies = jsonDocuments(bytes.toString(), 'f').flatMap(studiesOfPage)
      for (const study of studies) readTrial(study, 'f', vocabulary)
    },
  },
  {
    name: 'lines of eligibility text',
    seeds: () => [Buffer.from(CRITERIA)],
    read: (bytes) => {
      for (const line of bytes.toString().split('\n')) tagger.entities(line)
    },
  },
  {
    name: 'signatures of drafts',
    seeds: () => [Buffer.from(SIGNED)],
    read: (bytes) => {
      for (const document of jsonDocuments(bytes.toString(), 'f')) readSignatures(document, 'f', vocabulary)
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

const tagger = eligibilityTagger(facts)
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
