import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ask, fhirServer, type TestFhirServer } from '../support/fhir-server.ts'

let server: TestFhirServer
let clock = Date.parse('2026-03-01T10:00:00Z')
before(async () => {
  server = await fhirServer({ now: () => new Date(clock) })
})
after(() => server.close())

const organization = (id: string, name: string) => ({ resourceType: 'Organization', id, name })

for (const type of ['transaction', 'batch'] as const)
  for (const [prefer, resource, outcome] of [
    ['return=representation', true, false],
    ['return=minimal', false, false],
    ['return=OperationOutcome', false, true],
  ] as const)
    test(`a ${type} with ${prefer} answers each entry so`, async () => {
      const id = `${type}-${prefer.slice(7)}`
      const entry = (method: string, url: string, one?: object) => ({
        ...(one === undefined ? {} : { resource: one }),
        request: { method, url },
      })
      const { status, body } = await ask(
        server.base,
        'POST',
        {
          resourceType: 'Bundle',
          type,
          entry: [
            entry('PUT', `Organization/${id}`, organization(id, 'One')),
            entry('GET', `Organization/${id}`),
            entry('DELETE', `Organization/${id}-none`),
          ],
        },
        { prefer },
      )
      assert.equal(status, 200)
      const [put, read, gone] = body.entry!
      assert.equal(put!.response.status, '201')
      assert.match(put!.response.location, /Organization\/.*\/_history\/1$/)
      assert.deepEqual(
        [put!.resource !== undefined, put!.response.outcome !== undefined],
        [resource, outcome],
      )
      if (outcome) assert.equal(put!.response.outcome.resourceType, 'OperationOutcome')
      assert.equal(read!.resource.id, id, 'what is asked for is given')
      assert.equal(gone!.response.status, '204')
    })

test('_at gives the versions that stood then, whenever they were written', async () => {
  const place = `${server.base}/Organization/then`
  const put = async (name: string, at: string) => {
    clock = Date.parse(at)
    await ask(place, 'PUT', organization('then', name))
  }
  await put('First', '2026-04-01T10:00:00Z')
  await put('Second', '2026-04-05T10:00:00Z')
  clock = Date.parse('2026-04-09T10:00:00Z')
  await ask(place, 'DELETE')
  const stood = async (at: string) =>
    ((await ask(`${place}/_history?_at=${at}`)).body.entry ?? []).map(({ resource }) => resource?.['name'])
  assert.deepEqual(await stood('2026-03-31'), [])
  assert.deepEqual(await stood('2026-04-03'), ['First'])
  assert.deepEqual(await stood('2026-04-05'), ['Second', 'First'])
  assert.deepEqual(await stood('2026-04-07T12:00:00Z'), ['Second'])
  assert.deepEqual(await stood('2026-04-09'), [undefined, 'Second'])
  assert.deepEqual(await stood('2026-04-10'), [])
  assert.deepEqual(await stood('2026'), [undefined, 'Second', 'First'])
})
