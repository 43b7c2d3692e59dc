import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { call, type TestServer } from '../support/http-server.ts'
import { ecogOf, KRAS_TRIAL, keepAll, krasG12C, lungOf, womanOf } from '../support/trial-person.ts'
import { assertAccessible } from './accessible.ts'
import { noBrowser, openBrowser, watchedPage } from './chromium.ts'
import { pageIsBuilt } from './page-server.ts'
import { wholeServer } from './whole-server.ts'

const skip = noBrowser || (pageIsBuilt() ? false : 'the page is not built ("npm run build")')

let server: TestServer
before(async () => {
  if (skip) return
  server = await wholeServer()
  const sentence = (criterion: object, rest: object) => ({
    status: 'Recruiting',
    clauses: [{ criterion }],
    ...rest,
  })
  const trials = [
    KRAS_TRIAL,
    sentence({ kind: 'sex', sex: 'female' }, { protocol: '22-200', title: 'Women', phases: ['phase-3'] }),
    sentence({ kind: 'wild-type', gene: 'TP53' }, { protocol: '22-300', title: 'TP53 without a change' }),
    sentence({ kind: 'sex', sex: 'male' }, { protocol: '22-400', title: 'Men' }),
  ]
  assert.equal((await call(`${server.url}/api/trials`, 'POST', trials)).status, 200)
  await keepAll(server.url, [womanOf('t1'), lungOf('t1'), krasG12C('t1'), ecogOf('t1', 1)])
})
after(() => (skip ? undefined : server.close()))

for (const [width, height] of [
  [1280, 900],
  [360, 740],
] as const) {
  test(`trials that fit, might fit and do not, and the people for one, ${width} pixels wide`, {
    skip,
  }, async () => {
    const browser = await openBrowser(width, height)
    try {
      const { page, complaints } = await watchedPage(browser.context)
      await page.goto(`${server.url}/patients/t1/trials`)
      const fits = page.getByRole('region', { name: 'May be entered' })
      await fits.getByText('KRAS in the lung').waitFor()
      await fits.getByText('Women').waitFor()
      const possible = page.getByRole('region', { name: 'Possible' })
      await possible.getByText('TP53 was not tested').first().waitFor()
      await possible.getByText('single-gene sequencing').first().waitFor()
      await page
        .getByRole('region', { name: 'Not for this person' })
        .getByText('Men', { exact: true })
        .waitFor()
      await fits.locator('li.trial').filter({ hasText: 'KRAS in the lung' }).locator('summary').click()
      await fits.getByText('KRAS p.G12C was found').waitFor()
      await assertAccessible(page, 'trials')
      await page.getByLabel('Phase').selectOption('phase-3')
      await fits.getByText('KRAS in the lung').waitFor({ state: 'detached' })
      await page.getByLabel('Phase').selectOption('')
      await page.getByLabel('Nearest open site').selectOption('50')
      await page.getByText('does not say where this person lives').waitFor()
      await possible.getByText('KRAS in the lung').waitFor()
      await page.getByLabel('Look again when the record').click()
      await page.getByLabel('Look again when the record').isChecked()
      await possible.getByRole('link', { name: '22-100' }).click()
      await page.getByRole('heading', { name: '22-100 KRAS in the lung' }).waitFor()
      await page.getByText('ECOG <= 1').waitFor()
      await assertAccessible(page, 'feasibility')
      await page.goto(`${server.url}/trials`)
      await page.getByText('KRAS in the lung').waitFor()
      await assertAccessible(page, 'list of trials')
      const wide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')
      assert.equal(wide, false, 'nothing is wider than the window')
      assert.deepEqual(complaints, [])
    } finally {
      await browser.close()
    }
  })
}
