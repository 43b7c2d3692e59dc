import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { addClient, addUser, PASSWORD, signedIn, withLogin } from '../support/signed-in.ts'
import { assertAccessible } from './accessible.ts'
import { noBrowser, type OpenBrowser, openBrowser, watchedPage } from './chromium.ts'
import { type AppServer, startApp } from './smart-app-server.ts'

const skip = noBrowser

let server: TestServer
let app: AppServer
before(async () => {
  if (skip) return
  server = await testServer({ entry: withLogin, now: () => new Date() })
  app = await startApp('growth', () => `${server.url}/fhir/R4`)
  await addUser(server, 'ann', ['clinician'], 'Practitioner/prac-1')
  await addClient(server, {
    id: 'growth',
    name: 'Growth chart',
    redirectUris: [`${app.url}/`],
    launchUrl: `${app.url}/launch`,
    scopes: 'launch launch/patient patient/*.rs openid fhirUser offline_access',
  })
  const headers = await signedIn(server.url, 'ann')
  for (const [id, given] of [
    ['p1', 'Ada'],
    ['p2', 'Bea'],
  ] as const) {
    const patient = {
      resourceType: 'Patient',
      id,
      gender: 'female',
      birthDate: '1970-05-01',
      name: [{ family: 'Example', given: [given] }],
    }
    const made = await call(`${server.url}/fhir/R4/Patient/${id}`, 'PUT', patient, headers)
    assert.equal(made.status, 201, JSON.stringify(made.body))
  }
})
after(async () => {
  if (skip) return
  await app.close()
  await server.close()
})

interface Shown {
  readonly patient: { readonly resourceType: string; readonly id: string }
  readonly user: string
  readonly token: Record<string, unknown>
}

async function shownBy(page: Awaited<ReturnType<typeof watchedPage>>['page']): Promise<Shown> {
  await page.waitForURL(`${app.url}/**`)
  await page.waitForFunction(`document.getElementById('out').textContent !== 'waiting'`)
  const text = (await page.locator('#out').textContent()) ?? ''
  assert.ok(text.startsWith('{'), text)
  return JSON.parse(text) as Shown
}

for (const [name, width, height] of [
  ['desktop', 1280, 900],
  ['phone', 375, 740],
] as const) {
  test(`fhirclient, standalone launch at ${name} width: sign in, choose, allow, read the patient`, {
    skip,
  }, async () => {
    const browser: OpenBrowser = await openBrowser(width, height)
    try {
      const { page, complaints } = await watchedPage(browser.context)
      await page.goto(`${app.url}/standalone`)
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      await assertAccessible(page, 'sign in', ['main', 'header'])
      await page.getByLabel('Name').fill('ann')
      await page.getByLabel('Password').fill('wrong')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('alert').waitFor()
      await page.getByLabel('Password').fill(PASSWORD)
      await page.getByRole('button', { name: 'Sign in' }).click()

      await page.getByRole('heading', { name: 'Choose a patient' }).waitFor()
      await assertAccessible(page, 'choose', ['main', 'header'])
      await page.getByLabel('Search').fill('bea')
      await page.getByRole('button', { name: 'Search' }).click()
      await page.getByText('1 patient', { exact: true }).waitFor()
      assert.ok(!page.url().includes('bea'), 'what is searched stays out of addresses')
      await page.getByRole('button', { name: /Bea Example/ }).click()

      await page.getByRole('heading', { name: 'Open Growth chart?' }).waitFor()
      await page.getByText('see everything in this patient’s record').waitFor()
      await assertAccessible(page, 'consent', ['main', 'header'])
      await page.getByRole('button', { name: 'Allow', exact: true }).click()

      const shown = await shownBy(page)
      assert.deepEqual([shown.patient.resourceType, shown.patient.id], ['Patient', 'p2'])
      assert.ok(shown.user.endsWith('Practitioner/prac-1'), shown.user)
      assert.equal(shown.token['patient'], 'p2')
      assert.equal(typeof shown.token['refresh_token'], 'string')
      assert.deepEqual(complaints, [])
    } finally {
      await browser.close()
    }
  })
}

test('fhirclient, EHR launch: the record that is open, without choosing', { skip }, async () => {
  const headers = await signedIn(server.url, 'ann')
  const launch = await call(`${server.url}/api/launch`, 'POST', { client: 'growth', patient: 'p1' }, headers)
  const browser = await openBrowser(1280, 900)
  try {
    const [name, value] = headers['cookie']!.split('=') as [string, string]
    await browser.context.addCookies([{ name, value, url: server.url }])
    const { page, complaints } = await watchedPage(browser.context)
    await page.goto(String(launch.body['url']))
    await page.getByRole('heading', { name: 'Open Growth chart?' }).waitFor()
    await page.getByText('Ada Example').waitFor()
    await page.getByRole('button', { name: 'Allow', exact: true }).click()
    const shown = await shownBy(page)
    assert.deepEqual([shown.patient.id, shown.token['patient']], ['p1', 'p1'])
    assert.deepEqual(complaints, [])
  } finally {
    await browser.close()
  }
})

test('fhirclient: a user who says no is believed', { skip }, async () => {
  const headers = await signedIn(server.url, 'ann')
  const browser = await openBrowser(1280, 900)
  try {
    const [name, value] = headers['cookie']!.split('=') as [string, string]
    await browser.context.addCookies([{ name, value, url: server.url }])
    const { page } = await watchedPage(browser.context)
    await page.goto(`${app.url}/standalone`)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.waitForURL(`${app.url}/**`)
    await page.getByText('failed:').waitFor()
  } finally {
    await browser.close()
  }
})
