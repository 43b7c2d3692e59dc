import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { fhirServer, type TestFhirServer } from '../support/fhir-server.ts'

const text = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'fhir.md'), 'utf8')
const hasCurl = spawnSync('curl', ['--version']).status === 0
const skip = hasCurl ? false : 'curl is not installed'

let server: TestFhirServer
before(async () => {
  server = await fhirServer()
})
after(() => server.close())

for (const [, commands, expected] of text.matchAll(/```sh\n([\s\S]*?)```\n```text\n([\s\S]*?)```/g)) {
  test(`docs/fhir.md: ${commands!.split('\n')[0]!.slice(0, 70)}`, { skip }, async () => {
    const { stdout } = await promisify(execFile)('bash', ['-c', commands!], {
      env: { PATH: process.env['PATH'] ?? '', BASE: server.base },
    })
    const lines = stdout.split('\n').map((line) => line.trim())
    let at = 0
    for (const line of expected!.trim().split('\n')) {
      const found = lines.findIndex((one, place) => place >= at && one.includes(line.trim()))
      assert.ok(found >= 0, `"${line}" is not in:\n${stdout}`)
      at = found + 1
    }
  })
}
