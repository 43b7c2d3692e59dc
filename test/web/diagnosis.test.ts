import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { call, type TestServer } from '../support/http-server.ts'
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
  for (const [width] of WIDTHS)
    await call(`${server.url}/api/patients`, 'POST', {
      id: `d${width}`,
      name: 'Example Person',
      birthDate: `2019-05-${width === 1280 ? 30 : 31}`,
    })
})
after(() => (skip ? undefined : server.close()))

for (const [width, height] of WIDTHS) {
  test(`features are found by plain words, said and taken back, ${width} pixels wide`, {
    skip,
  }, async () => {
    const id = `d${width}`
    const browser = await openBrowser(width, height)
    try {
      const { page, complaints } = await watchedPage(browser.context)
      await page.goto(`${server.url}/patients/${id}/diagnosis`)
      const there = page.getByRole('region', { name: 'There', exact: true })
      const excluded = page.getByRole('region', { name: 'Looked for, not there' })
      await there.getByText('Nothing yet.').waitFor()
      const say = async (words: string, term: RegExp, how: string) => {
        await page.getByRole('combobox', { name: 'Feature' }).fill(words)
        await page.getByRole('option', { name: term }).first().click()
        await page.getByRole('button', { name: how }).click()
      }
      await say('wide-set eye', /Hypertelorism/, 'It is there')
      await there.getByText('Hypertelorism').waitFor()
      await say('seizures', /^Seizure HP:0001250/, 'Looked for, not there')
      await excluded.getByText('Seizure').waitFor()
      await say('bilateral tonic-clonic seizure', /^Bilateral tonic-clonic seizure HP:0002069/, 'It is there')
      await page.getByText('This cannot both be true').waitFor()
      await assertAccessible(page, 'diagnosis')
      await page.getByRole('button', { name: 'Take back: Seizure' }).click()
      await page.getByText('This cannot both be true').waitFor({ state: 'detached' })
      const fit = page.getByRole('region', { name: 'Diseases that fit' })
      await fit.getByText('What to look for next').waitFor()
      await fit
        .getByText(/^(Hypertelorism|Bilateral tonic)/)
        .locator('visible=true')
        .first()
        .waitFor()
      const question = fit.getByRole('button', { name: / is not there$/ }).first()
      const asked = (await question.getAttribute('aria-label'))!.replace(/ is not there$/, '')
      await question.click()
      await excluded.getByText(asked).waitFor()
      await assertAccessible(page, 'diagnosis with diseases')
      const again = page.getByRole('checkbox', { name: /^Unsolved: look again/ })
      assert.equal(await again.isChecked(), false, 'nobody is asked for by itself')
      await again.click()
      await page.locator('input[type=checkbox]:checked').waitFor()
      await page.reload()
      await page.locator('input[type=checkbox]:checked').waitFor()
      assert.ok(await again.isChecked(), 'it is kept')
      assert.deepEqual(complaints, [])
    } finally {
      await browser.close()
    }
  })
}
