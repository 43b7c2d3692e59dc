import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { CallColumnsBuilder } from '../../src/intake/vcf/call-columns-builder.ts'
import { onlyPatient, UNRESTRICTED } from '../../src/record/resource-query.ts'
import {
  type CallColumns,
  callAt,
  genotypeCode,
  NONE,
  REFERENCE,
  THIS,
  type VariantName,
} from '../../src/record/variant-calls.ts'
import type { Store } from '../../src/store/store.ts'
import type { VariantReading } from '../../src/store/variants/variant-store.ts'
import { type PatientId, patientId, type TenantId, tenantId } from '../../src/terms/ids.ts'
import { restriction } from './example-resource.ts'
import { ACT, person } from './example-upload.ts'

type Carried = readonly [position: number, copies: 1 | 2]

/** SNVs A>G of chr1 at the positions. */
function calls(carried: readonly Carried[]): CallColumns {
  const builder = new CallColumnsBuilder()
  for (const [position, copies] of carried) {
    builder.add(
      0,
      position,
      'A',
      'G',
      genotypeCode(copies === 2 ? THIS : REFERENCE, THIS, false),
      'PASS',
      30,
      99,
    )
  }
  return builder.columns()
}

function reading(
  sha256: string,
  carried: readonly Carried[],
  more: Partial<VariantReading> = {},
): VariantReading {
  return { file: 'a.vcf', sha256, sample: 'S', assembly: 'GRCh38', calls: calls(carried), ...more }
}

const snv = (position: number, more: Partial<VariantName> = {}): VariantName => ({
  assembly: 'GRCh38',
  chromosome: 'chr1',
  position,
  ref: 'A',
  alt: 'G',
  ...more,
})

