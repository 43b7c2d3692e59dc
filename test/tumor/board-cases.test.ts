import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BLOOD } from './board/blood.ts'
import { askBoard, type BoardAnswer, type Expectation } from './board/board-case.ts'
import { LUNG_AND_BOWEL } from './board/lung-and-bowel.ts'
import { OTHER_ORGANS } from './board/other-organs.ts'
import { RANKS } from './board/ranks.ts'

for (const one of [...LUNG_AND_BOWEL, ...OTHER_ORGANS, ...BLOOD, ...RANKS])
  test(`the board: ${one.name}`, async () => {
    check(await askBoard(one), one.expect)
  })

function check({ therapies, tiers, oncogenicity, scores }: BoardAnswer, expect: Expectation): void {
  const here = therapies.options.filter(({ standing }) => standing === 'this-disease')
  const usable = here.filter(({ blocked }) => !blocked)
  const named = (options: readonly { readonly drug: string }[]) => [
    ...new Set(options.map(({ drug }) => drug)),
  ]
  const ids = usable.map(({ id }) => id)
  holds('offered', named(usable), expect.offered, expect.notOffered)
  holds('offered', ids, expect.offeredIds, expect.notOfferedIds)
  holds('blocked', named(here.filter(({ blocked }) => blocked)), expect.blocked, [])
  holds('open', named(therapies.open), expect.open, expect.notOpen)
  holds('excluded', named(therapies.excluded), expect.excluded, [])
  holds('elsewhere', named(therapies.options.filter((one) => !here.includes(one))), expect.elsewhere, [])
  if (expect.first !== undefined)
    assert.ok(expect.first.includes(here[0]?.drug ?? ''), `first is ${here[0]?.drug}`)
  const places = new Map(therapies.options.map(({ id }, place) => [id, place]))
  for (const [earlier, later] of expect.order ?? [])
    assert.ok(places.get(earlier)! < places.get(later)!, `${earlier} stands before ${later}`)
  for (const [drug, said] of Object.entries(expect.missing ?? {}))
    assert.ok(
      therapies.open.some((one) => one.drug === drug && one.missing.some((text) => said.test(text))),
      `missing of ${drug}: ${said}`,
    )
  for (const [drug, said] of Object.entries(expect.against ?? {}))
    assert.ok(
      usable.some((one) => one.drug === drug && one.against.some((text) => said.test(text))),
      `against ${drug}: ${said}`,
    )
  for (const [name, tier] of Object.entries(expect.tiers ?? {})) {
    const found = tiers.alterations.find((one) => one.name === name)
    assert.equal(found && [found.tier, found.level].filter(Boolean).join('-'), tier, name)
  }
  for (const [name, drugs] of Object.entries(expect.notTierOne ?? {}))
    for (const { effect, therapies: of, tier } of tiers.alterations.find((one) => one.name === name)!
      .statements)
      assert.ok(tier !== 'I' || effect !== 'sensitivity' || !of.some((drug) => drugs.includes(drug)), `${of}`)
  for (const [change, is] of Object.entries(expect.oncogenicity ?? {}))
    assert.equal(
      oncogenicity.variants.find(({ variant }) => variant.hgvsP === change)?.oncogenicity.class,
      is,
      change,
    )
  for (const [score, is] of Object.entries(expect.scores ?? {})) assert.equal(scores[score]?.state, is, score)
}

function holds(
  what: string,
  found: readonly string[],
  has: readonly string[] = [],
  hasNot: readonly string[] = [],
): void {
  for (const one of has) assert.ok(found.includes(one), `${what} should hold ${one}: ${found.join(', ')}`)
  for (const one of hasNot) assert.ok(!found.includes(one), `${what} should not hold ${one}`)
}
