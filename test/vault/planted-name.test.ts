import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { embeddedStatus } from '../../src/store/embedded/control.ts'
import { installedServer, startServer } from '../support/debian-server.ts'
import { call, root } from '../support/http-server.ts'
import { smallVcf } from '../support/small-vcf.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import { textsUnder } from './byte-search.ts'

/** Words that stand nowhere but where this test puts them. */
const PLANTED = {
  first: 'Xqzfirstname',
  last: 'Wvjplantedname',
  identifier: 'XQZ-774411-MRN',
  birthDate: '1931-07-19',
  drug: 'Xqzdrugremark',
  sample: 'XQZSAMPLE77',
  header: 'Xqzheaderline',
  file: 'xqzfilename',
  refused: 'Xqzrefusedfile',
  comment: 'Xqzfeedbackcomment',
  address: 'Xqzstreetname',
} as const

interface Running {
  readonly child: ChildProcess
  readonly url: string
  /** What it printed to the terminal or a log collector. */
  said(): string
}

async function serve(
  t: TestContext,
  home: string,
  temporary: string,
  databaseUrl: string | undefined,
): Promise<Running> {
  const child = spawn(join(root, 'bin', 'garrod'), ['serve', '--demo', '--port', '0'], {
    env: { ...process.env, GARROD_HOME: home, DATABASE_URL: databaseUrl, TMPDIR: temporary },
  })
  t.after(() => child.kill('SIGKILL'))
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      said += text
    })
  for (;;) {
    const [url] = /http:\/\/\S+/.exec(said) ?? []
    if (url !== undefined) return { child, url, said: () => said }
    assert.equal(child.exitCode, null, said)
    await sleep(20)
  }
}

async function send(url: string, name: string, content: string | Buffer): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(Buffer.from(content))]), name)
  const response = await fetch(`${url}/api/patients/planted/files`, { method: 'POST', body: form })
  const job = (await response.json()) as { id: string }
  for (;;) {
    const { body } = await call(`${url}/api/jobs/${job.id}`)
    if (body['state'] === 'stored' || body['state'] === 'refused') return String(body['state'])
    await sleep(10)
  }
}

function plantedVcf(): string {
  return smallVcf([PLANTED.sample]).replace('##contig', `##reference=${PLANTED.header}\n##contig`)
}

/** A day's work with one person: registered, read, searched, advised, and refused here and there. */
async function work(url: string): Promise<void> {
  const added = await call(`${url}/api/patients`, 'POST', {
    id: 'planted',
    name: `${PLANTED.first} ${PLANTED.last}`,
    birthDate: PLANTED.birthDate,
    identifiers: [{ system: 'urn:mrn', value: PLANTED.identifier }],
    context: { indications: ['acs'] },
  })
  assert.equal(added.status, 201, JSON.stringify(added.body))
  const again = {
    id: 'planted-2',
    name: PLANTED.last,
    identifiers: [{ system: 'urn:mrn', value: PLANTED.identifier }],
  }
  assert.equal((await call(`${url}/api/patients`, 'POST', again)).status, 409)
  for (const [name, content] of [
    [`${PLANTED.file}.vcf`, plantedVcf()],
    [`${PLANTED.file}.vcf.gz`, gzipSync(plantedVcf().replace('PASS', '.'))],
  ] as const)
    assert.equal(await send(url, name, content), 'stored')
  assert.equal(await send(url, `${PLANTED.file}.tsv`, `CYP2D6\t*1/*4\t\t\n# ${PLANTED.header}\n`), 'stored')
  assert.equal(await send(url, `${PLANTED.refused}.txt`, `${PLANTED.refused}\n`), 'refused')
  await call(`${url}/api/patients/planted/drugs`, 'PUT', { drugs: [{ text: PLANTED.drug }] })
  await call(`${url}/api/patients/planted/drugs`, 'PUT', { drugs: [{ text: 'clopidogrel' }] })
  for (const search of [PLANTED.first, PLANTED.last.slice(0, 6), PLANTED.identifier]) {
    const { body } = await call(`${url}/api/patients?search=${search}`)
    assert.equal(body['total'], 1, search)
  }
  for (const path of ['plan', 'findings', 'report.html', 'fhir'])
    assert.equal((await fetch(`${url}/api/patients/planted/${path}`)).status, 200)
  await cds(url)
  await fhir(url)
}

