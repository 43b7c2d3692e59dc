import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { needs, sharedData } from '../support/shared-data.ts'
import { readControls, root, securityPage } from './controls.ts'

const controls = readControls()
const read = (file: string) => readFileSync(join(root, file), 'utf8')

test('docs/evidence/security.md is made of controls.tsv (node scripts/write-docs.ts)', () => {
  assert.equal(read('docs/evidence/security.md'), securityPage(controls))
})

test('every test that is named exists, and every document says what it is named for', () => {
  const missing = controls.filter(({ status, file, proof }) => {
    if (status === 'written') return !read(file).includes(proof)
    if (status === 'proved') return !isTitle(read(file), proof)
    return file !== ''
  })
  assert.deepEqual(missing, [])
})

test('a requirement has one line', () => {
  const ids = controls.flatMap((one) => one.ids)
  assert.deepEqual(
    ids.filter((id, at) => ids.indexOf(id) !== at),
    [],
  )
})

const HIPAA = 'trust/regulation/hipaa-software-checks.json'
const ASVS = 'trust/security/owasp-asvs-5.0.0.flat.json'

test('no requirement is left out, and none is made up', { skip: needs(HIPAA) || needs(ASVS) }, () => {
  const { items } = JSON.parse(readFileSync(sharedData(HIPAA)!, 'utf8')) as { items: { cite: string }[] }
  const { requirements } = JSON.parse(readFileSync(sharedData(ASVS)!, 'utf8')) as {
    requirements: { req_id: string; L: string }[]
  }
  const asked = [
    ...items.map(({ cite }) => cite),
    ...requirements.filter(({ L }) => L === '1' || L === '2').map(({ req_id }) => req_id),
  ]
  assert.deepEqual(controls.flatMap((one) => one.ids).sort(), asked.sort())
})

/** `test('title'`, in any quotes and on any line; a title that is a template is compared as it is written. */
function isTitle(text: string, title: string): boolean {
  return ["'", '"', '`'].some((quote) => {
    const written = `${quote}${title}${quote}`
    const at = text.indexOf(written)
    return at >= 0 && /\btest\(\s*$/.test(text.slice(0, at))
  })
}
