// Filing HL7 v2 into the record before the answer, of this checkout and of another one that is named, in turns in the same run:
// node bench/filing.ts [CHECKOUT] [GENES]. Messages a second of one sender and of eight, time of the processor, and SQL statements a
// message; the database's time of the processor is told on Linux. With GENES everybody has results of so many genes already, a genotype and a phenotype of each.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { patientId, tenantId } from '../src/terms/ids.ts'

const TURNS = 16
const MESSAGES = 24
const GENES = Number(process.argv[3] ?? 0)
const PEOPLE = GENES === 0 ? 200 : 40
const here = join(import.meta.dirname, '..')

let statements = 0
const query = pg.Client.prototype.query
pg.Client.prototype.query = function counted(this: pg.Client, ...asked: unknown[]) {
  statements += 1
  return Reflect.apply(query, this, asked) as unknown
} as typeof query

/** Milliseconds that the database's processes, children of this one, have had of the processor; 0 where /proc is not. */
function databaseCpu(): number {
  if (!existsSync('/proc/self/stat')) return 0
  const parents = new Map<number, number>()
  const used = new Map<number, number>()
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number)
      parents.set(Number(pid), fields[1]!)
      // Hundredths of a second, of the process and of its children that have ended.
      used.set(Number(pid), 10 * (fields[11]! + fields[12]! + fields[13]! + fields[14]!))
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOurs = (pid: number): boolean =>
    pid > 1 && (parents.get(pid) === process.pid || isOurs(parents.get(pid) ?? 0))
  return [...used].reduce((sum, [pid, ms]) => (isOurs(pid) ? sum + ms : sum), 0)
}

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
  const send = async (text: string) => {
    const answer = await receive(services, Buffer.from(text), { by: 'bench' })
    if (!answer.includes('\rMSA|AA|')) throw new Error(answer.replaceAll('\r', '\n'))
  }
  if (GENES > 0) for (let i = 0; i < PEOPLE; i++) await send(panel(i))
  let number = 0
  return {
    root,
    file: () => send(message(number++)),
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

/** What a person has already: as many genes as asked, each with genotype and phenotype. */
function panel(i: number): string {
  const genes = Array.from({ length: GENES }, (_, g) => [
    `OBX|${3 * g + 1}|CWE|48018-6^Gene studied [ID]^LN|${g + 1}a|HGNC:${9000 + g}^GENE${g}^HGNC||||||F`,
    `OBX|${3 * g + 2}|ST|84413-4^Genotype display name^LN|${g + 1}a|*1/*${g + 2}||||||F`,
    `OBX|${3 * g + 3}|CWE|53040-2^Genetic variation's effect on drug metabolism^LN|${g + 1}a|LA10317-8^Intermediate metabolizer^LN||||||F`,
  ])
  return [
    `MSH|^~\\&|LAB|SITE|EHR|HOSP|20261121103000+0100||ORU^R01^ORU_R01|P${i}|P|2.5.1`,
    `PID|1||M${i}^^^HOSP^MR||One^Example||19580314|M`,
    `OBR|1|Q${i}^EHR|E${i}^LAB|51969-4^Genetic analysis report^LN|||20261119|||||||||||||||20261121100000+0100|||F`,
    ...genes.flat(),
    '',
  ].join('\r')
}

const sides = []
for (const root of [here, ...process.argv.slice(2, 3).filter((one) => one !== '-')])
  sides.push(await opened(root))
for (const { file } of sides) for (let i = 0; i < 100; i++) await file()
for (const senders of [1, 8]) {
  const sums = sides.map(() => ({ ms: 0, cpu: 0, database: 0, statements: 0 }))
  for (let turn = 0; turn < TURNS; turn++) {
    for (let at = 0; at < sides.length; at++) {
      const which = (at + turn) % sides.length
      const [side, sum] = [sides[which]!, sums[which]!]
      const [cpu, began, before] = [process.cpuUsage(), performance.now(), statements]
      const database = databaseCpu()
      let left = MESSAGES
      const send = async () => {
        while (left-- > 0) await side.file()
      }
      await Promise.all(Array.from({ length: senders }, send))
      const { user, system } = process.cpuUsage(cpu)
      sum.ms += performance.now() - began
      sum.cpu += (user + system) / 1000
      sum.database += databaseCpu() - database
      sum.statements += statements - before
    }
  }
  const all = TURNS * MESSAGES
  for (const [i, { ms, cpu, database, statements: asked }] of sums.entries())
    process.stdout.write(
      `${i === 0 ? 'this checkout' : 'the other   '}  ${senders} at once  ${((1000 * all) / ms).toFixed(0).padStart(4)}/s  ${(cpu / all).toFixed(2)} ms of this process  ${(database / all).toFixed(2)} ms of the database  ${(asked / all).toFixed(1)} statements\n`,
    )
  const [own, other] = sums
  if (other !== undefined) process.stdout.write(`  ratio ${(other.ms / own!.ms).toFixed(2)}\n`)
}
for (const { close } of sides) await close()
