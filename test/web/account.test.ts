import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Locator } from 'playwright-core'
import { decodeQR } from 'qr/decode.js'
import { stepOf, totpCode } from '../../src/safeguard/login/totp.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { addUser, PASSWORD, signedIn, withLogin } from '../support/signed-in.ts'
import { assertAccessible } from './accessible.ts'
import { gone, noBrowser, openBrowser, watchedPage } from './chromium.ts'
import { PAGE, pageIsBuilt } from './page-server.ts'

const skip = noBrowser || (pageIsBuilt() ? false : 'the page is not built ("npm run build")')

let server: TestServer
before(async () => {
  if (skip) return
  server = await testServer({ entry: withLogin, now: () => new Date(), page: PAGE })
  await addUser(server, 'ann')
})
after(async () => {
  if (!skip) await server.close()
})

/** What a camera reads in a picture of the page. */
async function scan(code: Locator): Promise<string> {
  const picture = (await code.screenshot()).toString('base64')
  const pixels = await code.page().evaluate(async (base64) => {
    const image = new Image()
    image.src = `data:image/png;base64,${base64}`
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height)
    const context = canvas.getContext('2d')!
    context.drawImage(image, 0, 0)
    const { width, height, data } = context.getImageData(0, 0, image.width, image.height)
    return { width, height, data: [...data] }
  }, picture)
  return decodeQR({ ...pixels, data: Uint8Array.from(pixels.data) })
}

for (const [name, width, height] of [
  ['desktop', 1280, 900],
  ['phone', 375, 740],
] as const) {
  test(`the page at ${name} width: sign in, be named, add somebody, set up the second factor, end a session, sign out`, {
    skip,
  }, async () => {
    const browser = await openBrowser(width, height)
    try {
      await server.store.login.users.setSecondFactor(server.services.tenant, 'ann', undefined)
      const elsewhere = await signedIn(server.url, 'ann')
      const { page, complaints } = await watchedPage(browser.context)
      await page.goto(`${server.url}/add`)
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      const signIn = async () => {
        await page.getByLabel('Name').fill('ann')
        await page.getByLabel('Password').fill(PASSWORD)
        await page.getByRole('button', { name: 'Sign in' }).click()
      }
      await signIn()
      await page.getByRole('heading', { name: 'Add a patient' }).waitFor()
      await page.getByRole('link', { name: 'Dr ann' }).waitFor()
      await gone(page.getByRole('note'))
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill(`New ${name}`)
      await page.getByRole('button', { name: 'Add', exact: true }).click()
      await page.getByRole('heading', { name: `New ${name}` }).waitFor()

      await page.getByRole('link', { name: 'Dr ann' }).click()
      await page.getByText('Off: whoever knows your password').waitFor()
      await assertAccessible(page, 'account')
      const sessions = page.getByRole('region', { name: 'Sessions' })
      await sessions.getByText(/^Here, since/).waitFor()
      const others = sessions.getByText(/^Elsewhere, since/)
      await others.first().waitFor()
      await sessions.getByLabel('Your password').fill(PASSWORD)
      await sessions.getByRole('button', { name: 'End' }).click()
      await others.first().waitFor({ state: 'detached' })
      assert.equal((await fetch(`${server.url}/api/session`, { headers: elsewhere })).status, 401)
      const factor = page.getByRole('region', { name: 'Second factor' })
      await factor.getByLabel('Your password').fill(PASSWORD)
      await factor.getByRole('button', { name: 'Set it up' }).click()
      await factor.locator('.secret').waitFor()
      await assertAccessible(page, 'second factor')
      const scanned = new URL(await scan(factor.getByRole('img', { name: 'Code to scan' })))
      assert.equal(scanned.protocol, 'otpauth:')
      const key = (await factor.locator('.secret').textContent())?.replaceAll(' ', '')
      assert.equal(scanned.searchParams.get('secret'), key, 'what a camera reads is what can be typed')
      const { totp } = (await server.store.login.users.credentials(server.services.tenant, 'ann'))!
      await factor.getByLabel('Code that the app shows').fill(totpCode(totp!, stepOf(new Date()) - 1))
      await factor.getByRole('button', { name: 'Switch it on' }).click()
      await factor.getByText('On: signing in asks for a code').waitFor()

      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      await signIn()
      await page.getByLabel('Code').fill(totpCode(totp!, stepOf(new Date())))
      await page.getByLabel('Password').fill(PASSWORD)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('link', { name: 'Dr ann' }).waitFor()
      assert.deepEqual(complaints, [])
    } finally {
      await browser.close()
    }
  })
}

test('nobody is offered what their role never sees: a researcher, a laboratory, a person with their own record', {
  skip,
}, async () => {
  await addUser(server, 'res', ['researcher'])
  await addUser(server, 'lab', ['laboratory'])
  await addUser(server, 'pat', ['patient'], 'Patient/own')
  await addUser(server, 'eva')
  const headers = await signedIn(server.url, 'eva')
  const { status } = await call(
    `${server.url}/api/patients`,
    'POST',
    { id: 'own', name: 'Example Own' },
    headers,
  )
  assert.equal(status, 201)
  const offered = async (user: string, path: string) => {
    const browser = await openBrowser(1280, 900)
    try {
      const { page, complaints } = await watchedPage(browser.context)
      await page.goto(`${server.url}${path}`)
      await page.getByLabel('Name').fill(user)
      await page.getByLabel('Password').fill(PASSWORD)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('link', { name: `Dr ${user}` }).waitFor()
      await page.waitForLoadState('networkidle')
      await page.getByRole('heading', { level: 1 }).waitFor()
      await assertAccessible(page, user)
      assert.deepEqual(await page.getByRole('alert').allTextContents(), [], `${user} meets no refusal`)
      assert.deepEqual(complaints, [])
      const named = (role: 'link' | 'tab') => page.getByRole(role).allTextContents()
      return [...(await named('link')), ...(await named('tab'))]
    } finally {
      await browser.close()
    }
  }
  const researcher = await offered('res', '/')
  assert.ok(!researcher.includes('Patients') && !researcher.includes('Add a patient'), researcher.join())
  const laboratory = await offered('lab', '/patients/own/act')
  assert.ok(laboratory.includes('Medication and files') && !laboratory.includes('Act on these'))
  const person = await offered('pat', '/')
  assert.deepEqual(
    person.filter((one) =>
      ['Add a patient', 'Documents to confirm', 'Cards', 'Jobs', 'Patients'].includes(one),
    ),
    [],
  )
  assert.ok(person.includes('Your record') && person.includes('Example Own'))
})

test('a part that cannot be loaded says so, and the frame stays', { skip }, async () => {
  const browser = await openBrowser(1280, 900)
  try {
    const { page } = await watchedPage(browser.context)
    await page.route(/account-page/, (route) => route.fulfill({ status: 404, body: '{}' }))
    await page.goto(`${server.url}/`)
    await page.getByLabel('Name').fill('res')
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('link', { name: 'Dr res' }).click()
    await page.getByRole('alert').getByText('This page cannot be shown').waitFor()
    await page.getByRole('link', { name: 'Facts' }).click()
    await page.getByRole('heading', { name: 'Facts', level: 1 }).waitFor()
  } finally {
    await browser.close()
  }
})
