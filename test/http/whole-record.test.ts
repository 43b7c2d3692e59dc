import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Verdict } from '../../src/app/scan/scanner.ts'
import type { FilesReply } from '../../src/app/whole-record/whole-record-routes.ts'
import type { Resource } from '../../src/record/resource.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { addUser, signedIn, withLogin } from '../support/signed-in.ts'
import { smallVcf } from '../support/small-vcf.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const VCF = smallVcf(['S1'])
const home = newHome()
let server: TestServer
let verdict: Verdict = { kind: 'clean', by: 'made' }
const pages: Record<string, Record<string, string>> = {}
before(async () => {
  server = await testServer({ entry: withLogin, scanner: { scan: async () => verdict } })
  await addUser(server, 'clin', ['clinician'], 'Practitioner/clin')
  await addUser(server, 'rese', ['researcher'])
  await addUser(server, 'admi', ['administrator'])
  await addUser(server, 'anna', ['patient'], 'Patient/p1')
  await addUser(server, 'bert', ['patient'], 'Patient/p2')
  for (const user of ['clin', 'rese', 'admi', 'anna', 'bert']) pages[user] = await signedIn(server.url, user)
  for (const [id, name] of [
    ['p1', 'Anna One'],
    ['p2', 'Bert Two'],
  ] as const)
    await ask('clin', `/api/patients`, 'POST', { id, name, birthDate: '1980-05-31' })
  const form = new FormData()
  form.append('file', new Blob([VCF]), 'Größe.vcf')
  const sent = await fetch(`${server.url}/api/patients/p1/files`, {
    method: 'POST',
    body: form,
    headers: pages['clin']!,
  })
  const { id } = (await sent.json()) as { id: string }
  for (let i = 0; i < 200; i++) {
    const { body } = await ask('clin', `/api/jobs/${id}`)
    if (body['state'] === 'stored') break
    assert.notEqual(body['state'], 'refused', JSON.stringify(body))
    await sleep(50)
  }
  await ask('clin', '/api/patients/p1/features', 'POST', { id: 'HP:0001166', state: 'present' })
  await ask('clin', '/api/patients/p1/fhir')
})
after(async () => {
  await server.close()
  await removeHome(home)
})

const ask = (user: string, path: string, method = 'GET', body?: unknown) =>
  call(`${server.url}${path}`, method, body, pages[user]!)
const raw = (user: string, path: string) => fetch(`${server.url}${path}`, { headers: pages[user]! })
const filesOf = async (user: string) =>
  ((await ask(user, '/api/patients/p1/files')).body as unknown as FilesReply).files

test('a person has every file as it was received, byte for byte; nobody else’s', async () => {
  const [file] = await filesOf('anna')
  assert.deepEqual([file!.name, file!.format, file!.bytes], ['Größe.vcf', 'vcf', Buffer.byteLength(VCF)])
  const answer = await raw('anna', `/api/patients/p1/files/${file!.sha256}`)
  assert.equal(answer.status, 200)
  assert.equal(await answer.text(), VCF)
  assert.match(
    answer.headers.get('content-disposition')!,
    /^attachment; .*filename\*=UTF-8''Gr%C3%B6%C3%9Fe\.vcf$/,
  )
  assert.equal((await raw('bert', `/api/patients/p2/files/${file!.sha256}`)).status, 404)
  for (const user of ['bert', 'rese', 'admi'])
    for (const path of ['files', `files/${file!.sha256}`, 'record.zip'])
      assert.equal((await raw(user, `/api/patients/p1/${path}`)).status, 403, `${user} ${path}`)
  assert.equal((await raw('anna', '/api/patients/p1/files/..%2f..%2fkeys')).status, 400)
})

test('$everything names the files and where their bytes are', async () => {
  const { body } = await ask('anna', '/fhir/R4/Patient/p1/$everything?_count=1000')
  const resources = (body['entry'] as { resource: Resource }[]).map(({ resource }) => resource)
  const [file] = resources.filter((one) => one.resourceType === 'DocumentReference')
  const [{ attachment }] = file!['content'] as [{ attachment: { url: string; size: number; title: string } }]
  assert.deepEqual([attachment.title, attachment.size], ['Größe.vcf', Buffer.byteLength(VCF)])
  assert.equal(await (await raw('anna', new URL(attachment.url).pathname)).text(), VCF)
  const later = await ask('anna', '/fhir/R4/Patient/p1/$everything?start=2999-01-01')
  assert.doesNotMatch(JSON.stringify(later.body), /DocumentReference/)
  const others = await ask('anna', '/fhir/R4/Patient/p1/$everything?_type=Observation')
  assert.doesNotMatch(JSON.stringify(others.body), /DocumentReference/)
})

const python =
  spawnSync('python3', ['--version']).status === 0 ? false : 'no python3 to read the archive with'
async function unzipped(user: string): Promise<Record<string, string>> {
  const answer = await raw(user, '/api/patients/p1/record.zip')
  assert.equal(answer.status, 200)
  const bytes = Buffer.from(await answer.arrayBuffer())
  assert.equal(bytes.length, Number(answer.headers.get('content-length')))
  const path = join(home, 'record.zip')
  writeFileSync(path, bytes)
  const code = `import zipfile, json
z = zipfile.ZipFile(${JSON.stringify(path)})
assert z.testzip() is None
print(json.dumps({n: z.read(n).decode('utf-8') for n in z.namelist()}))`
  const ran = spawnSync('python3', ['-c', code], { encoding: 'utf8' })
  assert.equal(ran.status, 0, ran.stderr)
  return JSON.parse(ran.stdout) as Record<string, string>
}

test('the whole record in one archive: resources, the short record, advice that was given, files', {
  skip: python,
}, async () => {
  const all = await unzipped('anna')
  assert.deepEqual(Object.keys(all), [
    'README.txt',
    'fhir/resources.ndjson',
    'record.json',
    'advice/plan-1.json',
    'files/Größe.vcf',
  ])
  assert.equal(all['files/Größe.vcf'], VCF)
  const resources = all['fhir/resources.ndjson']!.trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Resource)
  assert.deepEqual(
    resources.map(({ resourceType }) => resourceType),
    ['Observation', 'Patient'],
  )
  const record = JSON.parse(all['record.json']!) as { id: string; genotypes: unknown[] }
  assert.deepEqual([record.id, record.genotypes.length], ['p1', 1])
  // Nothing of it is left in the waiting room.
  const rows = await server.store.audit.find(server.services.tenant, { kinds: ['export'] }, 10)
  assert.ok(rows.some(({ leaf }) => leaf.includes('whole-record')))
})

test('what a scanner refuses is named in the archive and not in it', { skip: python }, async () => {
  verdict = { kind: 'infected', signature: 'Made.Test', by: 'made' }
  try {
    const all = await unzipped('anna')
    assert.equal(all['files/Größe.vcf'], undefined)
    assert.match(
      all['README.txt']!,
      /Größe\.vcf was left out: a malware scanner says that the file is Made\.Test/,
    )
    const [file] = await filesOf('anna')
    assert.equal((await raw('anna', `/api/patients/p1/files/${file!.sha256}`)).status, 422)
  } finally {
    verdict = { kind: 'clean', by: 'made' }
  }
})
