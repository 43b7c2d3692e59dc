import { openStore } from '../../store/open-store.ts'
import { type Config, readConfig } from '../config.ts'
import type { ExchangeServices } from '../exchange/exchange-services.ts'
import { openGarrod } from '../garrod.ts'
import { openAudit } from '../open-audit.ts'
import { openExchange } from '../open-exchange.ts'
import { TENANT } from '../tenant.ts'

/** Opens the exchange for one command and closes it, whatever comes of the command. What it does is audited. */
export async function withExchange<T>(
  log: (line: string) => void,
  work: (services: ExchangeServices) => Promise<T>,
  config: Config = readConfig(),
): Promise<T> {
  const { facts } = openGarrod(config)
  const store = await openStore(config)
  try {
    const audit = await openAudit(config, store)
    try {
      const { testMessages = 'refuse' } = config
      const now = () => new Date()
      return await work(openExchange({ store, tenant: TENANT, facts, audit, now, log, testMessages }))
    } finally {
      await audit.close()
    }
  } finally {
    await store.close()
  }
}
