import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Criterion, IndexEntry } from '../../src/record/resource-query.ts'
import { UNRESTRICTED } from '../../src/record/resource-query.ts'
import { patientId, tenantId } from '../../src/terms/ids.ts'
import type { Opened } from './both-engines.ts'
// biome-ignore format: one line
import { name, patientWrite, plain, query, reference, remove, restriction, token, write } from './example-resource.ts'
import { ACT, keyOf } from './example-upload.ts'

/** What the resource store must do on every engine. `bench` is asked for when a test runs. */
export function resourceSuite(engine: string, bench: () => Opened, skip: string | false = false): void {
  let tenants = 0
  const it = (what: string, work: (bench: Opened, tenant: ReturnType<typeof tenantId>) => Promise<void>) =>
    test(`${engine}: ${what}`, { skip }, () => {
      tenants += 1
      return work(bench(), tenantId(`resources-${tenants}`))
    })
  const refused = (code: string) => (error: unknown) => (error as { code?: string }).code === code

  it('a resource is created, read, changed, deleted and remembered', async ({ resources }, tenant) => {
    const ref = { type: 'Organization', id: 'o1' }
    const put = (display: string, at: string) =>
      resources.commit(
        tenant,
        [{ ...write('', 'Organization', 'o1', { body: { name: display } }), action: 'put' }],
        { ...ACT, at },
      )
    assert.equal(await resources.read(tenant, ref, UNRESTRICTED), undefined)
    const [made] = await put('First', '2026-03-01T10:00:00.000Z')
    assert.deepEqual(made, {
      ...ref,
      compartment: '',
      version: 1,
      action: 'created',
      lastUpdated: '2026-03-01T10:00:00.000Z',
    })
    const read = await resources.read(tenant, ref, UNRESTRICTED)
    assert.deepEqual(JSON.parse(read!.json!), {
      resourceType: 'Organization',
      id: 'o1',
      meta: { versionId: '1', lastUpdated: '2026-03-01T10:00:00.000Z' },
      name: 'First',
    })
    const [same] = await put('First', '2026-03-01T11:00:00.000Z')
    assert.deepEqual([same!.action, same!.version], ['unchanged', 1])
    const [changed] = await put('Second', '2026-03-01T09:00:00.000Z')
    assert.deepEqual([changed!.action, changed!.version], ['updated', 2])
    assert.equal(
      changed!.lastUpdated,
      '2026-03-01T10:00:00.000Z',
      'a clock that is behind does not turn time back',
    )
    const [gone] = await resources.commit(tenant, [remove('', 'Organization', 'o1')], {
      ...ACT,
      at: '2026-03-02T00:00:00.000Z',
    })
    assert.deepEqual([gone!.action, gone!.version], ['deleted', 3])
    const tombstone = await resources.read(tenant, ref, UNRESTRICTED)
    assert.deepEqual([tombstone!.deleted, tombstone!.json, tombstone!.version], [true, undefined, 3])
    const again = await resources.commit(tenant, [remove('', 'Organization', 'o1')], ACT)
    assert.equal(again[0]!.action, 'unchanged')
    const [back] = await put('Third', '2026-03-03T00:00:00.000Z')
    assert.deepEqual([back!.action, back!.version], ['created', 4])
    const second = await resources.readVersion(tenant, ref, 2, UNRESTRICTED)
    assert.equal(JSON.parse(second!.json!).name, 'Second')
    assert.equal((await resources.readVersion(tenant, ref, 4, UNRESTRICTED))!.version, 4)
    assert.equal(await resources.readVersion(tenant, ref, 5, UNRESTRICTED), undefined)
    const all = {
      type: undefined,
      id: undefined,
      since: undefined,
      at: undefined,
      count: 10,
      after: undefined,
    }
    const history = await resources.history(tenant, { ...all, ...ref }, UNRESTRICTED)
    assert.deepEqual(
      history.resources.map(({ version, deleted }) => [version, deleted]),
      [
        [4, false],
        [3, true],
        [2, false],
        [1, false],
      ],
    )
    for (const [from, until, versions] of [
      ['2026-02-01T00:00', '2026-02-02T00:00', []],
      // Nothing was written in that hour: the version of before was the one that stood.
      ['2026-03-01T12:00', '2026-03-01T13:00', [2]],
      ['2026-03-01T12:00', '2026-03-02T01:00', [3, 2]],
      ['2026-03-02T00:00', '2026-03-03T00:00', [3]],
      ['2026-03-02T05:00', '2026-03-02T06:00', []],
      ['2026-03-05T00:00', '2026-03-06T00:00', [4]],
    ] as const) {
      const at = { from: `${from}:00.000Z`, until: `${until}:00.000Z` }
      const current = await resources.history(tenant, { ...all, at }, UNRESTRICTED)
      assert.deepEqual(
        current.resources.map(({ version }) => version),
        versions,
        from,
      )
    }
    const late = await resources.history(tenant, { ...all, since: '2026-03-02T00:00:00.000Z' }, UNRESTRICTED)
    assert.deepEqual(
      late.resources.map(({ version }) => version),
      [4, 3],
    )
    const pages: number[] = []
    let after: string | undefined
    do {
      const page = await resources.history(
        tenant,
        { ...all, type: 'Organization', count: 1, after },
        UNRESTRICTED,
      )
      pages.push(...page.resources.map(({ version }) => version))
      after = page.next
    } while (after !== undefined)
    assert.deepEqual(pages, [4, 3, 2, 1])
  })

  it('a create needs a free id, a delete a resource, If-Match the newest version; a failed commit leaves nothing', async ({
    resources,
  }, tenant) => {
    await resources.commit(tenant, [write('', 'Organization', 'o1')], ACT)
    const other = write('', 'Organization', 'o2')
    await assert.rejects(
      resources.commit(tenant, [other, write('', 'Organization', 'o1')], ACT),
      refused('RESOURCE_EXISTS'),
    )
    await assert.rejects(
      resources.commit(tenant, [other, remove('', 'Organization', 'nobody')], ACT),
      refused('RESOURCE_UNKNOWN'),
    )
    const put = { ...write('', 'Organization', 'o1', { body: { name: 'x' } }), action: 'put' as const }
    await assert.rejects(
      resources.commit(tenant, [other, { ...put, expected: 2 }], ACT),
      refused('RECORD_CHANGED'),
    )
    await assert.rejects(resources.commit(tenant, [other, other], ACT), refused('RESOURCE_TWICE'))
    assert.equal(await resources.read(tenant, other, UNRESTRICTED), undefined)
    const [done] = await resources.commit(tenant, [{ ...put, expected: 1 }], ACT)
    assert.equal(done!.version, 2)
  })

  it('a Patient is a registered person, written in one transaction', async ({
    resources,
    patients,
  }, tenant) => {
    const mrn = { system: 'urn:mrn', value: '4711' }
    const ann = patientWrite('ann')
    const annId = { ...ann.identity!, name: 'Ann', identifiers: [mrn] }
    const lab = write('ann', 'Observation', 'lab', { index: [token('code', 'http://loinc.org', '718-7')] })
    await assert.rejects(resources.commit(tenant, [lab], ACT), refused('PATIENT_UNKNOWN'))
    // Whatever their order in the transaction.
    await resources.commit(tenant, [lab, { ...ann, identity: annId }], ACT)
    assert.equal((await patients.get({ tenant, patient: patientId('ann') }))?.name, 'Ann')
    await assert.rejects(
      resources.commit(tenant, [patientWrite('ben', { identity: { ...annId, id: patientId('ben') } })], ACT),
      refused('PATIENT_IDENTIFIER_TAKEN'),
    )
    assert.equal(await resources.read(tenant, { type: 'Patient', id: 'ben' }, UNRESTRICTED), undefined)
    await resources.commit(
      tenant,
      [
        {
          ...ann,
          action: 'put',
          identity: { ...annId, name: 'Anna' },
          json: JSON.stringify({ resourceType: 'Patient', id: 'ann', active: true }),
        },
      ],
      ACT,
    )
    const changed = await patients.get({ tenant, patient: patientId('ann') })
    assert.deepEqual([changed?.name, changed?.version], ['Anna', 2])
    await assert.rejects(
      resources.commit(tenant, [remove('ann', 'Patient', 'ann')], ACT),
      refused('PATIENT_HAS_RECORD'),
    )
    await resources.commit(tenant, [remove('ann', 'Observation', 'lab')], ACT)
    await resources.commit(tenant, [remove('ann', 'Patient', 'ann')], ACT)
    assert.equal(await patients.get({ tenant, patient: patientId('ann') }), undefined)
    assert.equal((await resources.read(tenant, { type: 'Patient', id: 'ann' }, UNRESTRICTED))?.deleted, true)
    assert.equal(await resources.read(tenant, { type: 'Observation', id: 'lab' }, UNRESTRICTED), undefined)
    const [back] = await resources.commit(tenant, [{ ...ann, action: 'put' }], ACT)
    assert.deepEqual([back!.action, back!.version], ['created', 3 + 1])
  })

  it('somebody registered without a resource gets one by a put, and is refused as a create', async ({
    resources,
    patients,
  }, tenant) => {
    const { identity } = patientWrite('cleo')
    await patients.add(tenant, identity!, ACT)
    await assert.rejects(resources.commit(tenant, [patientWrite('cleo')], ACT), refused('PATIENT_EXISTS'))
    await resources.commit(tenant, [{ ...patientWrite('cleo'), action: 'put' }], ACT)
    assert.equal((await patients.get({ tenant, patient: patientId('cleo') }))?.version, 2)
    await patients.remove({ tenant, patient: patientId('cleo') }, ACT)
    assert.equal(await resources.read(tenant, { type: 'Patient', id: 'cleo' }, UNRESTRICTED), undefined)
  })

  it('a resource never moves between people', async ({ resources }, tenant) => {
    await resources.commit(
      tenant,
      [patientWrite('p1'), patientWrite('p2'), write('p1', 'Observation', 'o')],
      ACT,
    )
    for (const action of ['create', 'put'] as const) {
      await assert.rejects(
        resources.commit(tenant, [{ ...write('p2', 'Observation', 'o'), action }], ACT),
        refused('RESOURCE_OF_ANOTHER_PATIENT'),
      )
    }
    await assert.rejects(
      resources.commit(tenant, [remove('', 'Observation', 'o')], ACT),
      refused('RESOURCE_OF_ANOTHER_PATIENT'),
    )
    await resources.commit(tenant, [remove('p1', 'Observation', 'o')], ACT)
    await assert.rejects(
      resources.commit(tenant, [{ ...write('p2', 'Observation', 'o'), action: 'put' }], ACT),
      refused('RESOURCE_OF_ANOTHER_PATIENT'),
    )
  })

  it('two writers on one resource: one wins, the other is told; neither waits for ever', async ({
    resources,
  }, tenant) => {
    await resources.commit(
      tenant,
      [
        patientWrite('w'),
        write('w', 'Observation', 'a'),
        write('w', 'Observation', 'b'),
        write('', 'Organization', 'c'),
      ],
      ACT,
    )
    for (let round = 0; round < 10; round++) {
      const put = (i: number) => (type: string, id: string, where: string) => ({
        ...write(where, type, id, { body: { note: [{ text: `${round} ${i}` }] } }),
        action: 'put' as const,
        expected: round + 1,
      })
      const results = await Promise.allSettled([
        resources.commit(
          tenant,
          [put(1)('Observation', 'a', 'w'), put(1)('Observation', 'b', 'w'), put(1)('Organization', 'c', '')],
          ACT,
        ),
        resources.commit(
          tenant,
          [put(2)('Organization', 'c', ''), put(2)('Observation', 'b', 'w'), put(2)('Observation', 'a', 'w')],
          ACT,
        ),
      ])
      assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
      for (const result of results)
        if (result.status === 'rejected') assert.equal(result.reason.code, 'RECORD_CHANGED')
    }
    const made = await Promise.allSettled(
      [1, 2, 3, 4].map(() => resources.commit(tenant, [write('', 'Organization', 'new')], ACT)),
    )
    assert.equal(made.filter(({ status }) => status === 'fulfilled').length, 1)
    for (const one of made) if (one.status === 'rejected') assert.equal(one.reason.code, 'RESOURCE_EXISTS')
  })

  const ids = async (
    { resources }: Opened,
    tenant: ReturnType<typeof tenantId>,
    type: string,
    criteria: readonly Criterion[],
  ) => {
    const page = await resources.search(tenant, query(type, criteria))
    assert.equal(page.total, page.resources.length)
    return page.resources.map(({ id }) => id)
  }

  it('tokens: system and code, either alone, none, and not', async (b, tenant) => {
    const loinc = 'http://loinc.org'
    await b.resources.commit(
      tenant,
      [
        write('', 'Observation', '1', { index: [token('code', loinc, 'a')] }),
        write('', 'Observation', '2', {
          index: [token('code', 'urn:other', 'a'), token('code', loinc, 'b')],
        }),
        write('', 'Observation', '3', { index: [token('code', undefined, 'a')] }),
        write('', 'Observation', '4'),
      ],
      ACT,
    )
    const of = (system: string | undefined, code: string | undefined, not = false) =>
      ids(b, tenant, 'Observation', [{ kind: 'token', param: 'code', not, values: [{ system, code }] }])
    assert.deepEqual(await of(loinc, 'a'), ['1'])
    assert.deepEqual(await of(undefined, 'a'), ['1', '2', '3'])
    assert.deepEqual(await of('', 'a'), ['3'])
    assert.deepEqual(await of(loinc, undefined), ['1', '2'])
    assert.deepEqual(await of(loinc, 'a', true), ['2', '3', '4'])
    assert.deepEqual(await of(loinc, 'c'), [])
    const missing = (yes: boolean) =>
      ids(b, tenant, 'Observation', [{ kind: 'missing', param: 'code', missing: yes }])
    assert.deepEqual(await missing(true), ['4'])
    assert.deepEqual(await missing(false), ['1', '2', '3'])
  })

  it('names are found by the beginning of a word or exactly, never by a part, and are nowhere as text', async (b, tenant) => {
    await b.resources.commit(
      tenant,
      [
        write('', 'Practitioner', '1', {
          index: [name('name', 'Zoë Ćwik-Meyer'), token('identifier', 'urn:npi', 'PLANTED-77')],
        }),
        write('', 'Practitioner', '2', { index: [name('name', 'Zora PLANTED')] }),
        write('', 'Organization', '3', { index: [plain('name', 'Zentrum für Genetik')] }),
      ],
      ACT,
    )
    const by = (type: string, match: 'starts' | 'contains' | 'exact', text: string) =>
      ids(b, tenant, type, [{ kind: 'string', param: 'name', match, values: [text] }])
    assert.deepEqual(await by('Practitioner', 'starts', 'ZO'), ['1', '2'])
    assert.deepEqual(await by('Practitioner', 'starts', 'zoe cw'), ['1'])
    assert.deepEqual(await by('Practitioner', 'starts', 'meyer'), ['1'])
    assert.deepEqual(await by('Practitioner', 'starts', 'eyer'), [])
    assert.deepEqual(await by('Practitioner', 'starts', ''), [])
    assert.deepEqual(await by('Practitioner', 'exact', 'Zoë Ćwik-Meyer'), ['1'])
    assert.deepEqual(await by('Practitioner', 'exact', 'zoe cwik-meyer'), [])
    await assert.rejects(by('Practitioner', 'contains', 'wik'), refused('SEARCH_CONTAINS_REFUSED'))
    await assert.rejects(
      b.resources.search(
        tenant,
        query('Patient', [
          {
            kind: 'chain',
            param: 'general-practitioner',
            type: 'Practitioner',
            criteria: [{ kind: 'string', param: 'name', match: 'contains', values: ['wik'] }],
          },
        ]),
      ),
      refused('SEARCH_CONTAINS_REFUSED'),
    )
    assert.deepEqual(await by('Organization', 'starts', 'zentrum fur'), ['3'])
    assert.deepEqual(await by('Organization', 'starts', 'genetik'), [])
    assert.deepEqual(await by('Organization', 'contains', 'GENETIK'), ['3'])
    assert.deepEqual(await by('Organization', 'contains', '%'), [])
    assert.deepEqual(await by('Organization', 'exact', 'Zentrum für Genetik'), ['3'])
    assert.deepEqual(
      await ids(b, tenant, 'Practitioner', [
        {
          kind: 'token',
          param: 'identifier',
          not: false,
          values: [{ system: undefined, code: 'PLANTED-77' }],
        },
      ]),
      ['1'],
    )
    for (const table of ['resource', 'resource_index', 'resource_version']) {
      const rows = await b.database.rows<{ row: string }>(
        `select r::text as row from ${table} r where tenant_id = $1`,
        [tenant],
      )
      for (const { row } of rows) assert.doesNotMatch(row, /planted|zora|cwik/i)
    }
  })

  it('references, URIs, composites', async (b, tenant) => {
    const composite = (
      id: string,
      parts: string[],
      value?: number,
      unit = 'http://unitsofmeasure.org|mg/dL',
    ) =>
      write('', 'Observation', id, {
        index: [
          {
            kind: 'composite',
            param: 'code-value',
            parts,
            ...(value === undefined
              ? {}
              : { interval: { of: 'number', low: value - 0.05, high: value + 0.05, unit } }),
          },
        ],
      })
    await b.resources.commit(
      tenant,
      [
        write('', 'Device', '1', {
          index: [
            reference('owner', 'Organization', 'x'),
            { kind: 'uri', param: 'url', uri: 'http://a.org/fhir' },
          ],
        }),
        write('', 'Device', '2', {
          index: [
            reference('owner', 'Practitioner', 'x'),
            { kind: 'uri', param: 'url', uri: 'http://a.org/fhir/Device' },
          ],
        }),
        write('', 'Device', '3', { index: [{ kind: 'uri', param: 'url', uri: 'http://a.org/fhirbird' }] }),
        composite('c1', ['urn:s|glucose', ''], 5.4),
        composite('c2', ['urn:s|glucose', ''], 5.5),
        composite('c3', ['urn:t|glucose', 'urn:v|high']),
        composite('c4', ['urn:s|"quoted\\', 'urn:v|a,b']),
      ],
      ACT,
    )
    const owner = (type: string | undefined) =>
      ids(b, tenant, 'Device', [{ kind: 'reference', param: 'owner', values: [{ type, id: 'x' }] }])
    assert.deepEqual(await owner('Organization'), ['1'])
    assert.deepEqual(await owner(undefined), ['1', '2'])
    const url = (match: 'exact' | 'below') =>
      ids(b, tenant, 'Device', [{ kind: 'uri', param: 'url', match, values: ['http://a.org/fhir'] }])
    assert.deepEqual(await url('exact'), ['1'])
    assert.deepEqual(await url('below'), ['1', '2'])
    const found = (parts: string[], op?: 'gt' | 'eq', value = 5.4, unit?: string) =>
      ids(b, tenant, 'Observation', [
        {
          kind: 'composite',
          param: 'code-value',
          values: [parts],
          ...(op === undefined
            ? {}
            : {
                intervals: [
                  {
                    of: 'number',
                    op,
                    low: value - 0.05,
                    high: value + 0.05,
                    ...(unit === undefined ? {} : { unit }),
                  },
                ],
              }),
        },
      ])
    assert.deepEqual(await found(['urn:s|glucose', ''], 'gt'), ['c2'])
    assert.deepEqual(await found(['glucose', ''], 'eq'), ['c1'])
    assert.deepEqual(await found(['glucose', ''], 'eq', 5.4, 'http://unitsofmeasure.org|mmol/L'), [])
    assert.deepEqual(await found(['glucose', 'high']), ['c3'])
    assert.deepEqual(await found(['urn:t|glucose', 'urn:v|high']), ['c3'])
    assert.deepEqual(await found(['urn:s|glucose', 'urn:v|high']), [])
    assert.deepEqual(await found(['urn:s|"quoted\\', 'a,b']), ['c4'])
  })

  it('dates and numbers: every prefix, on both sides of its edge', async (b, tenant) => {
    const day = (text: string) => Date.parse(`${text}T00:00:00Z`)
    const date = (id: string, low: string | undefined, high: string | undefined) =>
      write('', 'Procedure', id, {
        index: [
          {
            kind: 'date',
            param: 'date',
            low: low === undefined ? undefined : day(low),
            high: high === undefined ? undefined : day(high),
          },
        ],
      })
    await b.resources.commit(
      tenant,
      [
        date('day-before', '2026-02-28', '2026-03-01'),
        date('first', '2026-03-01', '2026-03-02'),
        date('month', '2026-03-01', '2026-04-01'),
        date('across', '2026-02-15', '2026-03-15'),
        date('after', '2026-04-01', '2026-04-02'),
        date('open', '2026-03-10', undefined),
        date('until', undefined, '2026-03-10'),
      ],
      ACT,
    )
    const march = async (op: 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb') =>
      (
        await ids(b, tenant, 'Procedure', [
          { kind: 'date', param: 'date', values: [{ op, low: day('2026-03-01'), high: day('2026-04-01') }] },
        ])
      )
        .sort()
        .join(' ')
    assert.equal(await march('eq'), 'first month')
    assert.equal(await march('ne'), 'across after day-before open until')
    assert.equal(await march('gt'), 'after open')
    assert.equal(await march('lt'), 'across day-before until')
    assert.equal(await march('ge'), 'after first month open')
    assert.equal(await march('le'), 'across day-before first month until')
    assert.equal(await march('sa'), 'after')
    assert.equal(await march('eb'), 'day-before')
    const number = (id: string, low: number, high: number) =>
      write('', 'Observation', id, {
        index: [
          { kind: 'quantity', param: 'value', low, high, system: 'http://unitsofmeasure.org', code: 'g/L' },
        ],
      })
    await b.resources.commit(
      tenant,
      [
        number('99', 98.5, 99.5),
        number('99.5', 99.45, 99.55),
        number('100', 99.5, 100.5),
        number('100.0', 99.95, 100.05),
        number('100.5', 100.45, 100.55),
        number('5.4', 5.35, 5.45),
      ],
      ACT,
    )
    const value = async (
      op: 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le',
      low: number,
      high: number,
      unit = 'g/L',
    ) =>
      (
        await ids(b, tenant, 'Observation', [
          { kind: 'quantity', param: 'value', values: [{ op, low, high, code: unit }] },
        ])
      )
        .sort()
        .join(' ')
    assert.equal(await value('eq', 99.5, 100.5), '100 100.0 99.5')
    assert.equal(await value('ne', 99.5, 100.5), '100.5 5.4 99')
    assert.equal(await value('gt', 100, 100), '100.5')
    assert.equal(await value('ge', 100, 100), '100 100.0 100.5')
    assert.equal(await value('lt', 99.5, 100.5), '5.4 99 99.5')
    assert.equal(await value('le', 99.95, 100.05), '100 100.0 5.4 99 99.5')
    assert.equal(await value('gt', 5.4, 5.4), '100 100.0 100.5 99 99.5')
    assert.equal(await value('le', 5.35, 5.45), '5.4')
    assert.equal(await value('eq', 99.5, 100.5, 'mg/L'), '')
  })

  it('chains, _has and alternatives lead through references', async (b, tenant) => {
    await b.resources.commit(
      tenant,
      [
        patientWrite('c-ann', { index: [token('gender', undefined, 'female')] }),
        patientWrite('c-ben', { index: [token('gender', undefined, 'male')] }),
        write('c-ann', 'Observation', 'oa', {
          index: [
            reference('subject', 'Patient', 'c-ann'),
            token('code', undefined, 'hb'),
            reference('performer', 'Practitioner', 'dr'),
          ],
        }),
        write('c-ben', 'Observation', 'ob', {
          index: [reference('subject', 'Patient', 'c-ben'), token('code', undefined, 'na')],
        }),
        write('', 'Practitioner', 'dr', { index: [token('active', undefined, 'true')] }),
      ],
      ACT,
    )
    const female: Criterion = {
      kind: 'token',
      param: 'gender',
      not: false,
      values: [{ system: undefined, code: 'female' }],
    }
    const hb: Criterion = {
      kind: 'token',
      param: 'code',
      not: false,
      values: [{ system: undefined, code: 'hb' }],
    }
    assert.deepEqual(
      await ids(b, tenant, 'Observation', [
        { kind: 'chain', param: 'subject', type: 'Patient', criteria: [female] },
      ]),
      ['oa'],
    )
    assert.deepEqual(
      await ids(b, tenant, 'Observation', [{ kind: 'chain', param: 'subject', type: 'Group', criteria: [] }]),
      [],
    )
    assert.deepEqual(
      await ids(b, tenant, 'Patient', [
        { kind: 'has', type: 'Observation', param: 'subject', criteria: [hb] },
      ]),
      ['c-ann'],
    )
    assert.deepEqual(
      await ids(b, tenant, 'Practitioner', [
        {
          kind: 'has',
          type: 'Observation',
          param: 'performer',
          criteria: [{ kind: 'chain', param: 'subject', type: 'Patient', criteria: [female] }],
        },
      ]),
      ['dr'],
    )
    assert.deepEqual(
      await ids(b, tenant, 'Patient', [
        { kind: 'any', of: [[female], [{ kind: 'id', values: ['c-ben', 'x'] }]] },
      ]),
      ['c-ann', 'c-ben'],
    )
    assert.deepEqual(await ids(b, tenant, 'Patient', [{ kind: 'any', of: [] }]), [])
    const hidden = restriction({ compartments: ['', 'c-ben' as never] })
    const search = async (type: string, criteria: readonly Criterion[]) => {
      const page = await b.resources.search(tenant, query(type, criteria, { within: hidden }))
      return [page.total, ...page.resources.map(({ id }) => id)]
    }
    assert.deepEqual(
      await search('Practitioner', [{ kind: 'has', type: 'Observation', param: 'performer', criteria: [] }]),
      [0],
    )
    assert.deepEqual(
      await search('Observation', [{ kind: 'chain', param: 'subject', type: 'Patient', criteria: [] }]),
      [1, 'ob'],
    )
  })

  it('a first page by id that is read from one criterion holds what the whole answer holds', async (b, tenant) => {
    const people = ['d1', 'd2', 'd3', 'd4']
    const glucose = (low: number): IndexEntry => ({
      kind: 'composite',
      param: 'code-value-quantity',
      parts: ['urn:s|glucose', ''],
      interval: { of: 'number', low, high: low, unit: 'mg' },
    })
    await b.resources.commit(
      tenant,
      [
        ...people.map((id) => patientWrite(id, { index: [token('active', undefined, 'true')] })),
        ...people.flatMap((id, n) => [
          // Two rows of one resource that both meet the condition: it is given once.
          write(id, 'Observation', `g-${id}`, { index: [glucose(5 + n), glucose(6 + n)] }),
          write(id, 'Condition', `k-${id}`, {
            index: [reference('subject', 'Patient', id), token('code', 'urn:s', n % 2 === 0 ? 'a' : 'b')],
          }),
        ]),
        // In nobody's record: it speaks of somebody whose record holds nothing of the kind.
        write('', 'Condition', 'k-list', {
          index: [reference('subject', 'Patient', 'd4'), token('code', 'urn:s', 'a')],
        }),
      ],
      ACT,
    )
    const above: Criterion = {
      kind: 'composite',
      param: 'code-value-quantity',
      values: [['urn:s|glucose', '']],
      intervals: [{ of: 'number', op: 'gt', low: 6.5, high: 6.5, unit: 'mg' }],
    }
    const having = (code: string, own?: true): Criterion => ({
      kind: 'has',
      type: 'Condition',
      param: 'subject',
      criteria: [{ kind: 'token', param: 'code', not: false, values: [{ system: undefined, code }] }],
      ...(own === true ? { own } : {}),
    })
    for (const [type, criterion, expected] of [
      ['Observation', above, ['g-d2', 'g-d3', 'g-d4']],
      ['Patient', having('a'), ['d1', 'd3', 'd4']],
      ['Patient', having('a', true), ['d1', 'd3']],
      ['Patient', having('b', true), ['d2', 'd4']],
      ['Patient', having('c', true), []],
    ] as const) {
      for (const count of [1, 2, 10]) {
        const found: string[] = []
        let after: string | undefined
        do {
          const page = await b.resources.search(tenant, query(type, [criterion], { count, after }))
          found.push(...page.resources.map(({ id }) => id))
          after = page.next
          assert.equal(page.total, expected.length)
        } while (after !== undefined)
        assert.deepEqual(found, expected, `${type}, pages of ${count}`)
      }
    }
    const own = restriction({ compartments: ['d2' as never, 'd3' as never] })
    const seen = await b.resources.search(tenant, query('Patient', [having('b', true)], { within: own }))
    assert.deepEqual(
      seen.resources.map(({ id }) => id),
      ['d2'],
    )
    const there = await b.resources.typesThere(tenant, ['Condition', 'Goal', 'Patient'], own)
    assert.deepEqual([...there].sort(), ['Condition', 'Patient'])
  })

  it('pages follow each other in every order, without gap or repeat', async (b, tenant) => {
    const numbers = Array.from({ length: 23 }, (_, i) => i)
    for (const i of numbers) {
      await b.resources.commit(
        tenant,
        [
          write('', 'Practitioner', `p${String(i).padStart(2, '0')}`, {
            index: [
              ...(i % 5 === 4 ? [] : [name('name', `Name ${(i * 7) % 10}`)]),
              ...(i % 4 === 3 ? [] : [{ kind: 'date', param: 'date', low: (i * 11) % 6, high: 9 } as const]),
              token('kind', undefined, `k${(i * 5) % 3}`),
            ],
          }),
        ],
        { ...ACT, at: new Date(Date.UTC(2026, 2, 1) + ((i * 13) % 7) * 1000).toISOString() },
      )
    }
    const key = (i: number, param: string): string | number | undefined => {
      if (param === 'name') return i % 5 === 4 ? undefined : `name ${(i * 7) % 10}`
      if (param === 'date') return i % 4 === 3 ? undefined : (i * 11) % 6
      if (param === 'kind') return `k${(i * 5) % 3}`
      if (param === '_lastUpdated') return (i * 13) % 7
      return i
    }
    const expected = (sort: readonly { param: string; descending: boolean }[]) =>
      [...numbers]
        .sort((a, z) => {
          for (const { param, descending } of sort) {
            const [x, y] = [key(a, param), key(z, param)]
            if (x === y) continue
            if (x === undefined) return 1
            if (y === undefined) return -1
            return x < y === descending ? 1 : -1
          }
          // As the index by time goes on.
          return sort.length === 1 && sort[0]!.param === '_lastUpdated' && sort[0]!.descending ? z - a : a - z
        })
        .map((i) => `p${String(i).padStart(2, '0')}`)
    for (const sort of [
      [],
      [{ param: '_id', descending: true }],
      [{ param: '_lastUpdated', descending: true }],
      [{ param: 'date', descending: false }],
      [
        { param: 'date', descending: true },
        { param: 'kind', descending: false },
      ],
      [
        { param: 'kind', descending: true },
        { param: '_lastUpdated', descending: false },
      ],
      [{ param: 'name', descending: false }],
      [{ param: 'name', descending: true }],
    ]) {
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await b.resources.search(tenant, query('Practitioner', [], { sort, count: 4, after }))
        assert.equal(page.total, 23)
        seen.push(...page.resources.map(({ id }) => id))
        assert.doesNotMatch(Buffer.from(page.next ?? '', 'base64url').toString('latin1'), /name \d/)
        after = page.next
      } while (after !== undefined)
      assert.deepEqual(seen, expected(sort), JSON.stringify(sort))
    }
    const first = await b.resources.search(tenant, query('Practitioner', [], { count: 4 }))
    const other = query('Practitioner', [], {
      sort: [{ param: '_id', descending: true }],
      after: first.next!,
    })
    await assert.rejects(b.resources.search(tenant, other), refused('PAGE_MALFORMED'))
    await assert.rejects(
      b.resources.search(tenant, query('Practitioner', [], { after: 'x' })),
      refused('PAGE_MALFORMED'),
    )
    const none = await b.resources.search(tenant, query('Practitioner', [], { count: 0 }))
    assert.deepEqual(none, { resources: [], total: 23, next: undefined })
  })

  it('a scan reads one state of the database, in batches, and may be left', async (b, tenant) => {
    const put = (i: number) => write('', 'Organization', `s${i}`, { body: { name: `${i}` } })
    await b.resources.commit(
      tenant,
      Array.from({ length: 9 }, (_, i) => put(i)),
      ACT,
    )
    const seen: string[][] = []
    for await (const batch of b.resources.scan(tenant, query('Organization', []), 4)) {
      await b.resources.commit(tenant, [put(10 + seen.length)], ACT)
      seen.push(batch.map(({ id }) => id))
    }
    assert.deepEqual(seen, [['s0', 's1', 's2', 's3'], ['s4', 's5', 's6', 's7'], ['s8']])
    for await (const batch of b.resources.scan(tenant, query('Organization', []), 4)) {
      assert.equal(batch.length, 4)
      break
    }
    const nobody = b.resources.scan(tenant, query('Practitioner', []), 4)
    assert.equal((await nobody[Symbol.asyncIterator]().next()).done, true)
  })

  it('labels hide a resource in the past and in its tombstone too', async (b, tenant) => {
    const secret = 'urn:l|PSY'
    const put = (i: number, labels: string[]) => ({
      ...write('', 'Observation', 'o', { body: { n: i }, labels }),
      action: 'put' as const,
    })
    await b.resources.commit(tenant, [put(1, [])], ACT)
    await b.resources.commit(tenant, [put(2, [secret])], ACT)
    const within = restriction({ hiddenLabels: [secret] })
    const all = {
      type: undefined,
      id: undefined,
      since: undefined,
      at: undefined,
      count: 10,
      after: undefined,
    }
    const ref = { type: 'Observation', id: 'o' }
    const seen = async () =>
      [
        await b.resources.read(tenant, ref, within),
        ...(await b.resources.readMany(tenant, [ref], within)),
        await b.resources.readVersion(tenant, ref, 1, within),
        ...(await b.resources.history(tenant, all, within)).resources,
        ...(await b.resources.search(tenant, query('Observation', [], { within }))).resources,
      ].filter((one) => one !== undefined)
    assert.deepEqual(await seen(), [])
    await b.resources.commit(tenant, [remove('', 'Observation', 'o')], ACT)
    assert.deepEqual(await seen(), [])
    await b.resources.commit(tenant, [put(3, [])], ACT)
    assert.deepEqual(
      (await seen()).map(({ version }) => version),
      [4, 4, 1, 4, 1, 4],
    )
  })

  it('people of the same id in two tenants have nothing in common', async (b, tenant) => {
    const other = tenantId(`${tenant}-other`)
    await b.resources.commit(tenant, [patientWrite('same'), write('same', 'Observation', 'o')], ACT)
    await b.resources.commit(other, [patientWrite('same')], ACT)
    assert.equal(await b.resources.read(other, { type: 'Observation', id: 'o' }, UNRESTRICTED), undefined)
    assert.equal((await b.resources.search(other, query('Observation', []))).total, 0)
    assert.notEqual(keyOf('same').tenant, tenant)
  })
}
