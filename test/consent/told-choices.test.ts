import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { FamilyAnswer } from '../../src/app/germline/family.ts'
import { TENANT } from '../../src/app/tenant.ts'
import type { Resource } from '../../src/record/resource.ts'
import { compileConsent } from '../../src/safeguard/consent/compile-consent.ts'
import { RESULT_CHOICE } from '../../src/safeguard/consent/consent-codes.ts'
import { openStore } from '../../src/store/open-store.ts'
import { patientId } from '../../src/terms/ids.ts'
import { garrodWith } from '../support/command-line.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const home = newHome()
const ACT = { at: '2026-11-22T09:00:00.000Z', by: 'test' }
const file = join(home, 'pten.vcf')
const run = (...options: string[]) =>
  garrodWith({ GARROD_HOME: home, DATABASE_URL: undefined }, 'germline', file, '--json', ...options)

before(async () => {
  const store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
  for (const [name, type] of [
    ['yes', 'permit'],
    ['no', 'deny'],
    ['unasked', undefined],
  ] as const) {
    const id = patientId(name)
    const details = { id, name, sex: 'unknown', birthDate: undefined, identifiers: [] } as const
    await store.patients.add(TENANT, details, ACT)
    if (type === undefined) continue
    const consent = {
      resourceType: 'Consent',
      id: `consent-${name}`,
      status: 'active',
      dateTime: '2026-11-01',
      provision: { type, code: [{ coding: [{ system: RESULT_CHOICE, code: 'secondary-findings' }] }] },
    } satisfies Resource
    const index = [{ kind: 'reference', param: 'patient', type: 'Patient', id }] as const
    const rest = { action: 'put', compartment: id, index, labels: [], codes: [] } as const
    const json = JSON.stringify(consent)
    await store.resources.commit(
      TENANT,
      [{ type: 'Consent', id: consent.id, json, consent: compileConsent(consent), ...rest }],
      ACT,
    )
  }
  await store.close()
  const header =
    '##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. Format: Allele|Consequence|SYMBOL|Feature|HGVSc|HGVSp|EXON|Protein_position|MANE_SELECT">'
  writeFileSync(
    file,
    [
      '##fileformat=VCFv4.2',
      '##contig=<ID=chr10,length=133797422>',
      header,
      '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tkid',
      'chr10\t87957915\t.\tC\tT\t.\tPASS\tCSQ=T|stop_gained|PTEN|NM_000314.8|NM_000314.8:c.697C>T|NP_000305.3:p.(Arg233Ter)|7/9|233/403|NM_000314.8\tGT:AD:DP:GQ\t0/1:20,20:40:99',
      '',
    ].join('\n'),
  )
})
after(() => removeHome(home))

async function told(...options: string[]) {
  const { out, err, exit } = await run(...options)
  assert.notEqual(exit, 2, err)
  const answer = JSON.parse(out) as FamilyAnswer
  return {
    genes: answer.people.flatMap(({ findings }) => findings.map(({ variant }) => variant.gene)),
    notes: answer.notes.join(' '),
  }
}

test('a yes in the record is sought without the option, and the answer names the Consent', async () => {
  assert.deepEqual((await told()).genes, [])
  const { genes, notes } = await told('--patient', 'yes')
  assert.deepEqual(genes, ['PTEN'])
  assert.match(notes, /secondary findings: wanted \(Consent consent-yes\)/)
})

test('a no in the record is never overruled by the option', async () => {
  assert.deepEqual((await told('--patient', 'no')).genes, [])
  const { exit, out, err } = await run('--patient', 'no', '--secondary-findings')
  assert.equal(exit, 2)
  assert.equal(out, '')
  assert.match(err, /CHOICE_REFUSED/)
})

test('where nobody asked the person the option decides; a person who is not registered is told of', async () => {
  assert.deepEqual((await told('--patient', 'unasked')).genes, [])
  assert.deepEqual((await told('--patient', 'unasked', '--secondary-findings')).genes, ['PTEN'])
  const { exit, err } = await run('--patient', 'nobody')
  assert.equal(exit, 2)
  assert.match(err, /PATIENT_UNKNOWN/)
})
