// One thread of a scan: takes runs of the file from the shared desk until there are none.
import { parentPort, workerData } from 'node:worker_threads'
import { openPlaced } from '../bgzf/run.ts'
import { TicketDesk } from '../bgzf/ticket.ts'
import { failureOf, nextRun } from './run-lines.ts'
import type { TaskOrder } from './task.ts'
import { openTask } from './tasks.ts'

export interface WorkerOrder {
  readonly path: string
  readonly name: string
  readonly desk: SharedArrayBuffer
  readonly skip: number
  readonly task: TaskOrder
}

const { path, name, desk: shared, skip, task: order } = workerData as WorkerOrder
const port = parentPort!
try {
  const desk = new TicketDesk(shared)
  const file = openPlaced(path, name)!
  const task = await openTask(order)
  for (;;) {
    const done = nextRun(desk, file, task, skip)
    if (done === undefined) break
    if ('failure' in done) port.postMessage(done)
    else {
      const buffers = done.result === undefined ? [] : task.transfer(done.result)
      port.postMessage(done, [done.head.buffer as ArrayBuffer, done.tail.buffer as ArrayBuffer, ...buffers])
    }
  }
  port.postMessage('done')
} catch (error) {
  port.postMessage({ number: -1, failure: failureOf(error) })
}
