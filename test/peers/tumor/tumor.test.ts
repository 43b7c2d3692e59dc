import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs } from '../../support/shared-data.ts'
import { agreement } from './approvals.ts'
import { EXTRA_BECAUSE, MISSED_BECAUSE } from './approvals-read.ts'
import { ASSERTIONS, assertionRows } from './assertions.ts'
import { AML, brafRetrieval, CIVIC_EVIDENCE, civicMatches } from './civic.ts'
import { hotspotRows, SOP, sopRows } from './sop.ts'
import { STATEMENTS } from './statement.ts'

test('codes of a peer combine to the points and class that it gives, for every variant of the set', {
  skip: needs(SOP),
}, async () => {
  for (const { name, combined, peer } of await sopRows())
    assert.deepEqual([combined.points, combined.class], [peer.points, peer.class], name)
})

test('expert labels: most are met exactly, none is contradicted', { skip: needs(SOP) }, async () => {
  const labelled = (await sopRows()).filter(({ label }) => label !== undefined)
  const exact = labelled.filter(({ label, assessed }) => label === assessed.class)
  assert.ok(exact.length >= 7, `${exact.length} of ${labelled.length}`)
  for (const { name, label, assessed } of labelled) {
    if (label!.endsWith('oncogenic')) assert.ok(assessed.points > 0, name)
    if (label!.endsWith('benign')) assert.ok(assessed.points < 0, name)
  }
})

test('hotspots of any gene: most are at least likely oncogenic, none is benign', {
  skip: needs(SOP),
}, async () => {
  const rows = await hotspotRows()
  const of = (pattern: RegExp) => rows.filter((row) => pattern.test(row.class)).length
  assert.equal(of(/benign/), 0)
  assert.ok(of(/oncogenic$/) / rows.length >= 0.8, `${of(/oncogenic$/)} of ${rows.length}`)
  assert.ok(of(/^oncogenic$/) >= 100, `${of(/^oncogenic$/)} are oncogenic`)
})

test('a code that is not assessed names what is missing', { skip: needs(SOP) }, async () => {
  for (const { name, assessed } of await sopRows())
    for (const { code, state, missing } of assessed.criteria)
      assert.equal(missing.length > 0, state === 'not-assessed', `${name} ${code}`)
})

test('real leukaemias: more calls fit a record by class than by exact change', {
  skip: needs(AML),
}, async () => {
  const found = await civicMatches()
  assert.ok(found.byClass > found.exact, `${found.byClass} by class, ${found.exact} exactly`)
  const reasons = [...found.unmatched.values()].reduce((sum, one) => sum + one, 0)
  assert.equal(found.exact + found.byClass + reasons, found.inGenes)
})

test('approvals: every statement of the set is found, or read and explained; every other approval is on a label', {
  skip: needs(STATEMENTS),
}, () => {
  const found = agreement('fda')
  assert.ok(found.recalled / found.statements >= 0.95, `${found.recalled} of ${found.statements}`)
  for (const { statement } of found.missed) assert.ok(MISSED_BECAUSE[statement.id], String(statement.id))
  for (const { id } of found.extra) assert.ok(EXTRA_BECAUSE[id], id)
  // No indication can have been approved after the label that the set read for it was printed; one date of the set is a slip.
  assert.deepEqual(found.dates.earlier, ['taletrectinib'])
})

test('assertions of CIViC: tier and level are those of its curators, their guideline flags entered as a user would', {
  skip: needs(ASSERTIONS),
}, () => {
  const rows = assertionRows()
  for (const { question, expected, withGuideline } of rows) assert.equal(withGuideline, expected, question)
  const plain = rows.filter(({ ours, expected }) => ours === expected)
  assert.ok(plain.length >= rows.length - 1, `${plain.length} of ${rows.length} without a guideline`)
})

test('evidence on BRAF V600E: every item of the release is found, and nothing else under its name', {
  skip: needs(CIVIC_EVIDENCE),
}, () => {
  const { release, found, byProfile } = brafRetrieval()
  assert.deepEqual(found, release)
  for (const name of byProfile.keys())
    assert.match(name, /^BRAF (V600E|V600|V600E\/K|MUTATION|EXON 15 MUTATION)$/, name)
})
