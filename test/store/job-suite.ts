import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Jobs, Lease, NewJob } from '../../src/store/jobs/jobs.ts'
import { type TenantId, tenantId } from '../../src/terms/ids.ts'

/** What the queue must do on every engine. `jobs` is asked for when a test runs. */
export function jobSuite(engine: string, jobs: () => Jobs, skip: string | false = false): void {
  let tenants = 0
  const it = (what: string, work: (jobs: Jobs, tenant: TenantId) => Promise<void>) =>
    test(`${engine}: ${what}`, { skip }, () => {
      tenants += 1
      return work(jobs(), tenantId(`jobs-${tenants}`))
    })
  const refused = (code: string) => (error: unknown) => (error as { code?: string }).code === code
  const start = Date.parse('2026-03-01T10:00:00.000Z')
  const at = (seconds: number) => new Date(start + seconds * 1000).toISOString()
  const job = (key: string, more: Partial<NewJob> = {}): NewJob => ({
    kind: 'test',
    key,
    payload: { key },
    ...more,
  })
  const LEASE = 30_000
  const claim = (queue: Jobs, tenant: TenantId, seconds: number, most = 10, worker = 'w') =>
    queue.claim(tenant, ['test'], worker, LEASE, most, at(seconds))
  const take = async (queue: Jobs, tenant: TenantId, seconds: number, worker = 'w'): Promise<Lease> => {
    const [one] = await claim(queue, tenant, seconds, 1, worker)
    assert.ok(one, 'nothing to claim')
    return one
  }
  const FAULT = { code: 'X', what: 'x', mend: 'y' }

  it('jobs are taken in their order, once, when they are due', async (queue, tenant) => {
    await queue.enqueue(tenant, [job('a'), job('b', { notBefore: at(60) })], at(0))
    await queue.enqueue(tenant, [job('c')], at(1))
    assert.deepEqual(
      (await claim(queue, tenant, 2)).map(({ key }) => key),
      ['a', 'c'],
    )
    assert.deepEqual(await claim(queue, tenant, 2), [])
    assert.deepEqual((await claim(queue, tenantId('jobs-other'), 100)).length, 0)
    assert.deepEqual(await queue.claim(tenant, ['other'], 'w', LEASE, 10, at(100)), [])
    const late = await claim(queue, tenant, 29)
    assert.equal(late.length, 0, 'before its time, and before the leases end')
    assert.deepEqual((await claim(queue, tenant, 60)).map(({ key }) => key).sort(), ['a', 'b', 'c'])
  })

  it('one key is one job until it is done', async (queue, tenant) => {
    const [first, same, other] = await queue.enqueue(
      tenant,
      [job('a'), job('a'), job('a', { kind: 'else' })],
      at(0),
    )
    assert.equal(first!.id, same!.id)
    assert.notEqual(first!.id, other!.id)
    const lease = await take(queue, tenant, 1)
    assert.equal((await queue.enqueue(tenant, [job('a')], at(2)))[0]!.id, first!.id, 'while it runs, too')
    await lease.complete(at(3))
    assert.notEqual((await queue.enqueue(tenant, [job('a')], at(4)))[0]!.id, first!.id)
    assert.equal((await queue.get(tenant, first!.id))!.state, 'done')
    assert.equal(await queue.get(tenant, 'no-id'), undefined)
  })

  it('a lease that runs out goes to another worker, and the first one is told', async (queue, tenant) => {
    await queue.enqueue(tenant, [job('a')], at(0))
    const first = await take(queue, tenant, 0, 'one')
    await first.report({ done: 3, of: 9, text: 'a third' }, at(20))
    assert.equal((await claim(queue, tenant, 49)).length, 0, 'a report prolongs the lease')
    const second = await take(queue, tenant, 50, 'two')
    assert.deepEqual([second.attempt, second.progress], [2, { done: 3, of: 9, text: 'a third' }])
    const late = [
      () => first.report({ done: 4, of: 9, text: '' }, at(51)),
      () => first.complete(at(51)),
      () => first.fail(FAULT, at(51)),
      () => first.release(at(51)),
    ]
    for (const call of late) await assert.rejects(call(), refused('JOB_LOST'))
    await second.complete(at(52))
    assert.equal((await queue.get(tenant, first.id))!.progress.done, 9)
  })

  it('the same worker in a later attempt is another holder', async (queue, tenant) => {
    await queue.enqueue(tenant, [job('a')], at(0))
    const first = await take(queue, tenant, 0)
    await take(queue, tenant, 31)
    await assert.rejects(first.complete(at(32)), refused('JOB_LOST'))
  })

  it('a failure waits 2, 4, 8 … seconds, then it is a dead letter that may be retried', async (queue, tenant) => {
    await queue.enqueue(tenant, [job('a', { attempts: 3 })], at(0))
    let now = 0
    for (const wait of [2, 4]) {
      await (await take(queue, tenant, now)).fail(FAULT, at(now))
      assert.equal((await claim(queue, tenant, now + wait - 1)).length, 0)
      now += wait
    }
    const last = await take(queue, tenant, now)
    await last.fail(FAULT, at(now))
    const dead = (await queue.get(tenant, last.id))!
    assert.deepEqual([dead.state, dead.attempt, dead.fault], ['dead', 3, FAULT])
    assert.deepEqual(
      (await queue.list(tenant, 'dead', 5)).map(({ id }) => id),
      [last.id],
    )
    assert.equal((await claim(queue, tenant, now + 10_000)).length, 0)
    await queue.retry(tenant, last.id, at(now))
    await assert.rejects(queue.retry(tenant, last.id, at(now)), refused('JOB_STATE'))
    await (await take(queue, tenant, now)).refuse(FAULT, at(now))
    assert.equal((await queue.get(tenant, last.id))!.state, 'dead', 'refused at the first attempt')
    const [newer] = await queue.enqueue(tenant, [job('a')], at(now))
    await assert.rejects(queue.retry(tenant, last.id, at(now)), refused('JOB_KEY_TAKEN'))
    assert.equal(newer!.state, 'waiting')
    await assert.rejects(
      queue.retry(tenant, '00000000-0000-0000-0000-000000000000', at(now)),
      refused('JOB_UNKNOWN'),
    )
  })

  it('a job that kills every worker ends as a dead letter', async (queue, tenant) => {
    await queue.enqueue(tenant, [job('poison', { attempts: 2 })], at(0))
    await take(queue, tenant, 0)
    const second = await take(queue, tenant, 31)
    assert.equal((await claim(queue, tenant, 62)).length, 0)
    const dead = (await queue.get(tenant, second.id))!
    assert.deepEqual([dead.state, dead.fault?.code], ['dead', 'JOB_WORKER_LOST'])
  })

  it('a released job is there at once, and has not used up an attempt; a cancelled one is not', async (queue, tenant) => {
    await queue.enqueue(tenant, [job('a', { attempts: 1 })], at(0))
    await (await take(queue, tenant, 0)).release(at(1))
    const again = await take(queue, tenant, 1)
    assert.equal(again.attempt, 1)
    await queue.cancel(tenant, again.id, at(2))
    await assert.rejects(again.report({ done: 1, of: 1, text: '' }, at(3)), refused('JOB_LOST'))
    await assert.rejects(queue.cancel(tenant, again.id, at(3)), refused('JOB_STATE'))
    assert.equal((await claim(queue, tenant, 1_000)).length, 0)
    assert.equal(await queue.prune(tenant, at(2)), 0)
    assert.equal(await queue.prune(tenant, at(3)), 1)
    assert.equal(await queue.get(tenant, again.id), undefined)
  })

  it('many workers take every job once', async (queue, tenant) => {
    await queue.enqueue(
      tenant,
      Array.from({ length: 200 }, (_, i) => job(String(i))),
      at(0),
    )
    const seen: string[] = []
    await Promise.all(
      Array.from({ length: 8 }, async (_, worker) => {
        for (;;) {
          const leases = await claim(queue, tenant, 1, 7, `w${worker}`)
          assert.ok(leases.length <= 7, `${leases.length} taken`)
          if (leases.length === 0) return
          for (const lease of leases) {
            seen.push(lease.key)
            await lease.complete(at(2))
          }
        }
      }),
    )
    assert.equal(seen.length, 200)
    assert.equal(new Set(seen).size, 200)
  })
}
