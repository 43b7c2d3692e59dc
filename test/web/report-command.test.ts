import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { garrod } from '../support/command-line.ts'

const genome = join(import.meta.dirname, '..', '..', 'examples', 'clopidogrel.vcf.gz')
const folder = mkdtempSync(join(tmpdir(), 'garrod-report-'))

after(() => rmSync(folder, { recursive: true, force: true }))

const person = [
  '--name',
  "Ann O'Neil <b>",
  '--birth-date',
  '1958-03-14',
  '--identifier',
  'urn:mrn|7',
  '--sex',
  'male',
]
const circumstances = [
  '--taking',
  'clopidogrel',
  '--indication',
  'acs-pci',
  '--weight',
  '72',
  '--as-of',
  '2026-11-22',
]
const asked = ['report', genome, ...person, ...circumstances]

test('a genome file becomes a page and a PDF that say the same each time', async () => {
  const [html, pdf] = [join(folder, 'r.html'), join(folder, 'r.pdf')]
  const first = await garrod(...asked, '--html', html, '--pdf', pdf)
  assert.deepEqual([first.exit === 2, first.out, first.err], [false, '', ''])
  const page = readFileSync(html, 'utf8')
  const paper = readFileSync(pdf)
  for (const text of [
    'CYP2C19',
    '*2/*2',
    'clopidogrel',
    'Ann O&#39;Neil &lt;b&gt;',
    '1958-03-14 (68 years)',
    '7 (urn:mrn)',
  ])
    assert.ok(page.includes(text), text)
  assert.equal((await garrod(...asked)).out, page)
  await garrod(...asked, '--pdf', pdf)
  assert.ok(readFileSync(pdf).equals(paper))
})

test('no raw code of a population is printed', async () => {
  const { out } = await garrod(...asked)
  assert.ok(out.includes('for patients with acute coronary syndrome'), 'population in words')
  assert.ok(!/for people, acs/.test(out))
})

test('the command printed in the report makes the same report', async () => {
  const { out: page } = await garrod(...asked, '--population', 'EUR')
  const text = /<pre>(.*?)<\/pre>/s
    .exec(page)![1]!
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
  const { out: again } = await garrod(...shellWords(text).slice(1))
  assert.equal(again, page)
})

/** Words of a POSIX shell line that quotes with single quotes and backslashes only. */
function shellWords(line: string): string[] {
  const words: string[] = []
  for (const [word] of line.matchAll(/(?:'[^']*'|\\.|[^\s'\\])+/g))
    words.push(word.replace(/'([^']*)'|\\(.)/g, (_, quoted, escaped) => quoted ?? escaped))
  return words
}

test('a place that cannot be written to is a fault', async () => {
  const { exit, err } = await garrod(...asked, '--html', join(folder, 'no', 'such', 'r.html'))
  assert.equal(exit, 2)
  assert.match(err, /code {3}OUTPUT_UNWRITABLE/)
})

test('no file at all is a fault', async () => {
  const { exit, err } = await garrod('report')
  assert.equal(exit, 2)
  assert.match(err, /code {3}USAGE_FILE/)
})
