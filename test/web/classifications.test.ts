import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { UNRESTRICTED } from '../../src/record/resource-query.ts'
import { call, type TestServer } from '../support/http-server.ts'
import { smallVcf } from '../support/small-vcf.ts'
import { assertAccessible } from './accessible.ts'
import { noBrowser, openBrowser, watchedPage } from './chromium.ts'
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

const variant = (chromosome: `chr${string}`, position: number, ref: string, alt: string) => ({
  ...{ assembly: 'GRCh38' as const, chromosome, position, ref, alt },
})

const carriers: string[] = []
async function carrier(id: string): Promise<void> {
  const person = { id, name: 'Example Person', birthDate: '1980-05-31', anotherPerson: carriers }
  await call(`${server.url}/api/patients`, 'POST', person)
  carriers.push(id)
  const form = new FormData()
  form.append('file', new Blob([smallVcf([`S-${id}`])]), `${id}.vcf`)
  await fetch(`${server.url}/api/patients/${id}/files`, { method: 'POST', body: form })
  const carried = [variant('chr10', 94781859, 'G', 'A')]
  for (let i = 0; i < 200; i++) {
    const [found] = await server.store.variants.carriers(server.services.tenant, carried, UNRESTRICTED)
    if (found!.some(({ patient }) => patient === id)) return
    await sleep(50)
  }
  assert.fail('the calls were not taken')
}

for (const [width, height] of [
  [1280, 900],
  [360, 740],
] as const) {
  test(`a variant is drafted, signed, and its carrier is on the work list until somebody looked, ${width} pixels wide`, {
    skip,
  }, async () => {
    await carrier(`c${width}`)
    const browser = await openBrowser(width, height)
    try {
      const { page, complaints } = await watchedPage(browser.context)
      await page.goto(`${server.url}/classifications`)
      await page.getByText('Nobody waits.').waitFor()
      await page.getByLabel('Variant', { exact: true }).fill('chr10:94781859')
      await page.getByLabel('Gene').fill('CYP2C19')
      await page.getByText('Write it as chr10:94781859 G>A').waitFor()
      await page.getByLabel('Variant', { exact: true }).fill('chr10:94781859 G>A')
      await page.getByLabel('HGVS').fill('NM_000769.4:c.681G>A')
      await page.getByLabel('Disease').fill(`MONDO:000${width}`)
      await assertAccessible(page, 'variants')
      await page.getByRole('button', { name: 'Begin a draft' }).click()
      await page.getByRole('heading', { name: 'CYP2C19 NM_000769.4:c.681G>A' }).waitFor()
      const note = page.getByRole('region', { name: 'Class' })
      await note.getByText('Uncertain significance').waitFor()
      await page.getByLabel(/^PVS1: /).selectOption('met very-strong')
      await page.getByLabel('Why PVS1 is met').fill('Splice defect, Example 2020')
      await page.getByLabel(/^PS3: /).selectOption('met strong')
      // The class follows while it is written; saving asks for the reason.
      await note.getByText('Pathogenic', { exact: false }).first().waitFor()
      await page.getByRole('button', { name: 'Save the draft' }).click()
      await page.getByText('nothing says why PS3 is met').waitFor()
      await page.getByLabel('Why PS3 is met').fill('No activity in liver microsomes')
      await page.getByRole('button', { name: 'Save the draft' }).click()
      await page.getByText('Version 2,').waitFor()
      await assertAccessible(page, 'workbench')
      await page.getByRole('button', { name: 'Sign', exact: true }).click()
      await page.getByText('Version 3,').waitFor()
      await page.getByRole('link', { name: '1', exact: true }).click()
      await page.getByText('Go to the newest version').waitFor()
      assert.equal(await page.getByLabel(/^PVS1: /).inputValue(), 'not-assessed')
      await page.goto(`${server.url}/classifications`)
      const row = page.getByRole('row', { name: /pathogenic now/ }).filter({ hasText: 'Example Person' })
      await row.first().waitFor()
      await assertAccessible(page, 'variants with a work list')
      for (let waiting = await row.count(); waiting > 0; waiting--) {
        await row.first().getByRole('button', { name: 'Done' }).click()
        await page.waitForFunction(
          (before) => document.querySelectorAll('tr button').length < before,
          waiting * 2,
        )
      }
      await page.getByText('Nobody waits.').waitFor()
      assert.deepEqual(
        complaints.filter((one) => !one.includes('422')),
        [],
      )
    } finally {
      await browser.close()
    }
  })
}
