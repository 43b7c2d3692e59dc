import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { patientId } from '../../src/terms/ids.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { labPdf } from '../support/lab-pdf.ts'

let server: TestServer
/** The next mark of a decision does not arrive, as when the process dies. */
let cutOff = false
before(async () => {
  server = await testServer()
  const { proposals } = server.store
  const decide = proposals.decide.bind(proposals)
  Object.assign(proposals, {
    decide: (...args: Parameters<typeof decide>) => {
      if (!cutOff) return decide(...args)
      cutOff = false
      return Promise.reject(new Error('cut off'))
    },
  })
})
after(() => server.close())

async function proposed(id: string) {
  await call(`${server.url}/api/patients`, 'POST', { id })
  const sent = await fetch(`${server.url}/api/patients/${id}/documents`, {
    method: 'POST',
    headers: { 'content-type': 'application/pdf' },
    body: Buffer.from(await labPdf(['CYP2D6 *4/*4'])),
  })
  assert.equal(sent.status, 202)
  for (let i = 0; i < 200; i++) {
    const list = (await call(`${server.url}/api/patients/${id}/proposals`)).body as unknown as {
      document: string
      documentVersion: number
      ordinal: number
    }[]
    const [first] = list
    if (first !== undefined) {
      const { document, documentVersion, ordinal } = first
      return (decision: string) =>
        call(`${server.url}/api/patients/${id}/proposals`, 'POST', {
          document,
          documentVersion,
          ordinal,
          decision,
        })
    }
    await sleep(50)
  }
  return assert.fail('the document was not read')
}

/** What decision support would be given, and what the FHIR server shows. */
async function results(id: string): Promise<readonly [number, number]> {
  const found = await server.store.records.get({ tenant: server.services.tenant, patient: patientId(id) })
  const { body } = await call(`${server.url}/fhir/R4/Observation?patient=${id}`)
  return [found!.record.outsideCalls.length, Number(body['total'])]
}

test('a confirmation that was cut off: confirmed again it holds, rejected it leaves no result', async () => {
  for (const [id, decision, expected] of [
    ['again', 'confirm', [1, 1]],
    ['rejected', 'reject', [0, 0]],
  ] as const) {
    const decide = await proposed(id)
    cutOff = true
    assert.equal((await decide('confirm')).status, 500)
    assert.equal((await decide(decision)).status, 200)
    assert.deepEqual(await results(id), expected, decision)
  }
})

test('confirmed and rejected at once: one decision holds, and a rejected fact is in no record', async () => {
  for (let i = 0; i < 4; i++) {
    const id = `both${i}`
    const decide = await proposed(id)
    const answers = await Promise.all(['confirm', 'reject'].map(decide))
    const [winner, ...more] = answers.filter(({ status }) => status === 200)
    assert.equal(more.length, 0)
    assert.equal(answers.filter(({ status }) => status === 409).length, 1)
    const [{ state }] = winner!.body as unknown as [{ state: string }]
    assert.deepEqual(await results(id), state === 'confirmed' ? [1, 1] : [0, 0])
  }
})
