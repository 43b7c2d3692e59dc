import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readConfig } from '../../src/app/config.ts'
import { openGarrod } from '../../src/app/garrod.ts'
import { WITHHELD } from '../../src/app/http/seen-record.ts'
import { planFor } from '../../src/app/pgx/whole-plan.ts'
import type { Card } from '../../src/deliver/cds-hooks/card.ts'
import type { Resource } from '../../src/record/resource.ts'
import { ResponseRules } from '../support/card-rules.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { keepAll, krasG12C, lungOf, womanOf } from '../support/trial-person.ts'
import { LUNG_MAF, PANEL, sendTumor } from '../support/tumor-board.ts'

let server: TestServer
before(async () => {
  const garrod = openGarrod(readConfig(), {})
  const { facts } = garrod
  server = await testServer({
    advise: (record, drugs) =>
      planFor({ record, findings: garrod.findings(record), facts, asOf: '2026-11-22' }, drugs),
  })
})
after(() => server.close())

const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
const named = (gene: string) => ({
  code: loinc('48018-6'),
  valueCodeableConcept: {
    coding: [{ system: 'http://www.genenames.org/geneId', display: gene, code: gene }],
  },
})

/** A variant of a gene by its name on the protein, "p.(Leu858Arg)"; without a name: looked for and absent. */
function result(id: string, gene: string, change: string | undefined, assay?: string): Resource {
  return {
    resourceType: 'Observation',
    status: 'final',
    code: loinc('69548-6'),
    subject: { reference: `Patient/${id}` },
    ...(assay === undefined ? {} : { device: { display: assay } }),
    valueCodeableConcept: loinc(change === undefined ? 'LA9634-2' : 'LA9633-4'),
    component: [
      named(gene),
      { code: loinc('48002-0'), valueCodeableConcept: loinc('LA6684-0') },
      ...(change === undefined
        ? []
        : [
            {
              code: loinc('48005-3'),
              valueCodeableConcept: {
                coding: [{ system: 'http://varnomen.hgvs.org', code: `NP_005219.2:${change}` }],
              },
            },
          ]),
    ],
  }
}

const order = (text: string, id = 'a') => ({
  resource: { resourceType: 'MedicationRequest', id, status: 'draft', medicationCodeableConcept: { text } },
})

let calls = 0
async function cardsOf(
  patientId: string,
  text: string | readonly string[],
  prefetch: Record<string, unknown> = {},
  service = 'garrod-order-sign',
): Promise<readonly Card[]> {
  calls += 1
  const entry = [text].flat().map((one, at) => order(one, `o${at}`))
  const selections = entry.map(({ resource }) => `MedicationRequest/${resource.id}`)
  const { status, body } = await call(`${server.url}/cds-services/${service}`, 'POST', {
    hook: service.replace('garrod-', ''),
    hookInstance: `d1577c69-dfbe-44ad-ba6d-3e05e953c${String(calls).padStart(3, '0')}`,
    context: {
      userId: 'Practitioner/1',
      patientId,
      draftOrders: { resourceType: 'Bundle', entry },
      ...(service.endsWith('select') ? { selections } : {}),
    },
    prefetch: { patient: null, medications: null, ...prefetch },
  })
  assert.equal(status, 200, JSON.stringify(body))
  ResponseRules.parse(body)
  return body['cards'] as readonly Card[]
}

test('osimertinib without a result: one card says which biomarker, which approved test, and that nothing is on record', async () => {
  await keepAll(server.url, [womanOf('t1'), lungOf('t1')])
  for (const service of ['garrod-order-sign', 'garrod-order-select']) {
    const [card, ...more] = await cardsOf('t1', 'osimertinib 80 MG Oral Tablet [Tagrisso]', {}, service)
    assert.equal(more.length, 0)
    assert.equal(card!.indicator, 'info')
    assert.match(card!.summary, /^osimertinib: no result on record for .*EGFR/)
    assert.match(card!.detail!, /Lung Adenocarcinoma/)
    assert.match(card!.detail!, /cobas EGFR Mutation Test v2/)
    assert.match(card!.detail!, /whether EGFR was tested/)
    assert.match(card!.source.url!, /dailymed.*Tagrisso/)
  }
})

test('a drug whose approval is withdrawn warns whatever the tumour, and says what it was for', async () => {
  await keepAll(server.url, [womanOf('tw'), lungOf('tw')])
  const [card, ...more] = await cardsOf('tw', 'tazemetostat 200 mg Oral Tablet [Tazverik]')
  assert.equal(more.length, 0)
  assert.equal(card!.indicator, 'warning')
  assert.equal(card!.summary, 'tazemetostat: its approval is withdrawn')
  assert.match(card!.detail!, /Was approved for:\n- .*follicular lymphoma.*withdrawn in 2026/)
  assert.doesNotMatch(card!.detail!, /What settles it|Approved tests/)
})

