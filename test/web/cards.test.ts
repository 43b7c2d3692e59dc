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
  if (!skip) server = await wholeServer()
})
after(async () => {
  if (!skip) await server.close()
})

for (const [width, height] of [
  [1280, 900],
  [360, 740],
] as const) {
  test(`cards of a drug are muted with a reason, and no longer, ${width} pixels wide`, { skip }, async () => {
    const browser = await openBrowser(width, height)
    try {
      const { page, complaints } = await watchedPage(browser.context)
      await page.goto(server.url)
      await page.getByRole('link', { name: 'Cards' }).click()
      await page.getByText('Nothing: every card is shown.').waitFor()
      await page.getByText('No card was made in these days.').waitFor()
      await page.getByLabel('Which').fill('codeine')
      await page.getByLabel('Why').fill('Not prescribed here: pain board')
      await page.getByRole('button', { name: 'Save' }).click()
      const row = page.getByRole('row').filter({ hasText: 'Cards of drug codeine are not shown' })
      await row.getByText('Not prescribed here: pain board').waitFor()
      await row.getByText('until taken back').waitFor()
      const { body } = await call(`${server.url}/api/cds/settings`)
      assert.deepEqual(
        (body as unknown as { of: string; value: string; evenCritical: boolean }[]).map((one) => [
          one.of,
          one.value,
          one.evenCritical,
        ]),
        [['drug', 'codeine', false]],
      )
      await assertAccessible(page, 'cards')
      await row.getByRole('button', { name: 'Take back' }).click()
      await page.getByText('Nothing: every card is shown.').waitFor()
      assert.deepEqual((await call(`${server.url}/api/cds/settings`)).body, [])
      assert.deepEqual(complaints, [])
    } finally {
      await browser.close()
    }
  })
}

test('a job that was given up is shown with its fault and tried again', { skip }, async () => {
  const { store, services } = server
  const at = new Date().toISOString()
  const { tenant } = services
  await store.jobs.enqueue(tenant, [{ kind: 'nobody-does-this', key: 'one', payload: {} }], at)
  const [lease] = await store.jobs.claim(tenant, ['nobody-does-this'], 'test', 60_000, 1, at)
  await lease!.refuse({ code: 'EXAMPLE', what: 'the disk was full', mend: 'Make room.' }, at)
  const browser = await openBrowser(1280, 900)
  try {
    const { page, complaints } = await watchedPage(browser.context)
    await page.goto(`${server.url}/jobs`)
    const row = page.getByRole('row').filter({ hasText: 'nobody-does-this' })
    await row.getByText('given up').waitFor()
    await row.getByText('the disk was full Make room. EXAMPLE').waitFor()
    await assertAccessible(page, 'jobs')
    await row.getByRole('button', { name: 'Try again' }).click()
    await row.getByText('waiting', { exact: true }).waitFor()
    await row.getByRole('button', { name: 'Cancel' }).click()
    await row.getByText('cancelled', { exact: true }).waitFor()
    assert.deepEqual(complaints, [])
  } finally {
    await browser.close()
  }
})
