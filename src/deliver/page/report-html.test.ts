import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleCase } from '../../../test/support/example-case.ts'
import { reportHtml } from './report-html.ts'
import type { ReportInput } from './report-input.ts'

const { record, findings, plan } = exampleCase
const input: ReportInput = { record, findings, plan, reportedOn: '2026-11-22', packs: [] }
const page = reportHtml(input)
const plain = page.replace(/<style>.*?<\/style>/s, '').replace(/<[^>]+>/g, ' ')

test('the same input gives the same page', () => assert.equal(reportHtml(input), page))

test('a name with markup is text', () => {
  const name = '<script>alert(1)</script><img src=x onerror=alert(2)>"\'&'
  const hostile = reportHtml({ ...input, record: { ...record, name } })
  assert.ok(!/<script|<img/i.test(hostile))
  assert.ok(hostile.includes('&lt;script&gt;alert(1)&lt;/script&gt;'))
})

test('an address that is no web page does not become a link', () => {
  const drugs = plan.drugs.map((drug) => ({
    ...drug,
    recommendations: drug.recommendations.map((one) => ({
      ...one,
      citation: { ...one.citation, url: 'javascript:alert(1)', pmids: ['1 onclick=x'] },
    })),
  }))
  assert.ok(!reportHtml({ ...input, plan: { ...plan, drugs } }).includes('javascript:'))
})

test('the page needs no script and no other file', () => {
  assert.ok(!/<script|<link|@import|src=|url\(/i.test(page))
})

test('drugs taken or considered come first, by harm; drugs never mentioned by the clinician after them', () => {
  const act = page.slice(page.indexOf('id="act"'), page.indexOf('id="drugs-title"'))
  const places = [
    'clopidogrel',
    'fluorouracil',
    'azathioprine',
    'codeine',
    'warfarin',
    'abacavir',
    'simvastatin',
  ].map((drug) => act.indexOf(`#drug-${drug}`))
  assert.ok(places.every((place) => place > 0))
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  )
})

test('every drug and every gene of the plan is on the page', () => {
  for (const { drug } of plan.drugs) assert.ok(plain.includes(drug.name), drug.name)
  for (const { gene } of findings) assert.ok(plain.includes(gene), gene)
})

test('what is not known is printed with its reason', () => {
  for (const text of [
    'Not known, because: No defining position of NUDT15 is in the file.',
    'CYP2C9: rs1799853 had 3 reads, at least 10 are needed',
    'No dose was calculated; missing: CYP2C9 diplotype, height.',
    'read too thinly: 3 reads, at least 10 wanted',
    'not known; find out: NUDT15 genotype',
  ])
    assert.ok(plain.includes(text), text)
})

test('the clinical phenotype stands beside the genetic one', () => {
  const row = page.slice(page.indexOf('<a href="#gene-cyp2d6">'), page.indexOf('<a href="#gene-dpyd">'))
  for (const text of [
    'by genotype',
    'Intermediate Metabolizer',
    'with current drugs',
    'Poor Metabolizer',
    'paroxetine, strong inhibitor',
  ])
    assert.ok(row.includes(text), text)
})

test('headings go down one level at a time, from one h1', () => {
  const levels = [...page.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]))
  assert.equal(levels.filter((level) => level === 1).length, 1)
  levels.reduce((above, level) => {
    assert.ok(level <= above + 1, `h${level} after h${above}`)
    return level
  })
})

test('every table has a caption or a title before it, and header cells with a scope', () => {
  const tables = page.match(/<table.*?<\/table>/gs) ?? []
  assert.ok(tables.length > 4)
  for (const table of tables) assert.ok(!/<th(?![^>]*scope=)[ >]/.test(table), table.slice(0, 200))
})

test('every internal link has its target, and no id stands twice', () => {
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
  assert.equal(new Set(ids).size, ids.length)
  for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.includes(target), target)
})

test('without files, drugs or findings the page still says what is not known', () => {
  const empty = reportHtml({
    ...input,
    record: { ...record, name: undefined, genotypes: [], outsideCalls: [], drugs: [] },
    findings: [],
    plan: { ...plan, drugs: [], interactions: [], facts: [] },
  })
  for (const text of [
    'Name not known',
    'no genotype file',
    'No medication list was given',
    'CYP2D6 is not known',
  ])
    assert.ok(empty.includes(text), text)
})
