import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { patientId } from '../../src/terms/ids.ts'
import { type TestServer, testServer } from '../support/http-server.ts'
import { assertAccessible } from './accessible.ts'
import { noBrowser, openBrowser, watchedPage } from './chromium.ts'
import { PAGE, pageIsBuilt } from './page-server.ts'

const skip = noBrowser || (pageIsBuilt() ? false : 'the page is not built ("npm run build")')

let server: TestServer
before(async () => {
  if (skip) return
  server = await testServer({ page: PAGE })
})
after(async () => {
  if (!skip) await server.close()
})

test('adding somebody who may be registered: the match is shown, and one says who it is', {
  skip,
}, async () => {
  const browser = await openBrowser(1280, 900)
  try {
    const { page, complaints } = await watchedPage(browser.context)
    const fill = async () => {
      await page.goto(`${server.url}/add`)
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ines Varga')
      await page.getByLabel('Birth date').fill('1981-02-03')
      await page.getByRole('button', { name: 'Add', exact: true }).click()
    }
    await fill()
    await page.getByRole('heading', { name: 'Ines Varga' }).waitFor()
    const first = patientId(new URL(page.url()).pathname.split('/')[2]!)
    const registered = async () => (await server.store.patients.list(server.services.tenant)).total

    await fill()
    const asked = page.getByRole('alert', { name: 'Registered already?' })
    await asked.getByText('Ines Varga').waitFor()
    assert.match((await asked.textContent()) ?? '', new RegExp(`1981.*${first}`))
    await assertAccessible(page, 'who is added')
    await asked.getByRole('link', { name: 'It is this person' }).click()
    await page.getByRole('heading', { name: 'Ines Varga' }).waitFor()
    assert.ok(page.url().includes(`/patients/${first}/`))
    assert.equal(await registered(), 1)

    await fill()
    await asked.getByRole('button', { name: 'It is another person' }).click()
    await page.getByRole('heading', { name: 'Ines Varga' }).waitFor()
    assert.ok(!page.url().includes(`/patients/${first}/`))
    assert.equal(await registered(), 2)
    // The browser reports the two refusals as failed loads.
    assert.deepEqual(
      complaints.filter((one) => !one.includes('409')),
      [],
    )
  } finally {
    await browser.close()
  }
})
