import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { DRUG_PACK, drugBook, spellingKey } from './drug.ts'
import { Facts } from './facts.ts'
import { readTable } from './table.ts'

const facts = Facts.find([join(import.meta.dirname, '..', '..', 'facts')])
const book = drugBook(facts)

test('no RxNorm code stands for two drugs', () => {
  const seen = new Map<string, string>()
  for (const drug of book.drugs) {
    if (drug.rxcui === undefined) continue
    assert.equal(seen.get(drug.rxcui), undefined, `${drug.rxcui}: ${drug.name}`)
    seen.set(drug.rxcui, drug.name)
  }
  assert.ok(seen.size > 300)
})

test('a code taken from public lists names at least two of different origin', () => {
  // Three of the kinds come from one research group, so they vouch for each other no more than once.
  const oneGroup = new Set(['label-substance-map', 'ndfrt-map', 'interaction-annotation'])
  const pack = facts.pack(DRUG_PACK)
  const rows = readTable(pack.text('rxcui-evidence.tsv'), ['name', 'rxcui', 'evidence'], 'rxcui-evidence.tsv')
  const sources = new Map(
    readTable(pack.text('drugs.tsv'), ['name', 'rxcui_source'], 'drugs.tsv').map((row) => [
      row.name,
      row.rxcui_source,
    ]),
  )
  assert.ok(rows.length >= 37)
  for (const row of rows) {
    assert.equal(book.get(row.name)?.rxcui, row.rxcui, row.name)
    assert.equal(sources.get(row.name), 'public-lists', row.name)
    const origins = row.evidence.split(';').map((kind) => (oneGroup.has(kind) ? 'one group' : kind))
    assert.ok(new Set(origins).size >= 2, row.name)
  }
})

test('no spelling stands for two different sets of drugs', () => {
  const seen = new Map<string, string>()
  for (const other of book.otherNames) {
    const key = spellingKey(other.text)
    const drugs = other.drugs.join(';')
    assert.equal(seen.get(key) ?? drugs, drugs, other.text)
    seen.set(key, drugs)
    const generic = book.get(key)
    if (generic !== undefined) assert.deepEqual(other.drugs, [generic.name], other.text)
  }
})

test('every code has the shape of its system, and names are lower case', () => {
  for (const drug of book.drugs) {
    assert.equal(drug.name, drug.name.toLowerCase())
    if (drug.rxcui !== undefined) assert.match(drug.rxcui, /^\d{2,8}$/)
    for (const code of drug.atc) assert.match(code, /^[A-Z]\d\d[A-Z]{2}\d\d$/)
  }
})

test('classes have members', () => {
  for (const group of book.classes) assert.ok(book.membersOf(group).length > 0, group.code)
  const fluoropyrimidines = book.classNamed('fluoropyrimidine')
  assert.ok(fluoropyrimidines)
  assert.deepEqual(
    book.membersOf(fluoropyrimidines).map((drug) => drug.name),
    ['capecitabine', 'fluorouracil', 'tegafur'],
  )
})

test('prodrugs point to the substance whose guidelines concern them', () => {
  for (const drug of book.drugs) {
    if (drug.activeAs !== undefined) assert.ok(book.get(drug.activeAs), drug.name)
    for (const part of drug.contains) assert.ok(book.get(part), drug.name)
  }
})