test('tested and absent warns; a gene that was not tested does not count as absent', async () => {
  await keepAll(server.url, [womanOf('t2'), lungOf('t2'), result('t2', 'EGFR', undefined)])
  const [card] = await cardsOf('t2', 'gefitinib 250 mg')
  assert.equal(card!.indicator, 'warning')
  assert.match(card!.summary, /^gefitinib: tested, and not there: EGFR/)
  const [other] = await cardsOf('t2', 'sotorasib')
  assert.equal(other!.indicator, 'info')
  assert.match(other!.summary, /no result on record for KRAS G12C/)
})

test('an absent change of which nobody says whether it was sought in the tumour is no test of it', async () => {
  const { component, ...rest } = result('t13', 'EGFR', undefined)
  const unsaid = { ...rest, component: (component as readonly object[]).slice(0, 1) }
  await keepAll(server.url, [womanOf('t13'), lungOf('t13'), unsaid])
  const [card] = await cardsOf('t13', 'gefitinib 250 mg')
  assert.match(card!.summary, /no result on record for .*EGFR/)
})

test('found by the approved test: silence; by a test that nobody named: told', async () => {
  const found = 'p.(Leu858Arg)'
  await keepAll(server.url, [womanOf('t3'), lungOf('t3'), result('t3', 'EGFR', found)])
  const [card, ...more] = await cardsOf('t3', 'osimertinib')
  assert.equal(more.length, 0)
  assert.equal(card!.indicator, 'info')
  assert.match(card!.summary, /EGFR L858R; approved test not documented/)
  const approved = result('t4', 'EGFR', found, 'cobas EGFR Mutation Test v2')
  await keepAll(server.url, [womanOf('t4'), lungOf('t4'), approved])
  assert.deepEqual(await cardsOf('t4', 'osimertinib'), [])
})

test('T790M on record warns before erlotinib, though the change it is given for is there too', async () => {
  const lines = [result('t5', 'EGFR', 'p.(Leu858Arg)'), result('t5', 'EGFR', 'p.(Thr790Met)')]
  await keepAll(server.url, [womanOf('t5'), lungOf('t5'), ...lines])
  const [card] = await cardsOf('t5', 'erlotinib 150 MG Oral Tablet')
  assert.equal(card!.indicator, 'warning')
  assert.match(card!.summary, /EGFR T790M on record, which it does not work against/)
})

test('results of the EHR count as those kept here; a result of somebody else stops the call', async () => {
  await keepAll(server.url, [womanOf('t6'), lungOf('t6')])
  const list = (resource: Resource) => ({ observations: { resourceType: 'Bundle', entry: [{ resource }] } })
  const approved = result('t6', 'EGFR', 'p.(Leu858Arg)', 'FoundationOne CDx')
  assert.deepEqual(await cardsOf('t6', 'osimertinib', list(approved)), [])
  const [card] = await cardsOf('t6', 'osimertinib', list(result('t9', 'EGFR', 'p.(Leu858Arg)')))
  assert.match(card!.summary, /a result for another/)
})

test('a result that cannot be read is told and hides nothing else', async () => {
  await keepAll(server.url, [womanOf('t7'), lungOf('t7'), result('t7', 'EGFR', 'p.(Leu858Arg)')])
  const bad = {
    resourceType: 'Observation',
    status: 'final',
    code: loinc('94076-7'),
    valueQuantity: { value: -5, unit: 'mutations/Mb' },
  }
  const [card] = await cardsOf('t7', 'osimertinib', {
    observations: { resourceType: 'Bundle', entry: [{ resource: bad }] },
  })
  assert.match(card!.summary, /EGFR L858R; approved test not documented/)
})

test('silent: drugs that labels also give without the biomarker, and drugs of nobody', async () => {
  await keepAll(server.url, [womanOf('t8'), lungOf('t8'), krasG12C('t8')])
  const silent = ['pembrolizumab', 'letrozole 2.5 mg', 'tretinoin 0.025 % cream', 'metformin']
  assert.deepEqual(await cardsOf('t8', silent), [])
  const [cetuximab] = await cardsOf('t8', 'cetuximab')
  assert.match(cetuximab!.summary, /no approval by biomarker for Lung Adenocarcinoma/)
})

