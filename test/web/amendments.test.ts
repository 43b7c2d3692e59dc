import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { call, type TestServer } from '../support/http-server.ts'
import { addUser, PASSWORD, signedIn, withLogin } from '../support/signed-in.ts'
import { assertAccessible } from './accessible.ts'
import { gone, noBrowser, openBrowser, watchedPage } from './chromium.ts'
import { pageIsBuilt } from './page-server.ts'
import { wholeServer } from './whole-server.ts'

const skip = noBrowser || (pageIsBuilt() ? false : 'the page is not built ("npm run build")')
let server: TestServer
before(async () => {
  if (skip) return
  server = await wholeServer(withLogin)
  await addUser(server, 'ann')
  await addUser(server, 'pat', ['patient'], 'Patient/p1')
  const headers = await signedIn(server.url, 'ann')
  await call(`${server.url}/api/patients`, 'POST', { id: 'p1', name: 'Example One' }, headers)
})
after(async () => {
  if (!skip) await server.close()
})

async function signIn(page: Page, user: string): Promise<void> {
  await page.goto(`${server.url}/patients/p1/amendments`)
  await page.getByLabel('Name').fill(user)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Corrections that this person asked for' }).waitFor()
}

test('a person asks for a correction, a clinician denies it, the person disagrees, all on the page', {
  skip,
}, async () => {
  const asking = await openBrowser(1280, 900)
  const deciding = await openBrowser(1280, 900)
  try {
    const { page: person, complaints } = await watchedPage(asking.context)
    await signIn(person, 'pat')
    await person.getByText('Do not stop, start or change a medicine because of it').waitFor()
    await person.getByLabel('What should the record say?').fill('Never smoked')
    await person.getByLabel('Why is it wrong now?').fill('I was mixed up with somebody else')
    await person.getByRole('button', { name: 'Ask for it' }).click()
    await person.getByRole('heading', { name: 'Never smoked (waits for an answer)' }).waitFor()
    await gone(person.getByRole('button', { name: 'Deny' }))
    await assertAccessible(person)

    const { page: clinician } = await watchedPage(deciding.context)
    await signIn(clinician, 'ann')
    await gone(clinician.getByText('Do not stop, start or change a medicine'))
    await clinician.getByRole('link', { name: 'Corrections 1' }).click()
    await clinician.getByRole('heading', { level: 1, name: 'Corrections' }).waitFor()
    await clinician.getByRole('row').filter({ hasText: 'Never smoked' }).getByRole('link').click()
    await clinician.getByLabel('It takes up to 30 days more').check()
    await clinician.getByLabel('Why it takes longer').fill('The questionnaire is in the archive.')
    await clinician.getByRole('button', { name: 'Take more time' }).click()
    await clinician.getByText('The questionnaire is in the archive.').waitFor()
    await gone(clinician.getByLabel('It takes up to 30 days more'))
    await clinician.getByLabel('The request is denied').check()
    await assertAccessible(clinician)
    await clinician.getByLabel('Answer to the person, in plain words').fill('Your own questionnaire says so.')
    await clinician.getByRole('button', { name: 'Deny' }).click()
    await clinician.getByRole('heading', { name: 'Never smoked (was denied)' }).waitFor()
    await clinician.getByText('The entry is accurate and complete').waitFor()
    await gone(clinician.getByRole('link', { name: /^Corrections \d/ }))

    await gone(person.getByRole('link', { name: 'Corrections' }))
    await person.reload()
    await person.getByText('You may write down that you disagree').waitFor()
    await person.getByLabel('Statement of disagreement').fill('I filled in none.')
    await person.getByRole('button', { name: 'Keep it with the entry' }).click()
    await person.getByText('I filled in none.').waitFor()
    assert.deepEqual(complaints, [])
  } finally {
    await asking.close()
    await deciding.close()
  }
})
