import assert from 'node:assert/strict'
import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { placeOf } from '../../src/store/embedded/place.ts'
import { TENANT } from '../store/example-upload.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import { openWhenReady, prepare } from './served-garrod.ts'

for (const [when, age] of [
  ['long ago', 60_000],
  ['just now', 0],
] as const) {
  test(`a database server killed ${when}, before it had written its number, is started again`, async (t) => {
    const home = newHome()
    t.after(() => removeHome(home))
    const place = { home, databaseUrl: undefined }
    await prepare(place)
    const path = join(placeOf(home).data, 'postmaster.pid')
    writeFileSync(path, '')
    const at = (Date.now() - age) / 1000
    utimesSync(path, at, at)
    const store = await openWhenReady(place)
    assert.equal((await store.patients.list(TENANT)).total, 1)
    await store.close()
  })
}
