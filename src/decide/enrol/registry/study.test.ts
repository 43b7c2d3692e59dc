import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFacts, RUN_DATE } from '../../../../test/trials/matchminer-run.ts'
import { diagnosisGroups } from '../../../knowledge/tumor/diagnosis-groups.ts'
import { oncoTree } from '../../../knowledge/tumor/oncotree.ts'
import type { Candidate } from '../../../record/candidate.ts'
import { Fault } from '../../../terms/fault.ts'
import { accrualOf } from '../accrual.ts'
import { plainCriterion } from '../own-trial.ts'
import { Program } from '../program.ts'
import { VERDICT_WORDS } from '../ruling.ts'
import { readAgeLimit } from './age-limit.ts'
import { registryTrial } from './registry-trial.ts'
import { isRegistryStudy, readRegistryStudy, studiesOfPage } from './study.ts'

const facts = builtInFacts()
const vocabulary = { tree: oncoTree(facts), groups: diagnosisGroups(facts) }
const setting = { tree: vocabulary.tree, today: RUN_DATE }

function sent(eligibilityModule: object, more: object = {}): unknown {
  return {
    protocolSection: {
      identificationModule: { nctId: 'NCT00000001', briefTitle: 'A study' },
      statusModule: { overallStatus: 'RECRUITING' },
      eligibilityModule: { sex: 'ALL', ...eligibilityModule },
      ...more,
    },
  }
}

const trialOf = (document: unknown) => registryTrial(readRegistryStudy(document, 's'), vocabulary)

function verdict(document: unknown, person: Partial<Candidate>): string {
  const program = new Program(trialOf(document).clauses, setting)
  program.take({ id: 'p', alterations: [], assays: [], markers: {}, treatmentsComplete: false, ...person })
  let found: 0 | 1 | 2 = 1
  program.evaluate(0, (_clause, value) => {
    found = value
  })
  return VERDICT_WORDS[found]
}

const codeOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  return 'none'
}

test('ages count whole units: 65 Years ends on the sixty-sixth birthday, 2 Weeks begin after 14 days', () => {
  const adults = sent({ minimumAge: '18 Years', maximumAge: '65 Years' })
  assert.equal(verdict(adults, { birthDate: '2002-01-01' }), 'met')
  assert.equal(verdict(adults, { birthDate: '2002-01-02' }), 'not met')
  assert.equal(verdict(adults, { birthDate: '1954-01-02' }), 'met')
  assert.equal(verdict(adults, { birthDate: '1954-01-01' }), 'not met')
  const infants = sent({ minimumAge: '2 Weeks', maximumAge: '6 Months' })
  assert.equal(verdict(infants, { birthDate: '2019-12-18' }), 'met')
  assert.equal(verdict(infants, { birthDate: '2019-12-19' }), 'not met')
  assert.equal(verdict(infants, { birthDate: '2019-06-02' }), 'met')
  assert.equal(verdict(infants, { birthDate: '2019-06-01' }), 'not met')
  assert.deepEqual(readAgeLimit('12 Hours'), { count: 0, unit: 'day' })
  assert.equal(readAgeLimit('eighteen'), undefined)
  assert.equal(verdict(sent({ minimumAge: 'eighteen' }), { birthDate: '1950' }), 'unknown')
  assert.equal(verdict(sent({ maximumAge: 'N/A' }), {}), 'unknown')
})

test('sex: all asks nothing, a missing or unknown one is asked of the site', () => {
  const women = sent({ sex: 'FEMALE', minimumAge: '1 Year' })
  const old = { birthDate: '1950-01-01' }
  assert.equal(verdict(women, { ...old, sex: 'female' }), 'met')
  assert.equal(verdict(women, { ...old, sex: 'male' }), 'not met')
  assert.equal(verdict(women, old), 'unknown')
  assert.equal(verdict(sent({ sex: 'BOTH', minimumAge: '1 Year' }), old), 'unknown')
})

test('conditions: any of them; one that is not in OncoTree turns nobody away', () => {
  const known = sent({}, { conditionsModule: { conditions: ['Melanoma', 'Lung Adenocarcinoma'] } })
  assert.equal(verdict(known, { diagnosis: 'LUAD' }), 'met')
  assert.equal(verdict(known, { diagnosis: 'PAAD' }), 'not met')
  const mixed = sent({}, { conditionsModule: { conditions: ['Melanoma', 'EGFR Exon 20 Insertion'] } })
  assert.equal(verdict(mixed, { diagnosis: 'MEL' }), 'met')
  assert.equal(verdict(mixed, { diagnosis: 'PAAD' }), 'unknown')
  const solid = sent({}, { conditionsModule: { conditions: ['Advanced Solid Tumors'] } })
  assert.equal(verdict(solid, { diagnosis: 'PAAD' }), 'met')
  assert.equal(verdict(solid, { diagnosis: 'AML' }), 'not met')
})

test('free text is a draft: unknown for everybody, and the same text keeps its id', () => {
  const text = 'Inclusion Criteria:\n\n* Age 18 or older\n\nExclusion Criteria:\n\n* Age 18 or older'
  const document = sent({ eligibilityCriteria: text })
  assert.equal(verdict(document, { birthDate: '1950-01-01' }), 'unknown')
  const { criterion } = trialOf(document).clauses[0]!
  assert.equal(criterion.kind, 'all')
  const drafts = (plainCriterion(criterion) as { of: { id: string; side: string; text: string }[] }).of
  assert.deepEqual(
    drafts.map(({ side, text: one }) => [side, one]),
    [
      ['inclusion', 'Age 18 or older'],
      ['exclusion', 'Age 18 or older'],
    ],
  )
  assert.notEqual(drafts[0]!.id, drafts[1]!.id)
  assert.match(drafts[0]!.id, /^[0-9a-f]{12}$/)
})

