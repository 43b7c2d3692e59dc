// Filing HL7 v2 into the record before the answer, of this checkout and of another one that is named, in turns in the same run:
// node bench/filing.ts [CHECKOUT]. Messages a second of one sender and of eight, time of the processor, and SQL statements a message.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { patientId, tenantId } from '../src/terms/ids.ts'

const TURNS = 16
const MESSAGES = 24
const PEOPLE = 200
const here = join(import.meta.dirname, '..')

let statements = 0
const query = pg.Client.prototype.query
pg.Client.prototype.query = function counted(this: pg.Client, ...asked: unknown[]) {
  statements += 1
  return Reflect.apply(query, this, asked) as unknown
} as typeof query

/** The exchange of one checkout over a store of its own. */
async function opened(root: string) {
  const load = async <T>(...paths: string[]): Promise<T> => {
    const path = paths.map((one) => join(root, one)).find((one) => existsSync(one))
    return (await import(path ?? paths[0]!)) as T
  }
  const { receive } = await load<typeof import('../src/app/exchange/exchange.ts')>(
    'src/app/exchange/exchange.ts',
  )
  const { openExchange } = await load<typeof import('../src/app/open-exchange.ts')>(
    'src/app/open-exchange.ts',
    'src/app/exchange/open-exchange.ts',
  )
  const { openAudit } = await load<typeof import('../src/app/open-audit.ts')>('src/app/open-audit.ts')
  const { Facts } = await load<typeof import('../src/knowledge/facts.ts')>('src/knowledge/facts.ts')
  const { openStore } = await load<typeof import('../src/store/open-store.ts')>('src/store/open-store.ts')
  const { keyringOf } = await load<typeof import('../test/support/keyring.ts')>('test/support/keyring.ts')
  const { newHome, removeHome } = await load<typeof import('../test/support/store-home.ts')>(
    'test/support/store-home.ts',
  )
  const tenant = tenantId('bench')
  const home = newHome()
  const store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
  const anchors = { keyFolder: join(home, 'keys'), auditAnchors: join(home, 'anchors') }
  const audit = await openAudit(anchors, store)
  const facts = Facts.find([join(root, 'facts')])
  const log = (line: string) => void process.stderr.write(`${line}\n`)
  const services = openExchange({ store, tenant, facts, audit, now: () => new Date(), log })
  for (let i = 0; i < PEOPLE; i++) {
    const identifiers = [{ system: 'urn:id:HOSP', value: `M${i}` }]
    const person = { id: patientId(`p${i}`), name: 'Example One', birthDate: '1958-03-14', identifiers }
    await store.patients.add(
      tenant,
      { ...person, sex: 'male' },
      { at: new Date().toISOString(), by: 'bench' },
    )
  }
  let number = 0
  return {
    root,
    async file() {
      const bytes = Buffer.from(message(number++))
      const answer = await receive(services, bytes, { by: 'bench' })
      if (!answer.includes('\rMSA|AA|')) throw new Error(answer.replaceAll('\r', '\n'))
    },
    async close() {
      await services.close()
      await audit.close()
      await store.close()
      await removeHome(home)
    },
  }
}

/** A final genotype with its phenotype, another one of each person than the time before. */
function message(i: number): string {
  const alleles = ['*1/*2', '*2/*2', '*1/*17'][Math.floor(i / PEOPLE) % 3]
  return [
    `MSH|^~\\&|LAB|SITE|EHR|HOSP|20261122103000+0100||ORU^R01^ORU_R01|B${i}|P|2.5.1`,
    `PID|1||M${i % PEOPLE}^^^HOSP^MR||One^Example||19580314|M`,
    `OBR|1|P${i}^EHR|F${i}^LAB|51969-4^Genetic analysis report^LN|||20261120|||||||||||||||20261122100000+0100|||F`,
    'OBX|1|CWE|48018-6^Gene studied [ID]^LN|1a|HGNC:2621^CYP2C19^HGNC||||||F',
    `OBX|2|ST|84413-4^Genotype display name^LN|1a|${alleles}||||||F`,
    '',
  ].join('\r')
}

const sides = []
for (const root of [here, ...process.argv.slice(2, 3)]) sides.push(await opened(root))
for (const { file } of sides) for (let i = 0; i < 100; i++) await file()
for (const senders of [1, 8]) {
  const sums = sides.map(() => ({ ms: 0, cpu: 0, statements: 0 }))
  for (let turn = 0; turn < TURNS; turn++) {
    for (let at = 0; at < sides.length; at++) {
      const which = (at + turn) % sides.length
      const [side, sum] = [sides[which]!, sums[which]!]
      const [cpu, began, before] = [process.cpuUsage(), performance.now(), statements]
      let left = MESSAGES
      const send = async () => {
        while (left-- > 0) await side.file()
      }
      await Promise.all(Array.from({ length: senders }, send))
      const { user, system } = process.cpuUsage(cpu)
      sum.ms += performance.now() - began
      sum.cpu += (user + system) / 1000
      sum.statements += statements - before
    }
  }
  const all = TURNS * MESSAGES
  for (const [i, { ms, cpu, statements: asked }] of sums.entries())
    process.stdout.write(
      `${i === 0 ? 'this checkout' : 'the other   '}  ${senders} at once  ${((1000 * all) / ms).toFixed(0).padStart(4)}/s  ${(cpu / all).toFixed(2)} ms of this process  ${(asked / all).toFixed(1)} statements\n`,
    )
  const [own, other] = sums
  if (other !== undefined) process.stdout.write(`  ratio ${(other.ms / own!.ms).toFixed(2)}\n`)
}
for (const { close } of sides) await close()
