import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { call, type TestServer } from '../support/http-server.ts'
import { labPdf, table } from '../support/lab-pdf.ts'
import { until } from '../support/until.ts'
import { assertAccessible } from './accessible.ts'
import { gone, noBrowser, openBrowser, watchedPage } from './chromium.ts'
import { pageIsBuilt } from './page-server.ts'
import { wholeServer } from './whole-server.ts'

const skip = noBrowser || (pageIsBuilt() ? false : 'the page is not built ("npm run build")')

let server: TestServer
before(async () => {
  if (!skip) server = await wholeServer()
})
after(async () => {
  if (!skip) await server.close()
})

const added: string[] = []
/** Everybody has one name and one birthday, and is another person. */
async function add(id: string): Promise<void> {
  const person = { id, name: 'Example Person', birthDate: '1980-05-31', anotherPerson: added }
  await call(`${server.url}/api/patients`, 'POST', person)
  added.push(id)
}

const pdf = async (...content: Parameters<typeof labPdf>[0]) => ({
  name: 'report.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from(await labPdf(content)),
})

const card = (page: Page, name: string) => page.getByRole('article', { name })

/** The page was drawn: not every point of it is white. */
const isDrawn = (page: Page) =>
  page.waitForFunction(() => {
    const canvas = document.querySelector('canvas')
    if (canvas === null || canvas.width === 0) return false
    const copy = new OffscreenCanvas(canvas.width, canvas.height)
    const pen = copy.getContext('2d', { willReadFrequently: true })!
    pen.drawImage(canvas, 0, 0)
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height)
    return data.some((value, at) => at % 4 !== 3 && value < 100 && data[at - (at % 4) + 3] === 255)
  })

for (const [width, height] of [
  [1280, 900],
  [360, 740],
] as const) {
  test(`a PDF is sent, compared with what was read, confirmed, corrected and rejected, ${width} pixels wide`, {
    skip,
  }, async () => {
    const id = `w${width}`
    await add(id)
    const browser = await openBrowser(width, height)
    try {
      const { page, complaints } = await watchedPage(browser.context)
      await page.goto(`${server.url}/patients/${id}/documents`)
      await page.getByText('No document yet.').waitFor()
      await assertAccessible(page, 'documents')
      await page
        .locator('input[type=file]')
        .setInputFiles(
          await pdf(
            'Patient Name: Person, Example',
            table(
              ['Gene', 'Genotype', 'Phenotype'],
              ['CYP2C19', '*2/*2', 'Poor Metabolizer'],
              ['CYP2D6', '*1/*4', 'Intermediate Metabolizer'],
              ['TPMT', '*1/*3A', 'Intermediate Metabolizer'],
            ),
          ),
        )
      await page.getByText('Nothing here is used before you confirm it.').waitFor()
      await page.getByText('3 of 3 wait for you').waitFor()
      await isDrawn(page)
      await assertAccessible(page, 'review')
      await gone(page.locator('.doubt'))

      // The chosen line is the framed one on the page.
      await page.getByRole('button', { name: 'CYP2D6 *1/*4 on the page' }).click()
      assert.equal(await page.locator('.spot.chosen').getAttribute('aria-label'), 'CYP2D6 *1/*4 on the page')
      assert.equal(await card(page, 'CYP2D6 *1/*4').getAttribute('data-chosen'), 'true')

      await card(page, 'CYP2C19 *2/*2').focus()
      await page.keyboard.press('c')
      await card(page, 'CYP2C19 *2/*2')
        .getByText(/confirmed by/)
        .waitFor()
      await card(page, 'CYP2D6 *1/*4').getByRole('button', { name: 'Correct' }).click()
      await page.getByRole('form', { name: 'Correct CYP2D6 *1/*4' }).getByLabel('Diplotype').fill('*1/*41')
      await page.getByRole('button', { name: 'Confirm as corrected' }).click()
      await card(page, 'CYP2D6 *1/*4')
        .getByText(/confirmed by/)
        .waitFor()
      await card(page, 'TPMT *1/*3A').focus()
      await page.keyboard.press('r')
      await page.getByText('3 read, all decided').waitFor()
      await assertAccessible(page, 'decided')

      await page.getByRole('link', { name: 'the genes' }).click()
      const gene = (name: string) => page.getByRole('row').filter({ hasText: name }).first()
      await gene('CYP2C19').getByText('*2/*2').waitFor()
      await gene('CYP2D6').getByText('*1/*41').waitFor()
      assert.doesNotMatch((await gene('TPMT').textContent()) ?? '', /\*3A/, 'what was rejected is not used')
      assert.deepEqual(complaints, [])
    } finally {
      await browser.close()
    }
  })
}

test('a document that names somebody else is in the work list, and confirmed only after somebody says whose it is', {
  skip,
}, async () => {
  await add('doubted')
  const { buffer } = await pdf('Patient Name: Other Someone', 'DOB: 1999-01-01', 'CYP2D6 *4/*4')
  await fetch(`${server.url}/api/patients/doubted/documents`, {
    method: 'POST',
    headers: { 'content-type': 'application/pdf' },
    body: buffer,
  })
  const waits = async () =>
    (await call(`${server.url}/api/documents/waiting`)).body as unknown as readonly object[]
  await until('the document was not read', async () => (await waits()).length > 0)
  const browser = await openBrowser(1280, 900)
  try {
    const { page, complaints } = await watchedPage(browser.context)
    await page.goto(server.url)
    await page.getByRole('link', { name: 'Documents to confirm 1' }).click()
    await page.getByRole('row').filter({ hasText: '1 result' }).waitFor()
    await assertAccessible(page, 'work list')
    await page.getByRole('link', { name: 'Example Person' }).click()
    const doubt = page.getByRole('alert')
    await doubt.getByText(/may be somebody else's: another birth date .*another name/).waitFor()
    const confirm = card(page, 'CYP2D6 *4/*4').getByRole('button', { name: 'Confirm' })
    assert.ok(await confirm.isDisabled())
    await card(page, 'CYP2D6 *4/*4').focus()
    await page.keyboard.press('c')
    assert.match((await card(page, 'CYP2D6 *4/*4').textContent()) ?? '', /waits for you/)
    await assertAccessible(page, 'doubt')
    await page.getByLabel('I have checked: this is the same person').check()
    await confirm.click()
    await card(page, 'CYP2D6 *4/*4')
      .getByText(/confirmed by/)
      .waitFor()
    await page.getByRole('link', { name: 'Documents to confirm', exact: true }).click()
    await page.getByText('Nothing waits.').waitFor()
    assert.deepEqual(complaints, [])
  } finally {
    await browser.close()
  }
})