test('before fluoropyrimidines, irinotecan, thiopurines and rasburicase the gene that is not on record is asked for', async () => {
  await keepAll(server.url, [womanOf('t10')])
  const asked = { capecitabine: 'DPYD', tegafur: 'DPYD', irinotecan: 'UGT1A1', rasburicase: 'G6PD' }
  for (const [drug, gene] of Object.entries(asked)) {
    const [card, ...more] = await cardsOf('t10', drug)
    assert.equal(more.length, 0, drug)
    assert.equal(card!.summary, `${drug}: no ${gene} result on record`)
    assert.equal(card!.indicator, 'info')
    assert.match(card!.detail!, /What settles it: .*Not known is not normal/s)
    assert.match(card!.source.url!, /^https:/)
  }
  assert.match((await cardsOf('t10', 'mercaptopurine'))[0]!.summary, /no TPMT or NUDT15 result on record/)
  assert.equal((await cardsOf('t10', 'fluorouracil 50 MG/ML Injection')).length, 1)
  assert.deepEqual(await cardsOf('t10', 'fluorouracil 5 % Topical Cream'), [])
})

test('what is hidden from the reader is "no result that you may see", in the same words whatever it is', async () => {
  const hidden = {
    security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSYTHPN' }],
  }
  const heart = { resourceType: 'Observation', status: 'final', code: loinc('8867-4') }
  const of = (id: string) => ({ ...heart, subject: { reference: `Patient/${id}` } })
  await keepAll(server.url, [womanOf('t20'), lungOf('t20'), { ...krasG12C('t20'), meta: hidden }])
  await keepAll(server.url, [womanOf('t21'), lungOf('t21'), { ...of('t21'), meta: hidden }])
  await keepAll(server.url, [womanOf('t22'), lungOf('t22'), of('t22')])
  const said = async (id: string, drug: string) => {
    const [card, ...more] = await cardsOf(id, drug)
    assert.equal(more.length, 0)
    return [card!.summary, card!.detail!.replaceAll(id, 'somebody')]
  }
  for (const drug of ['sotorasib', 'osimertinib']) {
    const [summary, detail] = await said('t20', drug)
    assert.match(summary!, /: no result that you may see for /)
    assert.match(detail!, new RegExp(WITHHELD))
    // Another thing is hidden, and nobody can tell the one from the other.
    assert.deepEqual(await said('t21', drug), [summary, detail])
    const [open, plain] = await said('t22', drug)
    assert.match(open!, /: no result on record for /)
    assert.doesNotMatch(plain!, new RegExp(WITHHELD))
  }
})

test('feedback is counted by rule and release, and a mute of the rule holds the card back', async () => {
  await keepAll(server.url, [womanOf('t11'), lungOf('t11')])
  const [card] = await cardsOf('t11', 'alectinib')
  const feedback = { card: card!.uuid, outcome: 'overridden', outcomeTimestamp: '2026-11-22T09:31:00Z' }
  const path = `${server.url}/cds-services/garrod-order-sign/feedback`
  assert.equal((await call(path, 'POST', { feedback: [feedback] })).status, 200)
  const report = await call(`${server.url}/api/cds/report?from=2026-11-01&to=2026-11-30`)
  assert.match(JSON.stringify(report.body), /biomarker-alectinib-not-on-record.*approvals@2026-10/)
  const mute = { of: 'rule', value: 'biomarker-alectinib-not-on-record', reason: 'Tested elsewhere here.' }
  const set = await call(`${server.url}/api/cds/settings`, 'PUT', mute)
  assert.equal(set.status, 200, JSON.stringify(set.body))
  assert.deepEqual(await cardsOf('t11', 'alectinib'), [])
})

test('files of the tumour count as results in FHIR do', async () => {
  await keepAll(server.url, [womanOf('t12'), lungOf('t12')])
  const job = await sendTumor(server.url, 't12', LUNG_MAF, { genes: PANEL, assay: 'FoundationOne CDx' })
  assert.equal(job.state, 'stored', JSON.stringify(job))
  assert.deepEqual(await cardsOf('t12', 'osimertinib'), [])
  const [card] = await cardsOf('t12', 'sotorasib')
  assert.match(card!.summary, /^sotorasib: tested, and not there: KRAS G12C/)
})

const condition = (id: string, system: string, code: string, display?: string): Resource => ({
  resourceType: 'Condition',
  subject: { reference: `Patient/${id}` },
  code: { coding: [{ system, code, ...(display === undefined ? {} : { display }) }] },
})
const ICD10 = 'http://hl7.org/fhir/sid/icd-10-cm'
const SNOMED = 'http://snomed.info/sct'

