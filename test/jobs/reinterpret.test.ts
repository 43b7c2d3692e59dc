import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { reinterpretEveryone } from '../../src/app/command-line/reinterpret-everyone.ts'
import { jobHandlers } from '../../src/app/job-handlers.ts'
import { REINTERPRET_ALL } from '../../src/app/jobs/reinterpret-job.ts'
import { Worker } from '../../src/app/jobs/worker.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { ACT, keyOf, person, TENANT } from '../store/example-upload.ts'
import { garrodWith } from '../support/command-line.ts'
import { exampleAnswer, root } from '../support/http-server.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const home = newHome()
let store: Store
before(async () => {
  store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
  for (const id of ['ann', 'ben', 'cleo']) await store.patients.add(TENANT, person(id), ACT)
})
after(async () => {
  await store.close()
  await removeHome(home)
})

const facts = Facts.find([join(root, 'facts')])

type Interpret = typeof exampleAnswer
/** What "ben" is told of the first drug is more urgent than before. */
const newAdvice: Interpret = (record) => {
  const { findings, plan } = exampleAnswer(record)
  if (record.id !== 'ben') return { findings, plan }
  const [first, ...others] = plan.drugs
  return {
    findings,
    plan: { ...plan, drugs: [{ ...first!, severity: 'critical', state: 'partial' }, ...others] },
  }
}
/** Other words and another release of the engine: nothing that anybody would do differently. */
const newWords: Interpret = (record) => {
  const { findings, plan } = exampleAnswer(record)
  const drugs = plan.drugs.map((one) => ({ ...one, headline: `${one.headline} (in other words)` }))
  return { findings, plan: { ...plan, drugs, engine: { name: 'garrod', version: '99' } } }
}
const services = (interpret: Interpret) => ({ store, facts, interpret, now: () => new Date() })
const silent = () => undefined
const outcomes = async (interpret: Interpret) =>
  (await reinterpretEveryone(services(interpret), TENANT, silent, silent)).map(
    ({ patient, outcome, drugs }) => [patient, outcome, ...drugs],
  )

test('everybody gets a new plan, and it is told whose advice is another', async () => {
  const drug = exampleAnswer((await store.records.get(keyOf('ann')))!.record).plan.drugs[0]!.drug.name
  assert.deepEqual(await outcomes(exampleAnswer), [
    ['ann', 'first'],
    ['ben', 'first'],
    ['cleo', 'first'],
  ])
  assert.deepEqual(await outcomes(newWords), [
    ['ann', 'unchanged'],
    ['ben', 'unchanged'],
    ['cleo', 'unchanged'],
  ])
  assert.equal((await store.plans.list(keyOf('ann'))).length, 2, 'the new words are kept as a plan')
  assert.deepEqual(await outcomes(newAdvice), [
    ['ann', 'unchanged'],
    ['ben', 'changed', drug],
    ['cleo', 'unchanged'],
  ])
})

test('plans that rest on other facts or on an older record are made anew by a job; the others are left alone', async () => {
  const before = async (id: string) => (await store.plans.list(keyOf(id))).length
  const made = Object.fromEntries(
    await Promise.all(['ann', 'ben', 'cleo'].map(async (id) => [id, await before(id)])),
  )
  const current: Interpret = (record) => {
    const { findings, plan } = exampleAnswer(record)
    return {
      findings,
      plan: {
        ...plan,
        facts: facts.inForce.slice(0, 2).map(({ head: { id, version } }) => ({ id, version })),
      },
    }
  }
  await outcomes(current)
  await store.records.change(keyOf('cleo'), { context: {} }, ACT)
  const handlers = jobHandlers(services(current))
  const worker = new Worker({
    jobs: store.jobs,
    tenants: () => [TENANT],
    handlers,
    now: () => new Date(),
    log: silent,
  })
  const [all] = await store.jobs.enqueue(
    TENANT,
    [{ kind: REINTERPRET_ALL, key: 'x', payload: {} }],
    new Date().toISOString(),
  )
  assert.equal(await worker.drain(), 2, 'the look at all, and cleo')
  assert.match((await store.jobs.get(TENANT, all!.id))!.progress.text, /^1 plans/)
  assert.deepEqual(
    [await before('ann'), await before('ben'), await before('cleo')],
    [made['ann'] + 1, made['ben'] + 1, made['cleo'] + 2],
  )
})

test('garrod jobs: list, show, run, retry and cancel, and what cannot be done is a fault', async () => {
  const garrod = (...argv: string[]) =>
    garrodWith({ GARROD_HOME: home, DATABASE_URL: undefined }, 'jobs', ...argv)
  const run = await garrod('run', 'reinterpret', '--all')
  assert.equal(run.exit, 0, run.err)
  assert.match(run.out, /^ann +advice (un)?changed/m)
  assert.match(run.out, /3 re-interpreted; the advice of \d changed\n$/)
  const done = (await garrod('list', '--state', 'done', '--json')).out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.ok(done.length >= 3)
  assert.match((await garrod('show', done[0].id)).out, /state +done/)
  const refused = async (code: string, ...argv: string[]) => {
    const { exit, err } = await garrod(...argv)
    assert.equal(exit, 2)
    assert.match(err, new RegExp(`code {3}${code}\\n`))
  }
  await refused('JOB_STATE', 'cancel', done[0].id)
  await refused('JOB_UNKNOWN', 'show', 'no-such-id')
  await refused('USAGE_VERB', 'run')
  await refused('USAGE_STATE', 'list', '--state', 'lost')
  const [job] = await store.jobs.enqueue(
    TENANT,
    [{ kind: 'other', key: 'x', payload: {} }],
    new Date().toISOString(),
  )
  assert.match((await garrod('cancel', job!.id)).out, /state +cancelled/)
  assert.match((await garrod('retry', job!.id)).out, /state +waiting/)
  await garrod('cancel', job!.id)
  assert.match((await garrod('prune', '--days', '0')).out, /forgotten/)
  assert.equal((await garrod('list')).out, 'no jobs\n')
  const worker = await garrodWith({ GARROD_HOME: home, DATABASE_URL: undefined }, 'worker', '--until-empty')
  assert.deepEqual([worker.exit, worker.out], [0, '0 jobs\n'])
})