/** What the variant tiers must do on every engine. `store` is asked for when a test runs. */
export function variantSuite(engine: string, store: () => Store, skip: string | false = false): void {
  let tenants = 0
  const it = (what: string, work: (store: Store, tenant: TenantId) => Promise<void>) =>
    test(`${engine}: ${what}`, { skip }, async () => {
      tenants += 1
      await work(store(), tenantId(`variants-${tenants}`))
    })
  const add = (opened: Store, tenant: TenantId, id: string) => opened.patients.add(tenant, person(id), ACT)
  const keyed = (tenant: TenantId, id: string) => ({ tenant, patient: patientId(id) })
  const carriers = async (
    opened: Store,
    tenant: TenantId,
    variants: readonly VariantName[],
    within = UNRESTRICTED,
  ) =>
    (await opened.variants.carriers(tenant, variants, within)).map((list) =>
      list.map(({ patient, copies }) => `${patient} ${copies}`).join(),
    )

  it('a reading comes back as it was, and a carrier is found before and after the fold', async (opened, tenant) => {
    for (const id of ['ann', 'ben']) await add(opened, tenant, id)
    const builder = new CallColumnsBuilder()
    builder.add(22, 5, 'CT', 'C', genotypeCode(THIS, NONE, false), 'q10;s50', -1, -1)
    builder.add(0, 7, 'A', 'G', genotypeCode(REFERENCE, THIS, true), 'PASS', 31, 60)
    await opened.variants.write(keyed(tenant, 'ann'), reading('f1', [], { calls: builder.columns() }))
    await opened.variants.write(keyed(tenant, 'ben'), reading('f2', [[7, 2]]))
    const [read] = await opened.variants.read(keyed(tenant, 'ann'), UNRESTRICTED)
    assert.deepEqual(
      [read?.file, read?.sample, read?.assembly, read?.calls.count],
      ['a.vcf', 'S', 'GRCh38', 2],
    )
    const unset = { depth: undefined, quality: undefined }
    assert.deepEqual(callAt(read!.calls, 0), {
      chromosome: 'chrX',
      position: 5,
      ref: 'CT',
      alt: 'C',
      copies: 1,
      genotype: '1',
      filter: 'q10;s50',
      ...unset,
    })
    assert.deepEqual(callAt(read!.calls, 1), {
      chromosome: 'chr1',
      position: 7,
      ref: 'A',
      alt: 'G',
      copies: 1,
      genotype: '0|1',
      filter: 'PASS',
      depth: 31,
      quality: 60,
    })
    const asked = [
      snv(7),
      snv(8),
      snv(7, { assembly: 'GRCh37' }),
      snv(7, { alt: 'T' }),
      snv(5, { ref: 'TTAC', alt: 'TTGC' }),
      snv(5, { chromosome: 'chrX', ref: 'CT', alt: 'C' }),
    ]
    const expected = ['ann 1,ben 2', '', '', '', 'ann 1,ben 2', 'ann 1']
    assert.deepEqual(await carriers(opened, tenant, asked), expected)
    assert.equal(await opened.variants.fold(tenant, 1), 1)
    assert.deepEqual(await carriers(opened, tenant, asked), expected, 'one folded, one not')
    assert.equal(await opened.variants.fold(tenant, 10), 1)
    assert.equal(await opened.variants.fold(tenant, 10), 0)
    assert.deepEqual(await carriers(opened, tenant, asked), expected)
    assert.deepEqual(await carriers(opened, tenantId(`${tenant}-other`), asked), ['', '', '', '', '', ''])
  })

  it('the same file again replaces, another one adds; who is removed carries nothing', async (opened, tenant) => {
    for (const id of ['ann', 'ben']) await add(opened, tenant, id)
    const ann = keyed(tenant, 'ann')
    await opened.variants.write(
      ann,
      reading('f1', [
        [1, 1],
        [2, 1],
      ]),
    )
    await opened.variants.write(keyed(tenant, 'ben'), reading('f3', [[2, 1]]))
    await opened.variants.fold(tenant, 10)
    await opened.variants.write(ann, reading('f1', [[2, 2]]))
    assert.deepEqual(await carriers(opened, tenant, [snv(1), snv(2)]), ['', 'ann 2,ben 1'])
    await opened.variants.write(
      ann,
      reading('f2', [
        [2, 1],
        [3, 1],
      ]),
    )
    assert.deepEqual(
      await carriers(opened, tenant, [snv(2), snv(3)]),
      ['ann 2,ben 1', 'ann 1'],
      'two readings, one person',
    )
    assert.equal((await opened.variants.list(ann)).length, 2)
    await opened.variants.fold(tenant, 10)
    assert.deepEqual(await carriers(opened, tenant, [snv(1), snv(2), snv(3)]), ['', 'ann 2,ben 1', 'ann 1'])
    await opened.patients.remove(ann, ACT)
    assert.deepEqual(await carriers(opened, tenant, [snv(2), snv(3)]), ['ben 1', ''])
    await opened.variants.fold(tenant, 10)
    assert.deepEqual(await carriers(opened, tenant, [snv(2), snv(3)]), ['ben 1', ''])
    await assert.rejects(
      opened.variants.write(ann, reading('f1', [])),
      (error) => (error as { code?: string }).code === 'PATIENT_UNKNOWN',
    )
  })

  it('carriers and readings are what a restriction leaves of them', async (opened, tenant) => {
    for (const id of ['ann', 'ben', 'cleo']) {
      await add(opened, tenant, id)
      await opened.variants.write(keyed(tenant, id), reading(id, [[1, 1]]))
    }
    const seen = async (within: typeof UNRESTRICTED) => [
      ...(await carriers(opened, tenant, [snv(1)], within)),
      (await opened.variants.people(tenant, within, 10, undefined)).join(),
      (await opened.variants.read(keyed(tenant, 'ben'), within)).length,
    ]
    assert.deepEqual(await seen(UNRESTRICTED), ['ann 1,ben 1,cleo 1', 'ann,ben,cleo', 1])
    assert.deepEqual(await seen(onlyPatient(patientId('ben'), UNRESTRICTED)), ['ben 1', 'ben', 1])
    assert.deepEqual(await seen(restriction({ compartments: ['ann', 'cleo'] as PatientId[] })), [
      'ann 1,cleo 1',
      'ann,cleo',
      0,
    ])
    assert.deepEqual(await seen(restriction({ types: ['Patient'] })), ['', '', 0])
    const genetic = 'http://terminology.hl7.org/CodeSystem/v3-ActCode|GDIS'
    assert.deepEqual(await seen(restriction({ hiddenLabels: [genetic] })), ['', '', 0])
    const research = { purpose: 'HRESCH', actors: [], at: ACT.at, whenSilent: 'deny' as const }
    assert.deepEqual(await seen(restriction({ consent: research })), ['', '', 0])
    assert.deepEqual(await opened.variants.people(tenant, UNRESTRICTED, 1, patientId('ann')), ['ben'])
  })

  it('whatever is written, replaced, removed and folded: the carriers are those of a list kept beside', async (opened) => {
    const people = ['p0', 'p1', 'p2', 'p3'] as const
    const step = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          do: fc.constant('write' as const),
          who: fc.constantFrom(...people),
          file: fc.constantFrom('f', 'g'),
          carried: fc.uniqueArray(
            fc.tuple(fc.integer({ min: 1, max: 8 }), fc.constantFrom(1 as const, 2 as const)),
            { selector: ([position]) => position, maxLength: 6 },
          ),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constant('remove' as const), who: fc.constantFrom(...people) }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ do: fc.constant('fold' as const), most: fc.integer({ min: 1, max: 3 }) }),
      },
    )
    let runs = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        runs += 1
        const tenant = tenantId(`variants-model-${runs}`)
        const model = new Map<string, Map<string, readonly Carried[]>>()
        for (const one of steps) {
          if (one.do === 'fold') await opened.variants.fold(tenant, one.most)
          else if (one.do === 'remove') {
            if (model.delete(one.who)) await opened.patients.remove(keyed(tenant, one.who), ACT)
          } else {
            if (!model.has(one.who)) {
              await add(opened, tenant, one.who)
              model.set(one.who, new Map())
            }
            await opened.variants.write(
              keyed(tenant, one.who),
              reading(`${one.who} ${one.file}`, one.carried),
            )
            model.get(one.who)!.set(one.file, one.carried)
          }
          const expected = [1, 2, 3, 4, 5, 6, 7, 8].map((position) =>
            [...model]
              .map(
                ([who, files]) =>
                  [
                    who,
                    Math.max(
                      0,
                      ...[...files.values()]
                        .flat()
                        .filter(([at]) => at === position)
                        .map(([, copies]) => copies),
                    ),
                  ] as const,
              )
              .filter(([, copies]) => copies > 0)
              .sort()
              .map(([who, copies]) => `${who} ${copies}`)
              .join(),
          )
          assert.deepEqual(
            await carriers(
              opened,
              tenant,
              [1, 2, 3, 4, 5, 6, 7, 8].map((position) => snv(position)),
            ),
            expected,
          )
        }
      }),
      { numRuns: 8 },
    )
  })
}
