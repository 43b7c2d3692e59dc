import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { DecisionsReply, TumorReply } from '../../src/app/board/board-api.ts'
import type { BoardDocument } from '../../src/app/board/board-document.ts'
import { readConfig } from '../../src/app/config.ts'
import { openGarrod } from '../../src/app/garrod.ts'
import type { PersonTrialsReply } from '../../src/app/trials/trial-routes.ts'
import type { Resource } from '../../src/record/resource.ts'
import { type AuditEvent, entryOf } from '../../src/safeguard/audit/audit-event.ts'
import { AT, access, caller, PERSON } from '../support/access.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { addUser, signedIn, withLogin } from '../support/signed-in.ts'
import { KRAS_TRIAL } from '../support/trial-person.ts'
import { LUNG_MAF, PANEL, sendTumor } from '../support/tumor-board.ts'

/** Seen by clinicians and geneticists, and by no pharmacist. */
const VERY_RESTRICTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'V' }

let server: TestServer
const pages: Record<string, Record<string, string>> = {}
before(async () => {
  const garrod = openGarrod(readConfig({}))
  server = await testServer({
    entry: withLogin,
    advise: (record, drugs) => {
      const asked = { ...record, drugs }
      return garrod.plan(asked, garrod.findings(asked), '2026-11-22')
    },
  })
  await addUser(server, 'clin', ['clinician'], 'Practitioner/clin')
  await addUser(server, 'phar', ['pharmacist'], 'Practitioner/phar')
  await addUser(server, 'gene', ['geneticist'], 'Practitioner/gene')
  await addUser(server, 'scie', ['researcher'])
  for (const user of ['clin', 'phar', 'gene', 'scie']) pages[user] = await signedIn(server.url, user)
})
after(() => server.close())

const ask = (user: string, path: string, method = 'GET', body?: unknown, headers = {}) =>
  call(`${server.url}${path}`, method, body, { ...pages[user]!, ...headers })
const fhir = (user: string, path: string, method = 'GET', body?: unknown) =>
  ask(user, `/fhir/R4/${path}`, method, body, {
    ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
  })
