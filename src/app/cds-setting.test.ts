import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Facts } from '../knowledge/facts.ts'
import { heldName } from './cds-setting.ts'
import { readConfig } from './config.ts'

const facts = Facts.find(readConfig({}).factFolders)

test('a mute is kept under the name that cards carry', () => {
  assert.equal(heldName('drug', 'Codeine', facts), 'codeine')
  assert.equal(heldName('drug', 'Plavix', facts), 'clopidogrel')
  assert.equal(heldName('drug', 'Braftovi', facts), 'encorafenib')
  assert.equal(heldName('drug', 'ceritinib', facts), 'ceritinib')
  assert.equal(heldName('gene', 'CYP2D6', facts), 'CYP2D6')
})

test('a mute that could hold nothing back is refused, with the name that may be meant', () => {
  assert.throws(() => heldName('drug', 'codiene', facts), {
    code: 'DRUG_UNKNOWN',
    mend: /Did you mean codeine/,
  })
})
