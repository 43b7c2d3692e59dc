import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { installedServer, startServer } from '../support/debian-server.ts'
import { type Answer, ask } from '../support/fhir-server.ts'
import { call } from '../support/http-server.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import { type Place, prepare, type ServedGarrod, serveGarrod } from './served-garrod.ts'

const ROUNDS = 6

/** One person, sent to two servers of one database at one instant, by the FHIR door and by that of the page. */
async function together(servers: readonly ServedGarrod[], round: number) {
  const family = `Both${String.fromCharCode(65 + round)}`
  const birthDate = `1971-03-${String(round + 1).padStart(2, '0')}`
  const resource = {
    resourceType: 'Patient',
    name: [{ family, given: ['Ngozi'] }],
    gender: 'female',
    birthDate,
  }
  const sent = servers.flatMap(({ url }, n) => [
    ask(`${url}/fhir/R4/Patient/f${round}-${n}`, 'PUT', { ...resource, id: `f${round}-${n}` }).then(
      ({ status, body }: Answer) => [status, body.issue?.[0]?.details?.coding[0]?.code] as const,
    ),
    call(`${url}/api/patients`, 'POST', { name: `Ngozi ${family}`, sex: 'female', birthDate }).then(
      ({ status, body }) => [status, body['code']] as const,
    ),
  ])
  const answers = await Promise.all(sent)
  const found = await ask(`${servers[0]!.url}/fhir/R4/Patient?birthdate=${birthDate}&_total=accurate`)
  return { answers: answers.sort(([a], [b]) => a - b), charts: found.body.total }
}

async function check(place: Place): Promise<void> {
  await prepare(place)
  const servers = [await serveGarrod(place), await serveGarrod(place)]
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const { answers, charts } = await together(servers, round)
      assert.deepEqual(answers, [
        [201, undefined],
        [409, 'PATIENT_POSSIBLY_KNOWN'],
        [409, 'PATIENT_POSSIBLY_KNOWN'],
        [409, 'PATIENT_POSSIBLY_KNOWN'],
      ])
      assert.equal(charts, 1, 'a second chart was made')
    }
  } finally {
    for (const one of servers) await one.kill()
  }
}

test('two servers of one embedded database register one person at one instant: one chart', async () => {
  const home = newHome()
  try {
    await check({ home, databaseUrl: undefined })
  } finally {
    await removeHome(home)
  }
})

test('two servers of one PostgreSQL register one person at one instant: one chart', async (t: TestContext) => {
  const bin = installedServer()
  if (bin === undefined) return t.skip('no PostgreSQL server from 15 on under /usr/lib/postgresql')
  const home = newHome()
  const server = await startServer(bin)
  try {
    await check({ home, databaseUrl: server.url })
  } finally {
    await server.remove()
    rmSync(home, { recursive: true, force: true })
  }
})
