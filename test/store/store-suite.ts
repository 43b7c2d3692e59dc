import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { OutsideCall } from '../../src/record/genotype.ts'
import type { Store } from '../../src/store/store.ts'
import { rxCui, tenantId } from '../../src/terms/ids.ts'
// biome-ignore format: one line
import { ACT, call, genotypes, keyOf, panelCalls, person, receive, TENANT, textOf, upload } from './example-upload.ts'

/** What every engine must do; run for each of them. `store` is asked for when a test runs. */
export function storeSuite(engine: string, store: () => Store, skip: string | false = false): void {
  const it = (name: string, work: (store: Store) => Promise<void>) =>
    test(`${engine}: ${name}`, { skip }, () => work(store()))
  const refused = (code: string) => (error: unknown) => (error as { code?: string }).code === code

  it('people are listed by name and found by part of the name, identifier or id', async (store) => {
    const names = ['Zoë Ćwik', 'anna berg', 'Émile Roux', undefined]
    for (const [i, name] of names.entries()) {
      await store.patients.add(
        TENANT,
        person(`list-${i}`, { name, identifiers: [{ system: 'urn:mrn', value: `77-${i}` }] }),
        ACT,
      )
    }
    const found = async (search: string) =>
      (await store.patients.list(TENANT, { search })).patients.map(({ id }) => id)
    assert.deepEqual(await found('list-'), ['list-3', 'list-1', 'list-2', 'list-0'])
    assert.deepEqual(await found('emile'), ['list-2'])
    assert.deepEqual(await found('CWIK'), ['list-0'])
    assert.deepEqual(await found('77-1'), ['list-1'])
    assert.deepEqual(await found('7-1'), [], 'an identifier is matched from its start')
    assert.deepEqual(await found('%'), [], 'a percent sign is a percent sign')
    const byIdentifier = await store.patients.withIdentifier(TENANT, { system: 'urn:mrn', value: '77-2' })
    assert.equal(byIdentifier?.name, 'Émile Roux')
    assert.equal(
      await store.patients.withIdentifier(TENANT, { system: 'urn:other', value: '77-2' }),
      undefined,
    )
  })

  it('pages follow each other without gap or repeat', async (store) => {
    for (let i = 0; i < 7; i++)
      await store.patients.add(TENANT, person(`page-${i}`, { name: `P ${i % 2}` }), ACT)
    const seen: string[] = []
    let after: (typeof page)['next']
    let page: Awaited<ReturnType<typeof store.patients.list>>
    do {
      page = await store.patients.list(TENANT, { search: 'page-', limit: 3, ...(after ? { after } : {}) })
      assert.equal(page.total, 7)
      seen.push(...page.patients.map(({ id }) => id))
      after = page.next
    } while (after !== undefined)
    assert.deepEqual(seen, ['page-0', 'page-2', 'page-4', 'page-6', 'page-1', 'page-3', 'page-5'])
    await assert.rejects(store.patients.list(TENANT, { limit: 0 }), refused('PAGE_LIMIT'))
    await assert.rejects(store.patients.list(TENANT, { limit: 1001 }), refused('PAGE_LIMIT'))
    await assert.rejects(
      store.patients.list(TENANT, { after: keyOf('no-one').patient }),
      refused('PAGE_GONE'),
    )
  })

  it('an id or an identifier belongs to one person', async (store) => {
    const mrn = { system: 'urn:mrn', value: 'SECRET-4711' }
    await store.patients.add(TENANT, person('first', { identifiers: [mrn] }), ACT)
    await assert.rejects(store.patients.add(TENANT, person('first'), ACT), refused('PATIENT_EXISTS'))
    await assert.rejects(
      store.patients.add(TENANT, person('second', { identifiers: [mrn] }), ACT),
      (error: Error) => {
        assert.ok(refused('PATIENT_IDENTIFIER_TAKEN')(error))
        assert.match(error.message, /"first"/)
        assert.doesNotMatch(JSON.stringify(error) + error.message, /SECRET/, 'a fault may be logged')
        return true
      },
    )
    assert.equal(await store.patients.get(keyOf('second')), undefined, 'nothing of the refused person stays')
    const elsewhere = tenantId('elsewhere')
    await store.patients.add(elsewhere, person('first', { identifiers: [mrn] }), ACT)
    assert.equal((await store.patients.withIdentifier(elsewhere, mrn))?.id, 'first', 'tenants are apart')
  })

  it('two changes from one version: the second is told', async (store) => {
    const key = keyOf('changed')
    await store.patients.add(TENANT, person('changed', { name: 'Before' }), ACT)
    const results = await Promise.allSettled(
      ['A', 'B'].map((name) => store.patients.update(key, { name }, ACT, 1)),
    )
    assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
    const lost = results.find((one) => one.status === 'rejected')
    assert.ok(refused('RECORD_CHANGED')(lost?.reason))
    assert.equal((await store.patients.get(key))?.version, 2)
    await assert.rejects(
      store.patients.update(keyOf('no-one'), { name: 'X' }, ACT),
      refused('PATIENT_UNKNOWN'),
    )
  })

  it('changed identifiers free the old ones', async (store) => {
    const old = { system: 'urn:mrn', value: 'old' }
    await store.patients.add(TENANT, person('renumbered', { identifiers: [old] }), ACT)
    await store.patients.update(
      keyOf('renumbered'),
      { identifiers: [{ system: 'urn:mrn', value: 'new' }] },
      ACT,
    )
    assert.equal(await store.patients.withIdentifier(TENANT, old), undefined)
    await store.patients.add(TENANT, person('old-number', { identifiers: [old] }), ACT)
  })

  it('a record comes back as it was ingested', async (store) => {
    await store.patients.add(TENANT, person('whole', { name: 'W', sex: 'female', birthDate: '1980-05' }), ACT)
    const file = await receive(store, 'whole file')
    const outside = await receive(store, 'CYP2D6\t*1/*4', 'outside.tsv')
    const set = genotypes(file, 'S1', [...panelCalls(40), call('chrX:154535277', ['T', 'C'])])
    const outsideCall: OutsideCall = {
      gene: 'CYP2D6',
      diplotype: '*1/*4',
      phenotype: undefined,
      activityScore: undefined,
      source: { name: 'outside.tsv', format: 'outside-calls', sha256: outside.sha256 },
      line: 1,
    }
    const drugs = [
      { text: 'clopidogrel', rxcui: rxCui('32968'), atc: undefined, status: 'taking' as const },
      { text: 'Zocor', rxcui: undefined, atc: undefined, status: 'considered' as const },
    ]
    const receipt = await store.records.ingest(
      keyOf('whole'),
      upload(file, [set], {
        files: [
          { received: file, format: 'vcf' },
          { received: outside, format: 'outside-calls' },
        ],
        outsideCalls: [outsideCall],
        drugs,
        measurements: [{ kind: 'weight', value: 71.5, unit: 'kg' }],
      }),
      ACT,
      1,
    )
    assert.deepEqual(receipt, { version: 2, replaced: 0 })
    assert.equal(
      await store.records.change(
        keyOf('whole'),
        { context: { smoker: false, indications: ['acs'] } },
        ACT,
        2,
      ),
      3,
    )
    assert.deepEqual(await store.records.get(keyOf('whole')), {
      version: 3,
      record: {
        id: 'whole',
        name: 'W',
        sex: 'female',
        birthDate: '1980-05',
        identifiers: [],
        genotypes: [set],
        outsideCalls: [outsideCall],
        drugs,
        measurements: [{ kind: 'weight', value: 71.5, unit: 'kg' }],
        context: { smoker: false, indications: ['acs'] },
      },
    })
    const files = await store.archive.list(keyOf('whole'))
    assert.deepEqual(files.map(({ name }) => name).sort(), ['outside.tsv', 'sample.vcf'])
    assert.equal(await textOf(files.find(({ format }) => format === 'vcf')!), 'whole file')
    assert.equal(await store.records.get(keyOf('no-one')), undefined)
  })

  it('any drug list comes back in its order', async (store) => {
    await store.patients.add(TENANT, person('drugs'), ACT)
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((one) => !one.includes('\0'))
    const drug = fc.record(
      {
        text,
        rxcui: fc.option(fc.constant(rxCui('11289')), { nil: undefined }),
        atc: fc.constant(undefined),
        status: fc.constantFrom('taking' as const, 'considered' as const),
      },
      { noNullPrototype: true },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(drug, { maxLength: 8 }), async (drugs) => {
        await store.records.change(keyOf('drugs'), { drugs }, ACT)
        assert.deepEqual((await store.records.get(keyOf('drugs')))?.record.drugs, drugs)
      }),
      { numRuns: 30 },
    )
  })

  it('the same sample of the same file again replaces the first reading', async (store) => {
    const key = keyOf('again')
    await store.patients.add(TENANT, person('again'), ACT)
    const first = await receive(store, 'again file')
    await store.records.ingest(key, upload(first, [genotypes(first, 'S', panelCalls(3))]), ACT)
    const second = await receive(store, 'again file', 'renamed.vcf')
    const receipt = await store.records.ingest(
      key,
      upload(second, [genotypes(second, 'S', panelCalls(5))]),
      ACT,
    )
    assert.equal(receipt.replaced, 1)
    const sets = (await store.records.get(key))!.record.genotypes
    assert.deepEqual(
      sets.map(({ calls }) => calls.length),
      [5],
    )
    assert.equal((await store.archive.list(key)).length, 1)
  })

  it('a wrong patient is refused, and nothing of the upload stays', async (store) => {
    await store.patients.add(TENANT, person('his', { sex: 'male' }), ACT)
    await store.patients.add(TENANT, person('hers', { sex: 'female' }), ACT)
    const cases = [
      ['his', 'SEX_CONTRADICTION', [['S', call('chrX:154535277', ['T', 'C'])]]],
      ['hers', 'SEX_CONTRADICTION', [['S', call('chrX:154535277', ['T'])]]],
      [
        'his',
        'INGEST_TWO_PEOPLE',
        [
          ['S1', call('chr1:5', ['T', 'C'])],
          ['S2', call('chr1:5', ['T', 'C'])],
        ],
      ],
      ['no-one', 'PATIENT_UNKNOWN', [['S', call('chr1:5', ['T', 'C'])]]],
    ] as const
    for (const [id, code, samples] of cases) {
      const file = await receive(store, `file refused as ${code} for ${id}`)
      const sets = samples.map(([sample, one]) => genotypes(file, sample, [one]))
      await assert.rejects(store.records.ingest(keyOf(id), upload(file, sets), ACT), refused(code))
      assert.ok(existsSync(file.path), 'a refused file waits to be ingested rightly or discarded')
      await file.discard()
      assert.equal(existsSync(file.path), false)
    }
    for (const id of ['his', 'hers']) {
      const { record, version } = (await store.records.get(keyOf(id)))!
      assert.equal(version, 1)
      assert.deepEqual(record.genotypes, [])
      assert.deepEqual(await store.archive.list(keyOf(id)), [])
    }
  })

  it('one sample of one file is not two people; two samples of it may be', async (store) => {
    for (const id of ['twin-a', 'twin-b']) await store.patients.add(TENANT, person(id), ACT)
    const first = await receive(store, 'family file')
    await store.records.ingest(keyOf('twin-a'), upload(first, [genotypes(first, 'A', panelCalls(2))]), ACT)
    const second = await receive(store, 'family file')
    await assert.rejects(
      store.records.ingest(keyOf('twin-b'), upload(second, [genotypes(second, 'A', panelCalls(2))]), ACT),
      (error: Error) => refused('SAMPLE_OF_ANOTHER_PATIENT')(error) && /"twin-a"/.test(error.message),
    )
    const third = await receive(store, 'family file')
    await store.records.ingest(keyOf('twin-b'), upload(third, [genotypes(third, 'B', panelCalls(2))]), ACT)
    const [file] = await store.archive.list(keyOf('twin-a'))
    assert.ok(existsSync(file!.path), 'the refused upload did not take the file of the other person with it')
    assert.deepEqual(await store.patients.remove(keyOf('twin-a'), ACT), { filesDeleted: 0, filesShared: 1 })
    assert.ok(existsSync(file!.path), 'twin-b’s record rests on it')
    assert.deepEqual(await store.patients.remove(keyOf('twin-b'), ACT), { filesDeleted: 1, filesShared: 0 })
    assert.equal(existsSync(file!.path), false)
  })

  it('uploads at the same time all hold', async (store) => {
    const key = keyOf('busy')
    await store.patients.add(TENANT, person('busy'), ACT)
    const receipts = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => {
        const file = await receive(store, `busy ${i}`)
        return store.records.ingest(key, upload(file, [genotypes(file, `S${i}`, panelCalls(5))]), ACT)
      }),
    )
    assert.equal(new Set(receipts.map(({ version }) => version)).size, 12)
    const { record, version } = (await store.records.get(key))!
    assert.equal(version, 13)
    assert.equal(new Set(record.genotypes.map(({ sample }) => sample)).size, 12)
    assert.deepEqual(
      (await store.events.list(key)).map(({ number }) => number),
      Array.from({ length: 13 }, (_, i) => i + 1),
    )
  })

  it('removal leaves the log and nothing else', async (store) => {
    const key = keyOf('gone')
    const mrn = { system: 'urn:mrn', value: 'gone' }
    await store.patients.add(TENANT, person('gone', { name: 'Gone Person', identifiers: [mrn] }), ACT)
    const file = await receive(store, 'gone file')
    await store.records.ingest(
      key,
      upload(file, [genotypes(file, 'S', panelCalls(2))], {
        drugs: [{ text: 'abacavir', rxcui: undefined, atc: undefined, status: 'taking' }],
      }),
      ACT,
    )
    const plan = {
      engine: { name: 'garrod', version: '0.1.0' },
      facts: [{ id: 'cpic', version: '2024-01' }],
      recordVersion: 2,
      findings: [{ kind: 'pgx', subject: 'CYP2C19', json: '{}' }],
      json: '{}',
    }
    await store.plans.save(key, plan, ACT)
    const card = { uuid: 'gone-card', patient: key.patient, service: 'pgx', hook: 'order-sign', rules: [] }
    await store.cards.issue(TENANT, [card], ACT)
    assert.deepEqual(await store.patients.remove(key, ACT), { filesDeleted: 1, filesShared: 0 })
    assert.equal(await store.patients.get(key), undefined)
    assert.equal(await store.records.get(key), undefined)
    assert.equal(await store.plans.get(key), undefined)
    assert.deepEqual(await store.plans.findings(key, 1), [])
    assert.deepEqual(await store.archive.list(key), [])
    await assert.rejects(store.patients.remove(key, ACT), refused('PATIENT_UNKNOWN'))
    const events = await store.events.list(key)
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['patient-added', 'ingested', 'plan-saved', 'patient-removed'],
    )
    assert.doesNotMatch(JSON.stringify(events), /Gone Person|abacavir|CYP2C19/)
    const again = await receive(store, 'gone file')
    await store.patients.add(TENANT, person('gone-2', { identifiers: [mrn] }), ACT)
    await store.records.ingest(keyOf('gone-2'), upload(again, [genotypes(again, 'S', panelCalls(2))]), ACT)
  })

  it('plans are kept byte for byte, version by version', async (store) => {
    const key = keyOf('planned')
    await store.patients.add(TENANT, person('planned'), ACT)
    const first = {
      engine: { name: 'garrod', version: '0.1.0' },
      facts: [{ id: 'cpic', version: '2024-01' }],
      recordVersion: 1,
      findings: [
        { kind: 'pgx', subject: 'TPMT', json: '{"b":1,"a":2}' },
        { kind: 'pgx', subject: 'CYP2D6', json: '{ "gene": "CYP2D6" }' },
      ],
      json: '{"z": 1,  "a":"µ","z":2}',
    }
    assert.equal((await store.plans.save(key, first, ACT)).version, 1)
    assert.equal((await store.plans.save(key, first, ACT)).version, 1, 'the same again is the same version')
    const newer = { ...first, facts: [{ id: 'cpic', version: '2025-11' }], json: '{}' }
    assert.equal((await store.plans.save(key, newer, ACT)).version, 2)
    const old = await store.plans.get(key, 1)
    assert.equal(old?.json, first.json)
    assert.deepEqual(old?.facts, first.facts)
    assert.equal((await store.plans.get(key))?.version, 2)
    assert.deepEqual(
      (await store.plans.list(key)).map(({ version }) => version),
      [2, 1],
    )
    assert.deepEqual(await store.plans.findings(key, 1), [first.findings[1], first.findings[0]])
    assert.equal(await store.plans.get(key, 3), undefined)
    await assert.rejects(store.plans.save(keyOf('no-one'), first, ACT), refused('PATIENT_UNKNOWN'))
  })

  it('feedback finds the person and the rules of its card', async (store) => {
    const card = {
      uuid: 'c0ffee00-0000-4000-8000-000000000001',
      patient: keyOf('ehr-only').patient,
      service: 'pgx-order-sign',
      hook: 'order-sign',
      rules: ['cpic-clopidogrel-cyp2c19-poor'],
    }
    await store.cards.issue(TENANT, [card, { ...card, uuid: 'c0ffee00-0000-4000-8000-000000000002' }], ACT)
    const said = {
      card: card.uuid,
      outcome: 'overridden' as const,
      acceptedSuggestions: [],
      overrideReason: { code: 'patient-preference', system: 'urn:reasons', comment: undefined },
      outcomeAt: '2026-03-01T10:00:00.000Z',
    }
    await store.cards.feedback(TENANT, 'pgx-order-sign', [said], ACT)
    await store.cards.feedback(TENANT, 'pgx-order-sign', [said], ACT)
    const { uuid: _uuid, ...shown } = card
    assert.deepEqual(await store.cards.list(keyOf('ehr-only')), [{ ...shown, ...said }])
    const accepted = {
      ...said,
      outcome: 'accepted' as const,
      acceptedSuggestions: ['s1'],
      overrideReason: undefined,
    }
    const lost = { ...accepted, card: 'c0ffee00-0000-4000-8000-00000000dead' }
    await assert.rejects(
      store.cards.feedback(TENANT, 'pgx-order-sign', [accepted, lost], ACT),
      refused('CARD_UNKNOWN'),
    )
    await assert.rejects(
      store.cards.feedback(TENANT, 'pgx-patient-view', [accepted], ACT),
      refused('CARD_UNKNOWN'),
    )
    assert.equal((await store.cards.list(keyOf('ehr-only'))).length, 1, 'a batch is kept whole or not at all')
  })

  it('a sex that contradicts the stored genotypes is not registered', async (store) => {
    await store.patients.add(TENANT, person('corrected'), ACT)
    const file = await receive(store, 'corrected file')
    await store.records.ingest(
      keyOf('corrected'),
      upload(file, [genotypes(file, 'S', [call('chrX:154535277', ['T', 'C'])])]),
      ACT,
    )
    await assert.rejects(
      store.patients.update(keyOf('corrected'), { sex: 'male' }, ACT),
      refused('SEX_CONTRADICTION'),
    )
    assert.equal((await store.patients.get(keyOf('corrected')))?.sex, 'unknown')
    await store.patients.update(keyOf('corrected'), { sex: 'female' }, ACT)
  })

  it('a file that is not received to the end leaves nothing', async (store) => {
    async function* broken() {
      yield Buffer.from('half')
      throw new Error('the sender hung up')
    }
    await assert.rejects(store.archive.receive('half.vcf', broken()), /hung up/)
    assert.equal(await store.archive.sweep(), 0)
  })
}