const tumorOf = async (user: string, id: string, query = '') => {
  const { status, body } = await ask(user, `/api/patients/${id}/tumor${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body as unknown as TumorReply
}
const decisionsOf = async (user: string, id: string) => {
  const { status, body } = await ask(user, `/api/patients/${id}/tumor/decisions`)
  assert.equal(status, 200, JSON.stringify(body))
  return body as unknown as DecisionsReply
}

async function withTumor(id: string): Promise<BoardDocument> {
  await ask('clin', '/api/patients', 'POST', {
    id,
    name: `Example ${id}`,
    birthDate: '1961-04-02',
    sex: 'female',
  })
  const job = await sendTumor(
    server.url,
    id,
    LUNG_MAF,
    { specimen: 'lung 1', diagnosis: 'LUAD', genes: PANEL },
    pages['clin'],
  )
  assert.equal(job.state, 'stored', JSON.stringify(job.fault))
  return (await tumorOf('clin', id)).document!
}

const decided = (decision: string, rest: object = {}) => ({
  decision,
  considered: ['fda.osimertinib.3'],
  ...rest,
})
const saving = (document: BoardDocument, state: 'draft' | 'final', rest: object = {}) => ({
  specimen: document.specimen,
  document: document.hash,
  state,
  decided: decided('Osimertinib, first line.'),
  ...rest,
})
const path = (id: string, rest = '') => `/api/patients/${id}/tumor/decisions${rest}`

test('files of a tumour are kept with the person, and the case says what follows and what is missing', async () => {
  const document = await withTumor('b1')
  assert.equal(document.diagnosis.code, 'LUAD')
  assert.deepEqual(
    document.files.map(({ name }) => name),
    ['tumour.maf'],
  )
  assert.ok(document.tiers.alterations.some(({ name, tier }) => name === 'EGFR L858R' && tier === 'I'))
  assert.ok(document.therapies.options.some(({ drug }) => drug === 'osimertinib'))
  const line = document.missing.find(({ what }) => what === 'what treatment was given so far')
  assert.equal(line?.effort, 0, 'a question to the patient costs nothing')
  const dpyd = document.safety.advice.find(({ drug }) => drug.name === 'fluorouracil')
  assert.equal(dpyd?.state, 'unknown', 'no germline result is no result')
  assert.ok(document.missing.some(({ what }) => what === 'DPYD of the germline'))
  const supposed = (await tumorOf('clin', 'b1', '?stage=advanced&lines=1')).document!
  const alk = supposed.missing.find(({ what }) => what === 'ALK: not tested for fusions')
  assert.ok(alk?.opens.includes('alectinib'), JSON.stringify(supposed.missing.slice(0, 5)))
  assert.equal(alk?.effort, 3)
  assert.deepEqual(supposed.situation.supposed, ['stage', 'linesGiven'])
  const again = await tumorOf('clin', 'b1')
  assert.equal(again.document!.hash, document.hash, 'the same case has the same hash')
})

test('a file that cannot be used is refused with what to do, and nothing of it is kept', async () => {
  await ask('clin', '/api/patients', 'POST', { id: 'b2', name: 'Example b2' })
  const wrong = await sendTumor(server.url, 'b2', 'a;b;c\n1;2;3\n', {}, pages['clin'])
  assert.equal(wrong.fault?.code, 'TUMOR_FORMAT_UNKNOWN')
  const typed = await sendTumor(
    server.url,
    'b2',
    LUNG_MAF,
    { diagnosis: 'Lung Adenocarcinom' },
    pages['clin'],
  )
  assert.equal(typed.fault?.code, 'DIAGNOSIS_UNKNOWN')
  assert.match(typed.fault.mend, /LUAD/)
  const two = LUNG_MAF.replace('	T1	150', '	T2	150')
  const several = await sendTumor(server.url, 'b2', two, {}, pages['clin'])
  assert.equal(several.fault?.code, 'SAMPLE_NOT_NAMED')
  assert.deepEqual(await tumorOf('clin', 'b2'), { tumors: [] })
})

test('a decision is bound to the case that the board had, drafted, voted on, closed and amended', async () => {
  const document = await withTumor('b3')
  const stale = await ask('clin', path('b3'), 'POST', saving({ ...document, hash: '0'.repeat(64) }, 'draft'))
  assert.equal(stale.status, 409)
  assert.equal(stale.body['code'], 'BOARD_CASE_CHANGED')
  const made = await ask('clin', path('b3'), 'POST', saving(document, 'draft'))
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const [draft] = (made.body as unknown as DecisionsReply).decisions
  const vote = { expected: 1, vote: 'against', dissent: 'The stage is not known.' }
  const voted = await ask('phar', path('b3', `/${draft!.id}/votes`), 'POST', vote)
  assert.equal(voted.status, 200, JSON.stringify(voted.body))
  assert.equal(
    (await fhir('clin', `CarePlan?subject=Patient/b3&_total=accurate`)).body['total'],
    0,
    "a draft is the board's own",
  )
  const final = {
    ...saving(document, 'final'),
    expected: 2,
    decided: decided('Osimertinib, first line.', {
      votes: [
        { member: 'Dr A', role: 'clinician', vote: 'for' },
        { member: 'user/phar', role: 'pharmacist', vote: 'for' },
      ],
      followUp: [{ what: 'ALK and ROS1 by RNA', owner: 'Pathology', due: '2026-12-05' }],
    }),
  }
  const closed = await ask('clin', path('b3', `/${draft!.id}`), 'PUT', final)
  assert.equal(closed.status, 200, JSON.stringify(closed.body))
  const [one] = (closed.body as unknown as DecisionsReply).decisions
  assert.equal(one!.state, 'final')
  assert.deepEqual(
    one!.decided.votes.map(({ member, vote: said }) => [member, said]),
    [
      ['user/phar', 'against'],
      ['Dr A', 'for'],
    ],
    'nobody changes the vote that a member gave',
  )
  assert.equal(one!.decided.votes[0]!.dissent, 'The stage is not known.')
  assert.equal(
    (await ask('phar', path('b3', `/${one!.id}/votes`), 'POST', { expected: 3, vote: 'for' })).status,
    409,
  )
  const plan = (await fhir('clin', `CarePlan/${one!.carePlan}`)).body as unknown as Resource
  assert.equal(plan['description'], 'Osimertinib, first line.')
  assert.ok(!JSON.stringify(plan).includes('Dr A'), 'votes by name stay with the board')
  const task = (await fhir('clin', `Task/${one!.carePlan}-1`)).body as unknown as Resource
  assert.equal(task['description'], 'ALK and ROS1 by RNA')

  const draftAgain = { ...saving(document, 'draft'), expected: 3 }
  assert.equal(
    (await ask('clin', path('b3', `/${one!.id}`), 'PUT', draftAgain)).body['code'],
    'BOARD_DECISION_CLOSED',
  )
  const amended = {
    ...saving(document, 'final'),
    expected: 3,
    reason: 'ALK came back negative',
    decided: decided('Osimertinib goes on.'),
  }
  const after = await ask('gene', path('b3', `/${one!.id}`), 'PUT', amended)
  const [now] = (after.body as unknown as DecisionsReply).decisions
  assert.equal(now!.state, 'amended')
  assert.deepEqual(
    now!.earlier.map(({ version, state }) => [version, state]),
    [
      [3, 'final'],
      [2, 'draft'],
      [1, 'draft'],
    ],
  )
  assert.equal(now!.earlier[0]!.decided.decision, 'Osimertinib, first line.', 'what was said stays')
  assert.equal(
    ((await fhir('clin', `Task/${one!.carePlan}-1`)).body as unknown as Resource)['status'],
    'cancelled',
  )
  const kept = await ask('clin', path('b3', `/${one!.id}/document?version=1`))
  assert.equal(kept.body['hash'], document.hash)
})

test('of two writers of one decision the second is told, and nothing is lost', async () => {
  const document = await withTumor('b4')
  const [draft] = (
    (await ask('clin', path('b4'), 'POST', saving(document, 'draft'))).body as unknown as DecisionsReply
  ).decisions
  const write = (user: string, decision: string) =>
    ask(user, path('b4', `/${draft!.id}`), 'PUT', {
      ...saving(document, 'draft'),
      expected: 1,
      decided: decided(decision),
    })
  const both = await Promise.all([write('clin', 'one'), write('gene', 'two')])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409])
  assert.equal(both.find(({ status }) => status === 409)!.body['code'], 'BOARD_DECISION_CHANGED')
  const [after] = (await decisionsOf('clin', 'b4')).decisions
  assert.deepEqual([after!.version, after!.earlier.length], [2, 1])
})

test('the page is told what has changed since a decision: files, options and what is missing', async () => {
  const document = await withTumor('b5')
  await ask('clin', path('b5'), 'POST', saving(document, 'final'))
  assert.deepEqual((await decisionsOf('clin', 'b5')).decisions[0]!.changes, [])
  const fusion = 'sample\tgene1\tgene2\nlung 1\tEML4\tALK\n'
  const job = await sendTumor(server.url, 'b5', fusion, { specimen: 'lung 1' }, pages['clin'], 'fusions.tsv')
  assert.equal(job.state, 'stored', JSON.stringify(job.fault))
  const changed = (await decisionsOf('clin', 'b5')).decisions[0]!.changes!
  assert.ok(changed.find(({ about }) => about === 'files')!.what.includes('fusions.tsv came'))
  assert.ok(
    changed.find(({ about }) => about === 'options')!.what.some((one) => /alectinib.*new/.test(one)),
    JSON.stringify(changed),
  )
  const { tumors } = await tumorOf('clin', 'b5')
  const file = tumors[0]!.files.find(({ name }) => name === 'fusions.tsv')!
  assert.equal((await ask('clin', `/api/patients/b5/tumor/files/${file.id}`, 'DELETE')).status, 204)
  assert.deepEqual(
    (await decisionsOf('clin', 'b5')).decisions[0]!.changes,
    [],
    'a file taken back says nothing any more',
  )
})

test('who may not see a source sees neither the decision nor what follows from it', async () => {
  const document = await withTumor('b6')
  const condition = await fhir('clin', 'Condition', 'POST', {
    resourceType: 'Condition',
    subject: { reference: 'Patient/b6' },
    code: { text: 'Stage of the tumour' },
    stage: [{ summary: { text: 'Stage IV' } }],
    meta: { security: [VERY_RESTRICTED] },
  })
  assert.equal(condition.status, 201, JSON.stringify(condition.body))
  const staged = (await tumorOf('clin', 'b6')).document!
  assert.equal(staged.situation.stage, 'advanced')
  assert.notEqual(staged.hash, document.hash)
  const seen = (await tumorOf('phar', 'b6')).document!
  assert.equal(seen.situation.stage, undefined, 'the stage is hidden, so it is not known')
  assert.match(seen.withheld ?? '', /not shown to you/)
  await ask('clin', path('b6'), 'POST', saving(staged, 'final'))
  const [shown] = (await decisionsOf('clin', 'b6')).decisions
  const { decisions, hidden } = await decisionsOf('phar', 'b6')
  assert.deepEqual([decisions, hidden], [[], 1])
  assert.equal((await ask('phar', path('b6', `/${shown!.id}/document?version=1`))).status, 404)
  assert.equal(
    (await ask('phar', path('b6', `/${shown!.id}/votes`), 'POST', { expected: 1, vote: 'for' })).status,
    404,
  )
  assert.equal((await fhir('phar', `CarePlan/${shown!.carePlan}`)).status, 404)
  assert.equal((await fhir('clin', `CarePlan/${shown!.carePlan}`)).status, 200)
})

test('without a role on the board nothing is read or written; every read and write is in the log', async () => {
  const document = await withTumor('b7')
  assert.equal((await ask('scie', '/api/patients/b7/tumor')).status, 403)
  assert.equal((await ask('scie', path('b7'))).status, 403)
  assert.equal((await ask('scie', path('b7'), 'POST', saving(document, 'draft'))).status, 403)
  assert.equal((await call(`${server.url}${path('b7')}`)).status, 401)
  const made = await ask('clin', path('b7'), 'POST', saving(document, 'draft'))
  const [draft] = (made.body as unknown as DecisionsReply).decisions
  await decisionsOf('gene', 'b7')
  const rows = await server.store.audit.find(server.services.tenant, {}, 20)
  const told = rows
    .map(({ leaf }) => entryOf(JSON.parse(leaf) as AuditEvent))
    .filter(({ what }) => what.includes(`BoardDecision/${draft!.id}`))
  assert.deepEqual(
    told.map(({ who, action, patients }) => [who.id, action, patients]),
    [
      ['user/gene', 'R', ['b7']],
      ['user/clin', 'C', ['b7']],
    ],
  )
})

test('the person whose tumour it is does not sit on the board; a program that treats does not vote', () => {
  const own = caller({
    kind: 'patient',
    roles: ['patient'],
    purpose: 'PATRQT',
    patient: PERSON,
    references: [`Patient/${PERSON}`],
  })
  const ask = (who: typeof own, kind: string) =>
    access.authorize(who, { action: 'read', kind, patient: PERSON }, AT).allow
  assert.equal(ask(own, 'Plan'), true, 'their own record they see')
  assert.equal(ask(own, 'BoardDecision'), false)
  assert.equal(ask(caller({ roles: ['system'] }), 'BoardDecision'), false)
  assert.equal(ask(caller({ roles: ['pharmacist'] }), 'BoardDecision'), true)
})

const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
const MCODE = 'http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-primary-cancer-condition'
const ofGene = (gene: string) => ({
  code: loinc('48018-6'),
  valueCodeableConcept: { coding: [{ system: 'http://www.genenames.org', code: 'HGNC:1', display: gene }] },
})
const resultOf = (id: string, code: string, rest: object): Resource => ({
  resourceType: 'Observation',
  status: 'final',
  code: loinc(code),
  subject: { reference: `Patient/${id}` },
  ...rest,
})
const change = (id: string, gene: string, protein: string, rest: object = {}) =>
  resultOf(id, '69548-6', {
    valueCodeableConcept: loinc('LA9633-4'),
    component: [
      ofGene(gene),
      { code: loinc('48002-0'), valueCodeableConcept: loinc('LA6684-0') },
      { code: loinc('48005-3'), valueCodeableConcept: { coding: [{ code: protein }] } },
    ],
    ...rest,
  })
const cancer = (id: string, coding: object, rest: object = {}): Resource => ({
  resourceType: 'Condition',
  subject: { reference: `Patient/${id}` },
  meta: { profile: [MCODE] },
  code: { coding: [coding] },
  ...rest,
})
const ADENO = { system: 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl', code: 'C3512' }
const LUNG = { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'C34.11', display: 'Lung' }

async function withResults(id: string, resources: readonly Resource[]): Promise<readonly string[]> {
  await ask('clin', '/api/patients', 'POST', {
    id,
    name: `Example ${id}`,
    birthDate: '1961-04-02',
    sex: 'female',
  })
  const ids: string[] = []
  for (const one of resources) {
    const { status, body } = await fhir('clin', one.resourceType, 'POST', one)
    assert.equal(status, 201, JSON.stringify(body))
    ids.push(String(body['id']))
  }
  return ids
}

test('results of the record as FHIR make a case: profile, tiers, options and drug safety', async () => {
  const none = await withResults('f1', [
    cancer('f1', ADENO),
    resultOf('f1', '2160-0', { valueQuantity: { value: 1 } }),
  ])
  assert.equal(none.length, 2)
  assert.deepEqual((await tumorOf('clin', 'f1')).tumors, [], 'a creatinine is no result of a tumour')
  await withResults('f1', [
    change('f1', 'EGFR', 'NP_005219.2:p.(Leu858Arg)'),
    resultOf('f1', '83053-9', {
      valueQuantity: { value: 60, unit: '%' },
      device: { display: 'PD-L1 IHC 22C3 pharmDx' },
    }),
  ])
  const { tumors, document } = await tumorOf('clin', 'f1')
  assert.deepEqual(
    tumors.map(({ specimen, files, results }) => [specimen, files, results]),
    [['the record', [], 2]],
  )
  assert.equal(document!.diagnosis.code, 'LUAD')
  assert.ok(document!.tiers.alterations.some(({ name }) => name === 'EGFR L858R'))
  assert.ok(document!.therapies.options.some(({ drug }) => drug === 'osimertinib'))
  assert.ok(document!.therapies.options.some(({ drug }) => drug === 'pembrolizumab'))
  assert.equal(document!.safety.advice.find(({ drug }) => drug.name === 'fluorouracil')?.state, 'unknown')
  await withResults('f1', [resultOf('f1', '2160-0', { valueQuantity: { value: 2 } })])
  assert.equal((await tumorOf('clin', 'f1')).document!.hash, document!.hash, 'a creatinine changes nothing')
})

test('a file and the results of the record are one case of one cancer', async () => {
  await withTumor('f2')
  await withResults('f2', [
    cancer('f2', LUNG),
    resultOf('f2', '81695-9', { valueCodeableConcept: loinc('LA26203-2') }),
  ])
  const { tumors, document } = await tumorOf('clin', 'f2')
  assert.deepEqual(
    tumors.map(({ specimen, results }) => [specimen, results]),
    [['lung 1', 1]],
  )
  assert.deepEqual(
    document!.profile.markers.map(({ kind, file }) => [kind, file]),
    [['microsatellites', 'the record']],
  )
  assert.ok(
    document!.therapies.options.some(({ drug }) => drug === 'dostarlimab-gxly' || drug === 'pembrolizumab'),
  )
})

test('results of two cancers are two cases; what names neither stands apart', async () => {
  const breast = { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'C50.9', display: 'Breast' }
  const [lung, other] = await withResults('f3', [cancer('f3', LUNG), cancer('f3', breast)])
  const focus = (id: string | undefined) => ({ focus: [{ reference: `Condition/${id}` }] })
  await withResults('f3', [
    change('f3', 'EGFR', 'p.(Leu858Arg)', focus(lung)),
    resultOf('f3', '85319-2', { valueCodeableConcept: { text: '3+' }, ...focus(other) }),
    change('f3', 'KRAS', 'p.(Gly12Cys)'),
  ])
  const { tumors } = await tumorOf('clin', 'f3')
  assert.deepEqual(
    tumors.map(({ specimen, results }) => [specimen, results]),
    [
      ['the record', 1],
      ['the record: Breast', 1],
      ['the record: Lung', 1],
    ],
  )
  const of = async (specimen: string) =>
    (await tumorOf('clin', 'f3', `?specimen=${encodeURIComponent(specimen)}`)).document!
  const ofLung = await of('the record: Lung')
  assert.deepEqual(
    [ofLung.diagnosis.code, ofLung.profile.proteinChanging.map(({ gene }) => gene), ofLung.profile.markers],
    ['LUNG', ['EGFR'], []],
  )
  const apart = await of('the record')
  assert.equal(apart.diagnosis.code, undefined, 'of which cancer it is is not known')
})

test('a result that the reader may not see makes no case for them, and its decision is hidden too', async () => {
  await withResults('f4', [
    cancer('f4', ADENO),
    change('f4', 'EGFR', 'p.(Leu858Arg)', { meta: { security: [VERY_RESTRICTED] } }),
    resultOf('f4', '81695-9', { valueCodeableConcept: loinc('LA14122-8') }),
  ])
  const whole = (await tumorOf('clin', 'f4')).document!
  assert.ok(whole.therapies.options.some(({ drug }) => drug === 'osimertinib'))
  const part = (await tumorOf('phar', 'f4')).document!
  assert.deepEqual(part.profile.proteinChanging, [])
  assert.ok(!part.tiers.alterations.some(({ name }) => /EGFR/.test(name)))
  assert.ok(!part.therapies.options.some(({ drug }) => drug === 'osimertinib'))
  assert.equal(part.results, 1)
  assert.match(part.withheld ?? '', /not shown to you/)
  await ask('clin', path('f4'), 'POST', saving(whole, 'final'))
  assert.equal((await decisionsOf('clin', 'f4')).decisions.length, 1)
  assert.deepEqual((await decisionsOf('phar', 'f4')).decisions, [])
})

test('who may not see a result is told that it is not shown, not that it was not tested', async () => {
  await addUser(server, 'admi', ['administrator'])
  pages['admi'] = await signedIn(server.url, 'admi')
  const loaded = await ask('admi', '/api/trials', 'POST', [KRAS_TRIAL])
  assert.equal(loaded.status, 200, JSON.stringify(loaded.body))
  const secret = { meta: { security: [VERY_RESTRICTED] } }
  await withResults('f5', [cancer('f5', ADENO), change('f5', 'KRAS', 'p.(Gly12Cys)', secret)])
  const reasonFor = async (user: string) => {
    const { status, body } = await ask(user, '/api/patients/f5/trials?all=true')
    assert.equal(status, 200, JSON.stringify(body))
    const { trials, withheld } = body as unknown as PersonTrialsReply
    const reasons = trials[0]!.clauses[0]!.reasons
    return { withheld, because: reasons.find(({ criterion }) => /KRAS/.test(criterion))?.because }
  }
  assert.match((await reasonFor('clin')).because ?? '', /p\.G12C/)
  const shown = await reasonFor('phar')
  assert.equal(shown.because, 'whether KRAS was tested for mutations is not shown to you')
  assert.match(shown.withheld ?? '', /not shown to you/)
  await withResults('f6', [cancer('f6', ADENO)])
  const { status, body } = await ask('phar', '/api/patients/f6/trials?all=true')
  assert.equal(status, 200)
  assert.match(JSON.stringify(body), /KRAS was not tested for mutations/, 'nothing is hidden of this person')
})
