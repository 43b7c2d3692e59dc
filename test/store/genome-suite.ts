import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { copiesIn } from '../../src/app/classifications/carriers-in-genomes.ts'
import { spellingsOf } from '../../src/app/classifications/spellings.ts'
import { readVariantCalls } from '../../src/intake/variant-calls.ts'
import { UNRESTRICTED } from '../../src/record/resource-query.ts'
import type { VariantName } from '../../src/record/variant-calls.ts'
import { STRETCH } from '../../src/store/genomes/stretches-of.ts'
import type { PatientKey } from '../../src/store/person.ts'
import type { Store } from '../../src/store/store.ts'
import { patientId, type TenantId, tenantId } from '../../src/terms/ids.ts'
import { SequencesInMemory } from '../../src/variant/sequence.ts'
import { restriction } from './example-resource.ts'
import { ACT, person } from './example-upload.ts'

/** Bases around the border of two stretches of chr1, with repeats on both sides of it and across. */
const BEFORE = STRETCH - 30
const BASES = `${'N'.repeat(BEFORE)}GATCACACACAGTTTTTTTTTTGCATATATATATATATCGGGGACTGACTGACTGTAC`
const known = [
  { assembly: 'GRCh38', chromosome: '1', refseq: 'NC_000001.11', length: BASES.length, refget: 'SQ.x' },
] as const
const sequences = new SequencesInMemory('repeats', new Map([['chr1', BASES]]), known)

/** A change somewhere in the bases that are known: [start, end) is replaced. */
const change = fc
  .record({
    start: fc.integer({ min: 2, max: BASES.length - BEFORE - 12 }),
    deleted: fc.integer({ min: 0, max: 4 }),
    inserted: fc.oneof(fc.constant(''), fc.constantFrom('T', 'A', 'AC', 'CA', 'AT', 'TA', 'GACT', 'G', 'CC')),
  })
  .filter(({ deleted, inserted }) => deleted > 0 || inserted !== '')

/** As VCF may write it: so many bases of the sequence before, and after. */
const spelled = fc
  .tuple(change, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }))
  .map(([{ start, deleted, inserted }, before, after]): VariantName => {
    const at = BEFORE + start
    const from = at - Math.min(start, deleted === 0 || inserted === '' ? Math.max(1, before) : before)
    const to = Math.min(BASES.length, at + deleted + after)
    return {
      assembly: 'GRCh38',
      chromosome: 'chr1',
      position: from + 1,
      ref: BASES.slice(from, to),
      alt: BASES.slice(from, at) + inserted + BASES.slice(at + deleted, to),
    }
  })
  .filter(({ ref, alt }) => ref !== alt)

const genotype = fc.constantFrom('0/1', '1/1', '0|1', '1', '0/0', './1', '1/2', '0/2', '2/2')
const genome = fc.array(fc.tuple(spelled, spelled, genotype), { maxLength: 12 })

function vcf(records: readonly (readonly [VariantName, VariantName, string])[]): string {
  const lines = records.map(([{ position, ref, alt }, other, gt]) => {
    const second = other.position === position && other.ref === ref && other.alt !== alt ? other.alt : 'N'
    return [
      'chr1',
      position,
      '.',
      ref,
      gt.includes('2') ? `${alt},${second}` : alt,
      '.',
      'PASS',
      '.',
      'GT',
      gt,
    ].join('\t')
  })
  return [
    '##fileformat=VCFv4.2',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS',
    ...lines,
    '',
  ].join('\n')
}