test('an announcement is no criterion; alternatives stay with the sentence that joins them', () => {
  const texts = (text: string) => {
    const { criterion } = trialOf(sent({ eligibilityCriteria: text })).clauses[0]!
    return criterion.kind === 'all'
      ? criterion.of.flatMap((one) => (one.kind === 'draft' ? one.text : []))
      : []
  }
  const below = '\n  * ALT ≤ 3 x ULN\n  * AST ≤ 3 x ULN'
  assert.deepEqual(
    texts(`Inclusion Criteria:\n* Patients must meet all of the following criteria:${below}`),
    ['ALT ≤ 3 x ULN', 'AST ≤ 3 x ULN'],
  )
  assert.deepEqual(texts(`Inclusion Criteria:\n* At least one of the following criteria:${below}`), [
    'At least one of the following criteria: • ALT ≤ 3 x ULN • AST ≤ 3 x ULN',
  ])
})

test('status, phases, drugs and sites keep the words of the registry', () => {
  const trial = trialOf(
    sent(
      {},
      {
        statusModule: { overallStatus: 'ACTIVE_NOT_RECRUITING' },
        designModule: { phases: ['PHASE1', 'PHASE2'] },
        armsInterventionsModule: {
          interventions: [
            { name: 'osimertinib', type: 'DRUG' },
            { name: 'biopsy', type: 'PROCEDURE' },
          ],
        },
        contactsLocationsModule: {
          locations: [
            { facility: 'A', zip: '02215', status: 'RECRUITING', geoPoint: { lat: 42.3, lon: -71.1 } },
            { city: 'Basel', country: 'Switzerland', geoPoint: { lat: 420, lon: 0 } },
          ],
        },
      },
    ),
  )
  assert.equal(accrualOf(trial.status), 'closed')
  assert.equal(accrualOf(trialOf(sent({})).status), 'open')
  assert.deepEqual(trial.phases, ['phase-1', 'phase-2'])
  assert.deepEqual(trial.drugs, ['osimertinib'])
  assert.deepEqual(trial.sites, [
    { name: 'A', status: 'RECRUITING', postalCode: '02215', position: { latitude: 42.3, longitude: -71.1 } },
    { name: 'Basel, Switzerland', city: 'Basel', country: 'Switzerland' },
  ])
})

test('what the form does not have is told once, and does not stop the reading', () => {
  const locations = Array.from({ length: 50 }, () => ({ status: 'OPEN', mood: 'good' }))
  const { findings } = readRegistryStudy(
    sent({ sex: 'BOTH' }, { contactsLocationsModule: { locations }, designModule: { phases: ['PHASE9'] } }),
    's',
  )
  assert.deepEqual(findings.map(({ severity, code, where }) => `${severity} ${code} ${where}`).sort(), [
    'error STUDY_VALUE_UNKNOWN s.protocolSection.eligibilityModule.sex',
    'note STUDY_FIELD_UNKNOWN s.protocolSection.contactsLocationsModule.locations.0.mood',
    'note STUDY_VALUE_UNKNOWN s.protocolSection.contactsLocationsModule.locations.0.status',
    'note STUDY_VALUE_UNKNOWN s.protocolSection.designModule.phases.0',
  ])
})

test('a page of the API is its studies', () => {
  assert.equal(studiesOfPage({ studies: [sent({}), sent({})], nextPageToken: 'x' }).length, 2)
  assert.equal(studiesOfPage(sent({})).length, 1)
  assert.ok(
    isRegistryStudy(sent({})) && !isRegistryStudy({ protocol: 'x', clauses: [] }) && !isRegistryStudy(null),
  )
})

test('wrong types and numbers are refused with the field', () => {
  assert.equal(
    codeOf(() => readRegistryStudy({ protocolSection: 5 }, 's')),
    'STUDY_MALFORMED',
  )
  assert.equal(
    codeOf(() => readRegistryStudy(sent({ eligibilityCriteria: 7 }), 's')),
    'STUDY_MALFORMED',
  )
  assert.equal(
    codeOf(() => readRegistryStudy(sent({}, { identificationModule: { nctId: '1' } }), 's')),
    'STUDY_NUMBER_MALFORMED',
  )
  const long = sent({ eligibilityCriteria: 'x'.repeat(200_001) })
  assert.equal(
    codeOf(() => readRegistryStudy(long, 's')),
    'STUDY_TEXT_TOO_LONG',
  )
  const cyclic = sent({}) as { protocolSection: Record<string, unknown> }
  cyclic.protocolSection['sponsorCollaboratorsModule'] = cyclic
  assert.equal(readRegistryStudy(cyclic, 's').nctId, 'NCT00000001')
})

test('null is what the registry leaves out', () => {
  const document = sent(
    { eligibilityCriteria: null, minimumAge: null, maximumAge: '75 Years', healthyVolunteers: null },
    {
      contactsLocationsModule: { locations: [null, { facility: 'North', geoPoint: null }] },
      designModule: null,
    },
  )
  const study = readRegistryStudy(document, 's')
  assert.deepEqual([study.minimumAge, study.eligibility, study.sites.length], [undefined, '', 1])
  assert.equal(verdict(document, { birthDate: '1900' }), 'not met')
})
