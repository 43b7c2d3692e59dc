import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { call, type TestServer } from '../support/http-server.ts'
import { assertAccessible } from './accessible.ts'
import { noBrowser, openBrowser, watchedPage } from './chromium.ts'
import { pageIsBuilt } from './page-server.ts'
import { wholeServer } from './whole-server.ts'

const skip = noBrowser || (pageIsBuilt() ? false : 'the page is not built ("npm run build")')

let server: TestServer
before(async () => {
  if (skip) return
  server = await wholeServer()
  await call(`${server.url}/api/patients`, 'POST', {
    id: 'p1',
    name: 'Example One',
    sex: 'male',
    birthDate: '1958-03-14',
    identifiers: [{ system: 'urn:id:HOSP', value: '4711' }],
  })
})
after(async () => {
  if (!skip) await server.close()
})

const RESULT = [
  'OBX|1|CWE|48018-6^Gene studied [ID]^LN|1a|HGNC:2621^CYP2C19^HGNC||||||F',
  'OBX|2|ST|84413-4^Genotype display name^LN|1a|*2/*2||||||F',
]
const obr = (filler: string) =>
  `OBR|1|P-${filler}^EHR|${filler}^LAB|51969-4^Genetic analysis report^LN|||20261120|||||||||||||||20261122100000+0100|||F`

async function send(id: string, type: string, ...segments: readonly string[]): Promise<string> {
  const header = `MSH|^~\\&|LAB|SITE|EHR|HOSP|20261122103000+0100||${type}|${id}|P|2.5.1`
  const answer = await fetch(`${server.url}/hl7v2`, {
    method: 'POST',
    headers: { 'content-type': 'application/hl7-v2+er7' },
    body: `${[header, ...segments].join('\r')}\r`,
  })
  return answer.text()
}

for (const [width, height] of [
  [1280, 900],
  [360, 740],
] as const) {
  test(`unexplained code, unknown person and quarantine are settled on the page, ${width} pixels wide`, {
    skip,
  }, async () => {
    const [local, unknown, wrong] = [`L${width}`, `U${width}`, `Q${width}`]
    const number = `9${width}`
    await send(
      local,
      'ORU^R01^ORU_R01',
      'PID|1||4711^^^HOSP^MR||One^Example||19580314|M',
      obr(local),
      ...RESULT,
      `OBX|3|ST|SUM${width}^Summary^LABLOCAL|1a|see report||||||F`,
    )
    await send(
      unknown,
      'ORU^R01^ORU_R01',
      `PID|1||${number}^^^HOSP^MR||Person^New||19700101|F`,
      obr(unknown),
      ...RESULT,
    )
    await send(wrong, 'XYZ^Q99', 'PID|1||4711^^^HOSP^MR')

    const browser = await openBrowser(width, height)
    try {
      const { page, complaints } = await watchedPage(browser.context)
      await page.goto(server.url)
      await page.getByRole('link', { name: 'Exchange' }).click()
      const row = (id: string) => page.getByRole('row').filter({ hasText: id })
      await row(local).getByText('in the record, codes not explained').waitFor()
      await row(unknown).getByText('nobody knows whose').waitFor()
      await row(wrong).getByText('MSH-9.1: messages of type "XYZ" are not read here').waitFor()
      await assertAccessible(page, 'messages')

      await page.getByRole('tab', { name: 'Unexplained codes' }).click()
      await page.getByRole('button', { name: `Explain LABLOCAL SUM${width}` }).click()
      const form = page.getByRole('form', { name: `Explain LABLOCAL SUM${width}` })
      await form.getByRole('textbox', { name: 'Code' }).fill('51969-4')
      await form.getByRole('textbox', { name: 'Name' }).fill('Genetic analysis report')
      await assertAccessible(page, 'map a code')
      await form.getByRole('button', { name: 'Save' }).click()
      await page.getByText(`LABLOCAL SUM${width} is explained. 1 message was read again.`).waitFor()
      await page.getByRole('button', { name: `Explain LABLOCAL SUM${width}` }).waitFor({ state: 'detached' })
      await page.getByRole('tab', { name: 'Senders and code maps' }).click()
      await row(`SUM${width}`).getByText('http://loinc.org 51969-4').waitFor()
      await assertAccessible(page, 'senders')

      await page.getByRole('tab', { name: 'Messages' }).click()
      await row(unknown).waitFor()
      // The explained one no longer waits.
      await row(local).waitFor({ state: 'detached' })
      await row(unknown).getByRole('link').click()
      await page.getByRole('alert').getByText('nobody with this identifier is registered').waitFor()
      assert.equal(
        await page.locator('pre').first().isVisible(),
        false,
        'the content is shown when asked for',
      )
      await page.getByText('The message as it arrived').click()
      await page.locator('pre').first().getByText(`PID|1||${number}^^^HOSP^MR`).waitFor()
      await assertAccessible(page, 'message')
      await page.getByRole('button', { name: 'Register a new person from the message' }).click()
      await page.getByText('Read again: in the record').waitFor()
      await page.getByRole('link', { name: 'All messages' }).click()

      await row(wrong).getByRole('link').click()
      await page.getByText('Send ORU, OML, ORM, MDM, ADT.', { exact: true }).waitFor()
      await page.getByRole('button', { name: 'Read it again' }).click()
      await page.getByRole('alert').nth(1).waitFor()
      await page.getByRole('button', { name: 'Discard …' }).click()
      await page.getByRole('button', { name: 'Discard it for good' }).click()
      await page.getByText('discarded', { exact: true }).waitFor()
      await page.getByRole('link', { name: 'All messages' }).click()
      await page.getByText('Nothing waits: every message').waitFor()
      assert.deepEqual(complaints, [])
    } finally {
      await browser.close()
    }
  })
}

test('a message of somebody unknown here is filed with the person who was chosen', { skip }, async () => {
  await send(
    'LINK',
    'ORU^R01^ORU_R01',
    'PID|1||555^^^OTHER^MR||One^Example||19580314|M',
    obr('LINK'),
    ...RESULT,
  )
  const browser = await openBrowser(1280, 900)
  try {
    const { page, complaints } = await watchedPage(browser.context)
    await page.goto(`${server.url}/exchange/messages?list=unknown-patient`)
    await page.getByRole('row').filter({ hasText: 'LINK' }).getByRole('link').click()
    await page.getByLabel('Find the person').fill('Example One')
    await page.getByRole('radio', { name: /Example One/ }).check()
    await page.getByRole('button', { name: 'File it with Example One' }).click()
    await page.getByText(/^Read again: in the record/).waitFor()
    await page.getByRole('link', { name: 'p1', exact: true }).waitFor()
    assert.deepEqual(complaints, [])
  } finally {
    await browser.close()
  }
})