test('a condition that the label warns of makes a card of its own where the biomarker has nothing to tell', async () => {
  await keepAll(server.url, [
    womanOf('t30'),
    lungOf('t30'),
    condition('t30', ICD10, 'I50.22', 'Chronic systolic heart failure'),
  ])
  const [card, ...more] = await cardsOf('t30', 'doxorubicin hydrochloride 2 MG/ML Injection')
  assert.equal(more.length, 0)
  assert.equal(card!.indicator, 'warning')
  assert.equal(
    card!.summary,
    'doxorubicin: heart failure or cardiomyopathy on record; boxed warning of the label',
  )
  assert.match(
    card!.detail!,
    /on record: I50\.22 \(Chronic systolic heart failure\)\): in the boxed warning of doxorubicin/,
  )
  assert.match(card!.detail!, /cancer-drug-labels@2026-11/)
  const selected = await cardsOf('t30', 'doxorubicin', {}, 'garrod-order-select')
  assert.equal(selected.length, 1)
  assert.deepEqual(await cardsOf('t30', 'cetuximab').then((cards) => cards.length), 1)
})

test('the card of a biomarker says what the label says of conditions; none on record is not none', async () => {
  await keepAll(server.url, [womanOf('t31'), lungOf('t31')])
  const [card] = await cardsOf('t31', 'osimertinib')
  assert.match(
    card!.detail!,
    /Other conditions that the label speaks of \(.*\): not known, no condition on record/,
  )
  await keepAll(server.url, [condition('t31', SNOMED, '77386006', 'Pregnant')])
  const [again, ...more] = await cardsOf('t31', 'osimertinib')
  assert.equal(more.length, 0)
  assert.match(
    again!.detail!,
    /pregnancy \(on record: SNOMED CT 77386006 \(Pregnant\); read by its name alone\): in the warnings, section 5, of osimertinib/,
  )
})

test('a condition of which nobody knows the code is told as not understood, by a card of its own when it has no name', async () => {
  const approved = result('t32', 'EGFR', 'p.(Leu858Arg)', 'cobas EGFR Mutation Test v2')
  await keepAll(server.url, [
    womanOf('t32'),
    lungOf('t32'),
    approved,
    condition('t32', SNOMED, '38341003', 'Essential hypertension'),
  ])
  assert.deepEqual(await cardsOf('t32', 'osimertinib'), [])
  await keepAll(server.url, [condition('t32', SNOMED, '77386006')])
  const [card, ...more] = await cardsOf('t32', 'osimertinib')
  assert.equal(more.length, 0)
  assert.equal(card!.indicator, 'info')
  assert.equal(card!.summary, 'osimertinib: a condition on record is not understood')
  assert.match(
    card!.detail!,
    /Conditions not understood, and not weighed: SNOMED CT 38341003 \(Essential hypertension\); SNOMED CT 77386006\./,
  )
})

test('a cream is not weighed against conditions that the label of the tablet names', async () => {
  await keepAll(server.url, [womanOf('t33'), condition('t33', ICD10, 'Z33.1', 'Pregnant state')])
  assert.deepEqual(await cardsOf('t33', ['tretinoin 0.025 % cream', 'metformin']), [])
  const [card] = await cardsOf('t33', 'tretinoin 10 MG Oral Capsule')
  assert.match(card!.summary, /^tretinoin: pregnancy on record; boxed warning/)
})

test('kidneys that clear too little for a drug are told, by a number of the record; a drug of whose label nothing is carried says so', async () => {
  const egfr = (id: string, value: number): Resource => ({
    resourceType: 'Observation',
    status: 'final',
    subject: { reference: `Patient/${id}` },
    code: loinc('98979-8'),
    effectiveDateTime: '2026-11-01',
    valueQuantity: {
      value,
      unit: 'mL/min/1.73m2',
      system: 'http://unitsofmeasure.org',
      code: 'mL/min/{1.73_m2}',
    },
  })
  await keepAll(server.url, [womanOf('t34'), lungOf('t34'), egfr('t34', 38)])
  const [pemetrexed] = await cardsOf('t34', 'pemetrexed 500 MG Injection')
  assert.match(pemetrexed!.summary, /^pemetrexed: impaired kidneys on record; warning/)
  assert.match(
    pemetrexed!.detail!,
    /impaired kidneys \(on record: eGFR 38 mL\/min per 1\.73 m², 2026-11-01\): in the dosage, section 2, of pemetrexed \(below 45 mL\/min: not to be given/,
  )
  const [olaparib] = await cardsOf('t34', 'olaparib 150 MG')
  assert.match(olaparib!.detail!, /below 51 mL\/min: 200 mg twice a day/)
  assert.equal(olaparib!.indicator, 'info')
  await keepAll(server.url, [womanOf('t35'), lungOf('t35'), egfr('t35', 95)])
  assert.deepEqual(await cardsOf('t35', 'pemetrexed'), [])
  const [unseen] = await cardsOf('t34', 'camizestrant')
  assert.match(
    unseen!.detail!,
    /No part of the label of camizestrant on other conditions is carried here: look there for impaired kidneys/,
  )
})
