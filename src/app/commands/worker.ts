import { Fault } from '../../terms/fault.ts'
import type { Command, ExitCode } from '../command.ts'
import { stopSignal } from '../command-line/stop-signal.ts'
import { withStore } from '../command-line/with-store.ts'
import { readConfig } from '../config.ts'
import { openGarrod } from '../garrod.ts'
import { jobHandlers } from '../job-handlers.ts'
import { auditedJobs } from '../jobs/audited-jobs.ts'
import { interpreterOn } from '../jobs/interpreter.ts'
import { Worker } from '../jobs/worker.ts'
import { openAudit } from '../open-audit.ts'
import { TENANT } from '../tenant.ts'

export const worker: Command = {
  name: 'worker',
  summary: 'do the jobs of the queue, beside or instead of "garrod serve"',
  usage: '[--at-once N] [options]',
  details: `Any number of workers, on any machine that reaches the database, the archive and the keys, share one queue. Ctrl-C gives
back what is not finished; a worker that is killed is replaced by another after 30 seconds, and nothing is lost.`,
  options: {
    'at-once': { type: 'string', value: 'N', help: 'jobs at the same time; default 2' },
    'until-empty': { type: 'boolean', help: 'end when nothing is due any more' },
  },
  examples: [['garrod worker --at-once 4', 'four jobs at a time until Ctrl-C']],
  async run(input, io) {
    const atOnce = input.whole('at-once') ?? 2
    if (atOnce < 1)
      throw new Fault('USAGE_NUMBER', '--at-once', `${atOnce} jobs at a time do nothing`, 'Give 1 or more.')
    const config = readConfig()
    const garrod = openGarrod(config)
    return withStore<ExitCode>(async (store) => {
      const audit = await openAudit(config, store)
      const services = interpreterOn(store, garrod, config.site)
      const one = new Worker({
        jobs: store.jobs,
        tenants: () => [TENANT],
        handlers: auditedJobs(jobHandlers(services), audit, services.now),
        now: services.now,
        log: (line) => io.err(`${line}\n`),
        atOnce,
      })
      try {
        if (input.flag('until-empty')) {
          await io.out(`${await one.drain()} jobs\n`)
          return 0
        }
        const stopped = stopSignal()
        one.start()
        io.err('working; Ctrl-C stops it\n')
        await stopped
        io.err('stopping\n')
        await one.stop()
        return 0
      } finally {
        await audit.close()
      }
    })
  },
}
