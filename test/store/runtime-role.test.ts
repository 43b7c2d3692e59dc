import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Database } from '../../src/store/database/query.ts'
import { databaseUser, makeRuntimeRole, runtimeRoleSql } from '../../src/store/database/runtime-role.ts'
import { openServer } from '../../src/store/database/server-database.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { serveGarrod } from '../faults/served-garrod.ts'
import { garrodWith } from '../support/command-line.ts'
import { installedServer, startServer, type TestServer, whenReady } from '../support/debian-server.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome } from '../support/store-home.ts'
import { ACT, person, TENANT } from './example-upload.ts'
import { jobSuite } from './job-suite.ts'
import { resourceSuite } from './resource-suite.ts'
import { storeSuite } from './store-suite.ts'
import { variantSuite } from './variant-suite.ts'

const bin = installedServer()
const skip = bin === undefined ? 'no PostgreSQL server from 15 on under /usr/lib/postgresql' : false
const home = newHome()
let server: TestServer
let store: Store
let owner: Database
let runtime: Database
let runtimeUrl = ''

before(async () => {
  if (bin === undefined) return
  server = await startServer(bin)
  const made = await whenReady(() => openStore({ home, databaseUrl: server.url, keyring: keyringOf(home) }))
  await made.close()
  owner = await openServer(server.url)
  await makeRuntimeRole(owner, 'garrod_app')
  runtimeUrl = server.url.replace('//garrod@', '//garrod_app@')
  runtime = await openServer(runtimeUrl)
  store = await openStore({ home, databaseUrl: runtimeUrl, keyring: keyringOf(home) })
})
after(async () => {
  if (bin !== undefined) {
    await store.close()
    await runtime.close()
    await owner.close()
    await server.remove()
  }
  rmSync(home, { recursive: true, force: true })
})

const opened = () => ({ ...store, database: owner })
storeSuite('runtime role', () => store, skip)
jobSuite('runtime role', () => store.jobs, skip)
variantSuite('runtime role', opened, skip)
resourceSuite('runtime role', opened, skip)

test('the server’s own role reads and writes rows, and neither changes the schema nor rewrites the log', {
  skip,
}, async () => {
  assert.deepEqual(await databaseUser(runtime), { name: 'garrod_app', changesSchema: false })
  assert.equal((await databaseUser(owner)).changesSchema, true)
  await store.patients.add(TENANT, person('under-role'), ACT)
  for (const statement of [
    'create table more (n integer)',
    'alter table patient add column more text',
    'drop table patient',
    'truncate patient',
    'create schema more',
    'create role more',
    'update audit_event set leaf = leaf',
    'delete from audit_event',
    'delete from audit_patient',
    'update audit_head set size = size',
    'update migration set name = name',
    'delete from store_identity',
    "copy patient to '/tmp/patients'",
  ])
    await assert.rejects(
      runtime.run(statement),
      (error: { code?: string }) => error.code === 'DATABASE_RIGHTS',
      statement,
    )
})

test('a server starts and answers under the role, and the owner is told that there is a lesser one', {
  skip,
}, async () => {
  await store.patients.add(TENANT, person('served'), ACT)
  for (const [databaseUrl, warned] of [
    [runtimeUrl, false],
    [server.url, true],
  ] as const) {
    const garrod = await serveGarrod({ home, databaseUrl })
    const answer = await fetch(`${garrod.url}/healthz`)
    const patients = await fetch(`${garrod.url}/fhir/R4/Patient?_summary=count`)
    await garrod.kill()
    assert.deepEqual([answer.status, patients.status], [200, 200])
    assert.equal(/may change the schema/.test(garrod.err()), warned)
  }
})

test('an older schema is upgraded by its owner, not by the server', { skip }, async () => {
  const newest = await owner.first<{ number: number; name: string; sha256: string }>(
    'delete from migration where number = (select max(number) from migration) returning number, name, sha256',
  )
  await assert.rejects(openStore({ home, databaseUrl: runtimeUrl, keyring: keyringOf(home) }), {
    code: 'DATABASE_UPGRADE_NEEDED',
  })
  await owner.run('insert into migration (number, name, sha256) values ($1, $2, $3)', [
    newest!.number,
    newest!.name,
    newest!.sha256,
  ])
})

test('refused: a name that is none, and a role from which nothing can be kept', { skip }, async () => {
  await assert.rejects(runtimeRoleSql(owner, 'a; drop table patient'), { code: 'DATABASE_ROLE_NAME' })
  await assert.rejects(runtimeRoleSql(owner, 'garrod'), { code: 'DATABASE_ROLE_OWNER' })
})

test('"garrod db roles" prints the statements, and runs them when told to', { skip }, async () => {
  const env = { GARROD_HOME: home, DATABASE_URL: server.url }
  const printed = await garrodWith(env, 'db', 'roles', '--runtime', 'garrod_two')
  assert.deepEqual(
    [printed.exit, /grant select, insert on "public"."audit_event" to garrod_two;/.test(printed.out)],
    [0, true],
  )
  assert.equal(await owner.first("select 1 from pg_roles where rolname = 'garrod_two'"), undefined)
  assert.equal((await garrodWith(env, 'db', 'roles', '--runtime', 'garrod_two', '--apply')).exit, 0)
  assert.notEqual(await owner.first("select 1 from pg_roles where rolname = 'garrod_two'"), undefined)
  const status = await garrodWith({ ...env, DATABASE_URL: runtimeUrl }, 'db', 'status')
  assert.match(status.out, /garrod_app, who reads and writes rows alone/)
})