/** What the tier of genomes must do on every engine. `store` is asked for when a test runs. */
export function genomeSuite(engine: string, store: () => Store, skip: string | false = false): void {
  let tenants = 0
  const it = (what: string, work: (store: Store, tenant: TenantId) => Promise<void>) =>
    test(`${engine}: ${what}`, { skip }, async () => {
      tenants += 1
      await work(store(), tenantId(`genomes-${tenants}`))
    })
  const file = (text: string) => ({
    name: 'a.vcf',
    bytes: text.length,
    async *read() {
      yield Buffer.from(text)
    },
  })
  async function take(
    opened: Store,
    key: PatientKey,
    text: string,
    sha256 = key.patient as string,
  ): Promise<void> {
    const content = { bytes: Buffer.from(text) }
    const calls = await readVariantCalls('a.vcf', content, 'S')
    await opened.genomes.write(key, { file: 'a.vcf', sha256, sample: 'S', assembly: 'GRCh38', calls: calls! })
  }
  const keyed = (tenant: TenantId, id: string) => ({ tenant, patient: patientId(id) })
  const carriers = async (
    opened: Store,
    tenant: TenantId,
    names: readonly VariantName[],
    within = UNRESTRICTED,
  ) =>
    (await opened.genomes.carriers(tenant, names, within)).map(
      ({ patient, copies }) => `${patient} ${copies}`,
    )

  it('the stretches tell the same carriers as every file read whole, before and after they are put together', async (opened) => {
    let runs = 0
    let found = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(genome, { minLength: 9, maxLength: 12 }),
        fc.array(spelled),
        async (people, asked) => {
          runs += 1
          const tenant = tenantId(`genomes-random-${engine}-${runs}`)
          const texts = people.map(vcf)
          for (const [i, text] of texts.entries()) {
            await opened.patients.add(tenant, person(`p${i}`), ACT)
            await take(opened, keyed(tenant, `p${i}`), text)
          }
          const carried = people.flat().map(([one]) => one)
          for (const folded of [false, true]) {
            if (folded) await opened.genomes.fold(tenant, 100)
            for (const variant of [...carried.slice(0, 6), ...asked]) {
              for (const names of [[variant], spellingsOf(variant, sequences).names]) {
                const whole: string[] = []
                for (const [i, text] of texts.entries()) {
                  const copies = await copiesIn(file(text), 'S', names)
                  if (copies > 0) whole.push(`p${i} ${copies}`)
                }
                assert.deepEqual(await carriers(opened, tenant, names), whole.sort())
                found += whole.length
              }
            }
          }
        },
      ),
      { numRuns: 5 },
    )
    assert.ok(found > 50, 'random variants are carried')
  })

  it('every spelling of an insertion or deletion in a repeat finds its carriers', async (opened, tenant) => {
    await opened.patients.add(tenant, person('ann'), ACT)
    const left = {
      assembly: 'GRCh38',
      chromosome: 'chr1',
      position: BEFORE + 3,
      ref: 'TCA',
      alt: 'T',
    } as const
    const right = { ...left, position: BEFORE + 9, ref: 'ACA', alt: 'A' }
    await take(opened, keyed(tenant, 'ann'), vcf([[right, right, '0/1']]))
    assert.deepEqual(await carriers(opened, tenant, [left]), [])
    assert.deepEqual(await carriers(opened, tenant, spellingsOf(left, sequences).names), ['ann 1'])
  })

  it('who is removed, hidden or read again is told as it is, and leaves the rows', async (opened, tenant) => {
    const snv = { assembly: 'GRCh38', chromosome: 'chr1', position: BEFORE + 3, ref: 'T', alt: 'G' } as const
    const ids = Array.from({ length: 9 }, (_, i) => `p${i}`)
    for (const id of ids) {
      await opened.patients.add(tenant, person(id), ACT)
      await take(opened, keyed(tenant, id), vcf([[snv, snv, '0/1']]))
    }
    assert.ok((await opened.genomes.fold(tenant, 100)) > 0)
    await take(opened, keyed(tenant, 'p0'), vcf([[snv, snv, '1/1']]))
    await opened.patients.remove(keyed(tenant, 'p1'), ACT)
    const rest = ids.filter((id) => id !== 'p1').map((id) => `${id} ${id === 'p0' ? 2 : 1}`)
    assert.deepEqual(await carriers(opened, tenant, [snv]), rest)
    await opened.genomes.fold(tenant, 100)
    assert.deepEqual(await carriers(opened, tenant, [snv]), rest)
    assert.deepEqual(
      await carriers(opened, tenant, [snv], restriction({ compartments: [patientId('p4')] })),
      ['p4 1'],
    )
    assert.deepEqual(await opened.genomes.list(keyed(tenant, 'p0')), [{ sha256: 'p0', sample: 'S' }])
  })
}