async function cds(url: string): Promise<void> {
  const resource = {
    resourceType: 'MedicationRequest',
    id: 'a',
    status: 'draft',
    intent: 'order',
    medicationCodeableConcept: {
      coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '32968' }],
      text: 'clopidogrel',
    },
    note: [{ text: PLANTED.drug }],
  }
  const { status, body } = await call(`${url}/cds-services/garrod-order-sign`, 'POST', {
    hook: 'order-sign',
    hookInstance: '8e67dbac-ca68-44cf-a957-06c310d76bb8',
    context: {
      userId: 'Practitioner/1',
      patientId: 'planted',
      draftOrders: { resourceType: 'Bundle', entry: [{ resource }] },
    },
    prefetch: {
      patient: { resourceType: 'Patient', id: 'planted', name: [{ family: PLANTED.last }] },
      medications: { resourceType: 'Bundle', type: 'searchset' },
    },
  })
  assert.equal(status, 200, JSON.stringify(body))
  const [card] = body['cards'] as { uuid: string }[]
  const feedback = await call(`${url}/cds-services/garrod-order-sign/feedback`, 'POST', {
    feedback: [
      {
        card: card!.uuid,
        outcome: 'overridden',
        overrideReason: { reason: { code: 'other', system: 'urn:reasons' }, userComment: PLANTED.comment },
        outcomeTimestamp: '2026-03-01T10:00:00Z',
      },
    ],
  })
  assert.equal(feedback.status, 200, JSON.stringify(feedback.body))
}

/** The same person's chart over the FHIR API. */
async function fhir(url: string): Promise<void> {
  const there = await fetch(`${url}/fhir/metadata`)
  if (there.status === 404) return
  const put = await call(
    `${url}/fhir/Patient/planted`,
    'PUT',
    {
      resourceType: 'Patient',
      id: 'planted',
      identifier: [{ system: 'urn:mrn', value: PLANTED.identifier }],
      name: [{ family: PLANTED.last, given: [PLANTED.first] }],
      address: [{ line: [PLANTED.address] }],
      birthDate: PLANTED.birthDate,
    },
    { 'content-type': 'application/fhir+json' },
  )
  assert.ok(put.status === 200 || put.status === 201, JSON.stringify(put.body))
  for (const query of [`name=${PLANTED.last}`, `family=${PLANTED.last}`, `identifier=${PLANTED.identifier}`])
    assert.equal((await call(`${url}/fhir/Patient?${query}`)).status, 200)
}

async function drill(
  t: TestContext,
  databaseUrl: string | undefined,
  data: readonly string[],
): Promise<void> {
  const home = newHome()
  const temporary = mkdtempSync(join(tmpdir(), 'garrod-temporary-'))
  t.after(async () => {
    await removeHome(home)
    rmSync(temporary, { recursive: true, force: true })
  })
  const said: string[] = []
  const first = await serve(t, home, temporary, databaseUrl)
  await work(first.url)
  // In the middle of receiving a file.
  const form = new FormData()
  form.append('file', new Blob([plantedVcf().repeat(20_000)]), `${PLANTED.file}.vcf`)
  const cut = fetch(`${first.url}/api/patients/planted/files`, { method: 'POST', body: form }).catch(
    () => undefined,
  )
  await sleep(15)
  first.child.kill('SIGKILL')
  await once(first.child, 'close')
  await cut
  said.push(first.said())
  // The id is not sealed: that it is found shows that the search sees the data and the log of changes.
  const database = data[0] ?? join(home, 'postgres')
  assert.ok(textsUnder(database, ['planted']).some((where) => where.includes('pg_wal')))
  assert.deepEqual(textsUnder(home, Object.values(PLANTED)), [], 'after kill -9 of the server')
  const { pid } = await embeddedStatus(home)
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
  const second = await serve(t, home, temporary, databaseUrl)
  assert.equal(
    (await call(`${second.url}/api/patients/planted`)).body['name'],
    `${PLANTED.first} ${PLANTED.last}`,
  )
  second.child.kill('SIGTERM')
  await once(second.child, 'close')
  said.push(second.said())
  for (const folder of [home, temporary, ...data])
    assert.deepEqual(textsUnder(folder, Object.values(PLANTED)), [], folder)
  for (const text of Object.values(PLANTED)) assert.ok(!said.join('').includes(text), `${text} was printed`)
}

test('the search finds what is there: as it is, in UTF-16, base64, hexadecimal, gzip, and in a file’s name', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'garrod-search-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const text = `before ${PLANTED.last} after`
  const ways: Record<string, string | Buffer> = {
    plain: text,
    lower: text.toLowerCase(),
    utf16: Buffer.from(text, 'utf16le'),
    hex: Buffer.from(text).toString('hex'),
    gzip: gzipSync(text),
    ...Object.fromEntries(
      [0, 1, 2].map((n) => [`base64-${n}`, Buffer.from(' '.repeat(n) + text).toString('base64')]),
    ),
    [`${PLANTED.last}.txt`]: 'nothing',
  }
  for (const [name, content] of Object.entries(ways)) {
    writeFileSync(join(folder, name), content)
    assert.equal(textsUnder(folder, [PLANTED.last]).length, 1, name)
    rmSync(join(folder, name))
  }
})

test('a planted name is nowhere: embedded database, its log of changes, archive, temporary files, output', (t) =>
  drill(t, undefined, []))

const bin = installedServer()
test('nor in the data of a PostgreSQL server', {
  skip: bin === undefined ? 'no PostgreSQL server from 15 on under /usr/lib/postgresql' : false,
}, async (t) => {
  const server = await startServer(bin!)
  after(() => server.remove())
  const folder = decodeURIComponent(server.url.split('host=')[1]!)
  await sleep(500)
  await drill(t, server.url, [folder])
})
