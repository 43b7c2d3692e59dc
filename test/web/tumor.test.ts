import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { call, type TestServer } from '../support/http-server.ts'
import { LUNG_MAF, PANEL, sendTumor } from '../support/tumor-board.ts'
import { assertAccessible } from './accessible.ts'
import { noBrowser, openBrowser, watchedPage } from './chromium.ts'
import { pageIsBuilt } from './page-server.ts'
import { wholeServer } from './whole-server.ts'

const skip = noBrowser || (pageIsBuilt() ? false : 'the page is not built ("npm run build")')

let server: TestServer
const WIDTHS = [
  [1280, 900],
  [360, 740],
] as const
before(async () => {
  if (skip) return
  server = await wholeServer()
  for (const [width] of WIDTHS) {
    const id = `t${width}`
    const birthDate = `1961-04-0${width === 1280 ? 1 : 2}`
    await call(`${server.url}/api/patients`, 'POST', { id, name: 'Example Person', birthDate })
    const told = { specimen: 'lung 1', diagnosis: 'LUAD', genes: PANEL, assay: 'panel of nine genes' }
    const job = await sendTumor(server.url, id, LUNG_MAF, told)
    assert.equal(job.state, 'stored', JSON.stringify(job.fault))
  }
})
after(() => (skip ? undefined : server.close()))

const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
const FHIR_RESULTS = [
  {
    resourceType: 'Condition',
    code: { text: 'Lung Adenocarcinoma' },
    stage: [{ summary: { text: 'Stage IV' } }],
  },
  {
    resourceType: 'Observation',
    status: 'final',
    code: loinc('69548-6'),
    valueCodeableConcept: loinc('LA9633-4'),
    effectiveDateTime: '2026-11-02',
    device: { display: 'FoundationOne CDx' },
    component: [
      {
        code: loinc('48018-6'),
        valueCodeableConcept: {
          coding: [{ system: 'http://www.genenames.org', code: 'HGNC:3236', display: 'EGFR' }],
        },
      },
      { code: loinc('48002-0'), valueCodeableConcept: loinc('LA6684-0') },
      {
        code: loinc('48005-3'),
        valueCodeableConcept: { coding: [{ code: 'NP_005219.2:p.(Leu858Arg)' }] },
      },
    ],
  },
  {
    resourceType: 'Observation',
    status: 'final',
    code: loinc('83053-9'),
    valueQuantity: { value: 60, unit: '%' },
    effectiveDateTime: '2026-11-03',
    device: { display: 'PD-L1 IHC 22C3 pharmDx' },
  },
  {
    resourceType: 'Observation',
    status: 'final',
    code: loinc('81695-9'),
    valueCodeableConcept: loinc('LA14122-8'),
    effectiveDateTime: '2026-11-03',
  },
]

test('results that came as FHIR make a case on the page, without a file', { skip }, async () => {
  await call(`${server.url}/api/patients`, 'POST', {
    id: 'r1',
    name: 'Example Person',
    birthDate: '1961-04-03',
  })
  for (const one of FHIR_RESULTS) {
    const { status, body } = await call(`${server.url}/fhir/R4/${one.resourceType}`, 'POST', {
      ...one,
      subject: { reference: 'Patient/r1' },
    })
    assert.equal(status, 201, JSON.stringify(body))
  }
  const browser = await openBrowser(1280, 900)
  try {
    const { page, complaints } = await watchedPage(browser.context)
    await page.goto(`${server.url}/patients/r1/tumor`)
    await page.getByRole('heading', { name: 'Lung Adenocarcinoma' }).waitFor()
    await page.getByText('3 results of the record').waitFor()
    await page.getByRole('img', { name: /^Alterations by gene: .*EGFR L858R/ }).waitFor()
    const options = page.getByRole('region', { name: 'Options' })
    await options.getByText('osimertinib').first().waitFor({ state: 'attached' })
    await assertAccessible(page, 'a tumour of the record')
    assert.deepEqual(complaints, [])
  } finally {
    await browser.close()
  }
})

for (const [width, height] of WIDTHS) {
  test(`a board reads the case, supposes a stage and records a decision, ${width} pixels wide`, {
    skip,
  }, async () => {
    const id = `t${width}`
    const browser = await openBrowser(width, height)
    try {
      const { page, complaints } = await watchedPage(browser.context)
      await page.goto(`${server.url}/patients/${id}/tumor`)
      await page.getByRole('heading', { name: 'Lung Adenocarcinoma' }).waitFor()
      await page.getByText('A gene that is not named here was not tested; it is not wild type.').waitFor()
      await page.getByRole('img', { name: /^Alterations by gene: .*EGFR L858R/ }).waitFor()
      await page.getByRole('img', { name: /^EGFR along the protein: L858R at residue 858/ }).waitFor()
      await page.getByText('The same in words').click()
      await page.getByRole('rowheader', { name: 'EGFR' }).waitFor()
      // Checkpoint inhibitors, which the label puts behind a drug against EGFR, are not among what may be given now.
      await page.getByText(/nivolumab.* \(after progression on or after platinum/).waitFor()
      const options = page.getByRole('region', { name: 'Options' })
      await options.getByText('osimertinib').first().waitFor({ state: 'attached' })
      const safety = page.getByRole('region', { name: 'Drug safety by the germline' })
      await safety.getByText('capecitabine', { exact: true }).waitFor()
      const missing = page.getByRole('region', { name: /^Missing/ })
      await missing.getByText('what treatment was given so far').waitFor()
      await page.getByRole('combobox', { name: 'Stage' }).selectOption('advanced')
      await page.getByText('advanced (supposed)').waitFor()
      await page.getByRole('combobox', { name: 'Stage' }).selectOption('')
      await page.getByText('advanced (supposed)').waitFor({ state: 'detached' })
      await assertAccessible(page, 'the tumour')

      await page.getByRole('button', { name: 'Record a decision' }).click()
      await page.getByRole('textbox', { name: 'What was decided' }).fill('Osimertinib, first line.')
      await page.getByRole('button', { name: 'Add a vote' }).click()
      await page.getByRole('textbox', { name: 'Member 1' }).fill('Dr A')
      await page.getByRole('combobox', { name: 'Vote' }).selectOption('against')
      await page.getByRole('textbox', { name: 'Dissent' }).fill('ALK was not tested.')
      await page.getByRole('button', { name: 'Add a follow-up' }).click()
      await page.getByRole('textbox', { name: 'What 1' }).fill('ALK and ROS1')
      await page.getByRole('textbox', { name: 'Owner' }).fill('Pathology')
      await page.getByLabel('Until').fill('2026-12-05')
      await assertAccessible(page, 'the form of a decision')
      await page.getByRole('button', { name: 'Close the decision' }).click()
      const decisions = page.getByRole('region', { name: 'Decisions of the board' })
      await decisions.getByText('Dissent: ALK was not tested.').waitFor()
      await decisions.getByText('Nothing has changed since.').waitFor()

      await sendTumor(
        server.url,
        id,
        'sample\tgene1\tgene2\nlung 1\tEML4\tALK\n',
        { specimen: 'lung 1' },
        {},
        'rna.tsv',
      )
      await page.reload()
      await decisions.getByText('Changed since this decision').waitFor()
      await decisions.getByText(/rna\.tsv came/).waitFor()
      await page.getByRole('button', { name: 'Take back rna.tsv' }).click()
      await decisions.getByText('Nothing has changed since.').waitFor()
      await assertAccessible(page, 'a decision')
      assert.deepEqual(complaints, [])
    } finally {
      await browser.close()
    }
  })
}
