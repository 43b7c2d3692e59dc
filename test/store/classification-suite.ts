import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VariantName } from '../../src/record/variant-calls.ts'
import type { ClassifiedVariant } from '../../src/store/classifications/classification-store.ts'
import type { Store } from '../../src/store/store.ts'
import { type TenantId, tenantId } from '../../src/terms/ids.ts'
import { ACT } from './example-upload.ts'

const variant = (position: number): VariantName => ({
  assembly: 'GRCh38',
  chromosome: 'chr17',
  position,
  ref: 'G',
  alt: 'A',
})
const subject = (position: number, condition?: string): ClassifiedVariant => ({
  variant: variant(position),
  condition,
  names: { gene: 'BRCA1' },
})
const draft = { class: 'uncertain', json: '{"criteria":[]}' }

/** What is held of variants must be kept alike on every engine. `store` is asked for when a test runs. */
export function classificationSuite(engine: string, store: () => Store, skip: string | false = false): void {
  let tenants = 0
  const it = (what: string, work: (store: Store, tenant: TenantId) => Promise<void>) =>
    test(`${engine}: ${what}`, { skip }, async () => {
      tenants += 1
      await work(store(), tenantId(`classes-${tenants}`))
    })

  it('a draft is saved, signed and amended, and every version stays', async (opened, tenant) => {
    const { classifications } = opened
    const first = await classifications.open(tenant, subject(1), draft, ACT)
    assert.deepEqual([first.version, first.state, first.signedVersion], [1, 'draft', undefined])
    assert.deepEqual(first.subject, { ...subject(1), condition: undefined })
    const pathogenic = { class: 'pathogenic', json: '{"criteria":["PVS1"]}' }
    const signed = await classifications.save(tenant, first.id, { state: 'signed', ...pathogenic }, 1, ACT)
    assert.deepEqual([signed.version, signed.state, signed.signedVersion], [2, 'signed', 2])
    const again = await classifications.save(tenant, first.id, { state: 'draft', ...draft }, 2, ACT)
    assert.deepEqual([again.version, again.state, again.signedVersion], [3, 'draft', 2])
    assert.equal((await classifications.signed(tenant, [variant(1)]))[0]![0]!.class, 'pathogenic')
    const amended = await classifications.save(tenant, first.id, { state: 'signed', ...draft }, 3, ACT)
    assert.deepEqual([amended.version, amended.state, amended.signedVersion], [4, 'amended', 4])
    const history = await classifications.history(tenant, first.id)
    assert.deepEqual(
      history.map(({ version, state, class: held }) => `${version} ${state} ${held}`),
      ['4 amended uncertain', '3 draft uncertain', '2 signed pathogenic', '1 draft uncertain'],
    )
    assert.equal((await classifications.get(tenant, first.id, 2))?.json, pathogenic.json)
    assert.equal(await classifications.get(tenant, first.id, 9), undefined)
  })

  it('a variant has one classification for a disease, and may have another for another', async (opened, tenant) => {
    const { classifications } = opened
    const { id } = await classifications.open(tenant, subject(1, 'MONDO:0011450'), draft, ACT)
    await assert.rejects(
      classifications.open(tenant, subject(1, 'MONDO:0011450'), draft, ACT),
      (fault: Error) => fault.message.includes(id),
    )
    const other = await classifications.open(tenant, subject(1, 'MONDO:0019391'), draft, ACT)
    assert.deepEqual(await classifications.signed(tenant, [variant(1), variant(2)]), [[], []])
    await classifications.save(tenant, id, { state: 'signed', ...draft }, 1, ACT)
    await classifications.save(tenant, other.id, { state: 'signed', ...draft }, 1, ACT)
    const spelt = { ...variant(0), ref: 'CG', alt: 'CA' }
    const [here, nothing] = await classifications.signed(tenant, [spelt, variant(2)])
    assert.deepEqual(
      here!.map(({ subject: of }) => of.condition),
      ['MONDO:0011450', 'MONDO:0019391'],
    )
    assert.deepEqual(nothing, [])
    assert.deepEqual(await classifications.signed(tenantId(`${tenant}-other`), [variant(1)]), [[]])
  })

  it('of two who saw the same version the second is told', async (opened, tenant) => {
    const { classifications } = opened
    const { id } = await classifications.open(tenant, subject(1), draft, ACT)
    const saves = await Promise.allSettled(
      [1, 2, 3].map(() => classifications.save(tenant, id, { state: 'draft', ...draft }, 1, ACT)),
    )
    assert.equal(saves.filter(({ status }) => status === 'fulfilled').length, 1)
    for (const one of saves) {
      if (one.status === 'rejected') assert.equal(one.reason.code, 'CLASSIFICATION_CHANGED')
    }
    await assert.rejects(classifications.save(tenant, 'nobody', { state: 'draft', ...draft }, 1, ACT), {
      code: 'CLASSIFICATION_UNKNOWN',
    })
  })

  it('the list is by newest change, page by page', async (opened, tenant) => {
    const { classifications } = opened
    const ids: string[] = []
    for (const position of [1, 2, 3]) {
      const at = `2026-11-22T10:00:0${position}Z`
      ids.push((await classifications.open(tenant, subject(position), draft, { ...ACT, at })).id)
    }
    const first = await classifications.list(tenant, 2, undefined)
    assert.deepEqual(
      first.map(({ id }) => id),
      [ids[2], ids[1]],
    )
    const rest = await classifications.list(tenant, 2, ids[1])
    assert.deepEqual(
      rest.map(({ id }) => id),
      [ids[0]],
    )
  })
}
