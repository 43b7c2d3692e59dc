import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { stepOf, totpCode } from '../../src/safeguard/login/totp.ts'
import { call, type TestServer } from '../support/http-server.ts'
import { addUser, PASSWORD, signedIn, withLogin } from '../support/signed-in.ts'
import { assertAccessible } from './accessible.ts'
import { gone, noBrowser, openBrowser, watchedPage } from './chromium.ts'
import { pageIsBuilt } from './page-server.ts'
import { wholeServer } from './whole-server.ts'

const skip = noBrowser || (pageIsBuilt() ? false : 'the page is not built ("npm run build")')
/** Of the test vectors in RFC 6238. */
const SECRET = Buffer.from('12345678901234567890')

let server: TestServer
before(async () => {
  if (skip) return
  server = await wholeServer(withLogin)
  await addUser(server, 'ann')
  await addUser(server, 'eve')
  await addUser(server, 'pia', ['privacy-officer'])
  await server.store.login.users.setSecondFactor(server.services.tenant, 'eve', SECRET)
  await server.store.login.users.takeStep(server.services.tenant, 'eve', 1)
  const headers = await signedIn(server.url, 'ann')
  await call(`${server.url}/api/patients`, 'POST', { id: 'p1', name: 'Example One' }, headers)
})
after(async () => {
  if (!skip) await server.close()
})

async function signIn(page: Page, path: string, user: string, code?: string): Promise<void> {
  await page.goto(`${server.url}${path}`)
  await page.getByLabel('Name').fill(user)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  if (code !== undefined) {
    await page.getByLabel('Code').fill(code)
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  await page.getByRole('link', { name: `Dr ${user}` }).waitFor()
}

const REFUSED = 'genetic data of this person are not shown for this purpose'

test('consent closes genetic results; the glass is broken with a second factor, shown in red, and reviewed', {
  skip,
}, async () => {
  const browser = await openBrowser(1280, 900)
  try {
    const { page, complaints } = await watchedPage(browser.context)
    await signIn(page, '/patients/p1/consent', 'ann')
    await gone(page.getByRole('link', { name: 'Emergency access' }))
    await gone(page.getByRole('link', { name: 'Exchange' }))
    const treatment = page.getByRole('switch', { name: 'Genetic results may be used in treatment' })
    await page.getByText('Nothing was said; this is how silence is read.').first().waitFor()
    assert.ok(await treatment.isChecked())
    assert.equal(
      await page.getByRole('switch', { name: 'The record may be used in research' }).isChecked(),
      false,
    )
    await assertAccessible(page, 'consent')
    await treatment.click()
    await page.getByText('no card warns a prescriber').waitFor()
    await page.getByRole('button', { name: 'Yes, the person does not allow it' }).click()
    await page.getByText('Genetic results must not be used for treatment.').waitFor()
    await assertAccessible(page, 'consent withdrawn')

    await page.getByRole('tab', { name: 'Genes' }).click()
    await page.getByRole('alert').getByText(REFUSED).waitFor()
    await page.getByText('That needs a second factor at sign-in, and you signed in without one.').waitFor()
    await gone(page.getByRole('button', { name: /Break the glass/ }))
    await assertAccessible(page, 'refused')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()

    await signIn(page, '/patients/p1/genes', 'eve', totpCode(SECRET, stepOf(new Date())))
    await page.getByRole('button', { name: 'Break the glass …' }).click()
    await assertAccessible(page, 'break the glass')
    await page.getByRole('radio', { name: 'life or health is in danger' }).check()
    await page.getByLabel('In your own words').fill('Unconscious, clopidogrel or not')
    await page.getByRole('button', { name: 'Break the glass', exact: true }).click()
    await page.getByText(/Emergency access: (60|59) minutes left/).waitFor()
    await page.getByText('Every gene looked at.').waitFor()
    await assertAccessible(page, 'emergency')
    await page.getByRole('button', { name: 'Leave it now' }).click()
    await page.getByRole('alert').getByText(REFUSED).waitFor()
    await gone(page.getByText(/Emergency access: /))
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()

    await signIn(page, '/emergencies', 'pia')
    const row = page.getByRole('row').filter({ hasText: 'user/eve' })
    await row.getByText('Unconscious, clopidogrel or not').waitFor()
    await assertAccessible(page, 'reviews')
    await row.getByRole('button', { name: 'Appropriate', exact: true }).click()
    await row.getByText('user/pia').waitFor()
    assert.deepEqual(complaints, [])
  } finally {
    await browser.close()
  }
})
