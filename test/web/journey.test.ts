import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertAccessible } from './accessible.ts'
import { noBrowser, openBrowser, watchedPage } from './chromium.ts'
import { pageIsBuilt, startPage } from './page-server.ts'

const skip = noBrowser || (pageIsBuilt() ? false : 'the page is not built ("npm run build")')

const VCF = { name: 'good.vcf', mimeType: 'text/plain', buffer: Buffer.from('##fileformat=VCFv4.2\n') }
const NOT_VCF = { name: 'bad.vcf', mimeType: 'text/plain', buffer: Buffer.from('hello\n') }

const tab = (page: Page, name: string) => page.getByRole('tab', { name }).click()

for (const [width, height] of [
  [1280, 900],
  [390, 844],
  [360, 740],
] as const) {
  test(`from the list to advice, a card and an upload, ${width} pixels wide`, { skip }, async () => {
    const server = await startPage()
    const browser = await openBrowser(width, height)
    try {
      const { page, complaints } = await watchedPage(browser.context)
      await page.goto(server.url)

      await page.getByRole('link', { name: 'Example Person One' }).waitFor()
      await page.getByText('2 critical').waitFor()
      await page.getByText('2 if ever prescribed').waitFor()
      assert.equal(
        await page.getByText('example', { exact: true }).count(),
        1,
        'the made-up person is labelled',
      )
      await page.getByText('Zoë <b>Quiet</b>').waitFor() // a name with markup is text
      await assertAccessible(page, 'list')
      await page.getByLabel('Search').fill('quiet')
      await page.getByText('1 patient', { exact: true }).waitFor()
      await page.getByLabel('Search').fill('')

      await page.getByRole('link', { name: 'Example Person One' }).click()
      await page.getByText('Avoid clopidogrel; use prasugrel or ticagrelor').waitFor()
      const act = page.getByRole('listitem').filter({ hasText: 'clopidogrel' }).first()
      assert.match((await act.textContent()) ?? '', /Critical/, 'severity is a word, not only a colour')
      await assertAccessible(page, 'act on these')

      await tab(page, 'Drugs')
      await page.getByText('Publishers differ.').waitFor()
      await page.getByText('No dose was calculated; missing: CYP2C9 diplotype, height.').waitFor()
      await assertAccessible(page, 'drugs')

      await tab(page, 'Genes')
      await page.getByText('with current drugs').waitFor()
      await assertAccessible(page, 'genes')
      await page.getByRole('button', { name: 'CYP2C9 in detail' }).click()
      const drawer = page.getByRole('dialog')
      await drawer.getByText('read too thinly: 3 reads').waitFor()
      await drawer.getByText('84%').waitFor()
      await page.keyboard.press('Escape')
      await drawer.waitFor({ state: 'hidden' })

      await tab(page, 'Try a drug')
      await page.getByRole('combobox', { name: 'Drug' }).pressSequentially('plav')
      await page.getByRole('option', { name: 'clopidogrel (Plavix)' }).click()
      await page.getByRole('heading', { name: 'Ordering clopidogrel, the prescriber sees' }).waitFor()
      const card = page.getByRole('article').first()
      for (const text of ['Critical', 'CYP2C19 *2/*17', 'Order prasugrel instead', 'Benefit outweighs risk'])
        assert.ok(((await card.textContent()) ?? '').includes(text), text)
      await assertAccessible(page, 'card')
      await page.getByRole('combobox', { name: 'Drug' }).fill('allopurinol')
      await page.keyboard.press('Enter')
      await page.getByText('No card.').waitFor()
      await page.getByText('Nothing to act on: with these genes the drug is used as usual.').waitFor()
      await page.getByRole('combobox', { name: 'Drug' }).fill('celecoxib')
      await page.keyboard.press('Enter')
      await page.getByText('the genes behind it are not all known').waitFor()
      await page.getByRole('combobox', { name: 'Drug' }).fill('xyzzy')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').getByText('no drug is called "xyzzy"').waitFor()

      await tab(page, 'Medication and files')
      await page.getByRole('button', { name: 'Remove metformin' }).click()
      await page.getByRole('button', { name: 'Remove metformin' }).waitFor({ state: 'detached' })
      await page.locator('input[type=file]').setInputFiles(NOT_VCF)
      await page.getByText(/Reading bad.vcf: /).waitFor()
      const fault = page.getByRole('alert')
      await fault.getByText('bad.vcf was refused: the file does not begin as a VCF does').waitFor()
      for (const text of ['bad.vcf, line 1', 'Send a VCF whose first line', 'VCF_NOT_VCF'])
        await fault.getByText(text).waitFor()
      await assertAccessible(page, 'files')
      await page.locator('input[type=file]').setInputFiles(VCF)
      await page.getByText('good.vcf was stored.').waitFor()

      await tab(page, 'Report')
      await page.frameLocator('iframe').getByRole('heading', { name: 'Act on these' }).waitFor()
      await assertAccessible(page, 'report')
      assert.deepEqual(complaints, [])
    } finally {
      await browser.close()
      await server.close()
    }
  })
}

test('adding a patient, by keyboard alone', { skip }, async () => {
  const server = await startPage()
  const browser = await openBrowser(1280, 900)
  try {
    const { page, complaints } = await watchedPage(browser.context)
    await page.goto(server.url)
    await page.getByRole('link', { name: 'Add a patient' }).waitFor()
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement?.textContent?.trim()), 'Skip to the page')
    await page.getByRole('link', { name: 'Add a patient' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Add a patient' }).waitFor()
    await assertAccessible(page, 'add')
    await page.getByRole('textbox', { name: 'Name', exact: true }).focus()
    await page.keyboard.type('New Person')
    await page.getByLabel('Weight, kg').fill('70')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'New Person' }).waitFor()
    await page.getByText('No genome file yet.').waitFor()
    await tab(page, 'Act on these')
    await page.getByText("Nothing is known about this person's genes yet.").waitFor()
    await page.goto(`${server.url}/facts`)
    await page.getByText('cpic@2025-11-05').waitFor()
    await assertAccessible(page, 'facts')
    await page.goto(`${server.url}/patients/nobody/act`)
    await page.getByRole('alert').getByText('there is no patient "nobody"').waitFor()
    assert.deepEqual(complaints, [])
  } finally {
    await browser.close()
    await server.close()
  }
})
