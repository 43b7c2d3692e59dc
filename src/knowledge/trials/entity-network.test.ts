import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFacts } from '../../../test/trials/matchminer-run.ts'
import { Fault } from '../../terms/fault.ts'
import { TAGGER_PACK } from './eligibility-tagger.ts'
import { entityNetworks } from './entity-network.ts'

const pack = builtInFacts().pack(TAGGER_PACK)
/** The pack with one of its files changed. */
const changed = (change: (networks: string) => string) => ({
  ...pack,
  text: (file: string) => (file === 'networks.tsv' ? change(pack.text(file)) : pack.text(file)),
})

test('a network whose parts do not fit together is refused', () => {
  const { networks, words } = entityNetworks(changed((text) => text))
  assert.ok(networks.length > 0 && words.length > 1_000)
  const refused = (change: (networks: string) => string) =>
    assert.throws(
      () => entityNetworks(changed(change)),
      (error) => error instanceof Fault && error.code === 'TAGGER_MALFORMED',
    )
  refused((text) => text.replace(/\n1\touter-bias\t[^\n]*/, ''))
  refused((text) => text.replace('\tforward-state\t', '\tforward-status\t'))
  // As many weights as before, in another shape.
  refused((text) =>
    text.replace(
      /\tinner\t(\d+)\t(\d+)\t/,
      (_, rows: string, columns: string) => `\tinner\t${columns}\t${rows}\t`,
    ),
  )
  refused((text) => text.slice(0, -200))
})
