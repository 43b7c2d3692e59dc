import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { assertAccessible } from './accessible.ts'
import { noBrowser, openBrowser, watchedPage } from './chromium.ts'
import { pageIsBuilt } from './page-server.ts'

const root = join(import.meta.dirname, '..', '..')
const skip = noBrowser || (pageIsBuilt() ? false : 'the page is not built ("npm run build")')

/** "garrod serve --demo" with a home of its own; resolves with its address once it prints it. */
async function startDemo(home: string): Promise<{ readonly url: string; readonly server: ChildProcess }> {
  const { DATABASE_URL: _, ...env } = process.env
  const server = spawn(process.execPath, [join(root, 'src/app/cli.ts'), 'serve', '--demo', '--port', '0'], {
    env: { ...env, GARROD_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      const address = /http:\/\/\S+/.exec(said)
      if (address !== null) resolve(address[0])
    }
    server.stdout.on('data', hear)
    server.stderr.on('data', hear)
    server.once('exit', (code) => reject(new Error(`garrod serve ended with ${code}: ${said}`)))
  })
  return { url, server }
}

async function stop(server: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await ended
}

/** The same genotypes under the name of a sample that nobody has. */
async function anotherPersons(name: string): Promise<Buffer> {
  const text = gunzipSync(await readFile(join(root, 'examples', `${name}.vcf.gz`))).toString('utf8')
  return Buffer.from(text.replace(/(\tFORMAT\t)\S+/, '$1NEW-1'))
}

test('the demo: example people, a real card, and a genome of a new person, from upload to advice', {
  skip,
}, async () => {
  const home = mkdtempSync(join(tmpdir(), 'garrod-demo-'))
  const { url, server } = await startDemo(home)
  const browser = await openBrowser(1280, 900)
  try {
    const { page, complaints } = await watchedPage(browser.context)
    await page.goto(url)
    await page.getByRole('link', { name: 'Example One' }).click()
    const act = page.getByRole('listitem').filter({ hasText: 'CYP2C19 *2/*2' })
    await act.filter({ hasText: 'Critical' }).filter({ hasText: 'clopidogrel' }).waitFor()
    await assertAccessible(page, 'act on these')

    await page.getByRole('tab', { name: 'Drugs' }).click()
    await page.getByRole('heading', { name: /^clopidogrel Critical/ }).waitFor()
    await assertAccessible(page, 'drugs')

    await page.getByRole('tab', { name: 'Try a drug' }).click()
    await page.getByRole('combobox', { name: 'Drug' }).fill('Plavix')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Ordering clopidogrel, the prescriber sees' }).waitFor()
    await page.getByText('Replace clopidogrel by prasugrel').waitFor()

    await page.getByRole('tab', { name: 'Report' }).click()
    await page.frameLocator('iframe').getByRole('heading', { name: 'Act on these' }).waitFor()
    const pdf = await page.request.get(`${url}/api/patients/example-1/report.pdf`)
    assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-')

    await page.goto(`${url}/add`)
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('New Person')
    await page.getByRole('button', { name: 'Add' }).click()
    await page.getByText('No genome file yet.').waitFor()
    const upload = page.locator('input[type=file]')
    await upload.setInputFiles({
      name: 'letter.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('Dear colleague'),
    })
    const fault = page.getByRole('alert')
    await fault.getByText('letter.txt was refused').waitFor()
    await fault.getByText('How to mend it').waitFor()
    await page.getByText('No genome file yet.').waitFor() // nothing was stored
    await upload.setInputFiles(join(root, 'examples', 'thiopurine.vcf.gz'))
    await fault.getByText('SAMPLE_OF_ANOTHER_PATIENT').waitFor() // it is Example Three's
    await upload.setInputFiles({
      name: 'new.vcf',
      mimeType: 'text/plain',
      buffer: await anotherPersons('thiopurine'),
    })
    await page.getByText('new.vcf was stored.').waitFor()
    await page.getByRole('combobox', { name: 'Add a drug' }).fill('azathioprine')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('button', { name: 'Remove azathioprine' }).waitFor()
    await page.getByRole('tab', { name: 'Act on these' }).click()
    await page.getByRole('listitem').filter({ hasText: 'azathioprine' }).filter({ hasText: 'TPMT' }).waitFor()
    assert.deepEqual(complaints, [])
  } finally {
    await browser.close()
    await stop(server)
    rmSync(home, { recursive: true, force: true })
  }
})
