// Times of the variant tiers with made-up exomes: node bench/variants.ts [people] [server], default 1000 people on the
// embedded engine; "server" starts the PostgreSQL of Debian's packages. About 30,000 calls each out of 178,000 variants,
// common ones in many people and rare ones in few. Prints medians in milliseconds, and how busy the machine was before.
import { loadavg } from 'node:os'
import { CallColumnsBuilder } from '../src/intake/vcf/call-columns-builder.ts'
import { UNRESTRICTED } from '../src/record/resource-query.ts'
import {
  CHROMOSOMES,
  callAt,
  genotypeCode,
  REFERENCE,
  THIS,
  type VariantName,
} from '../src/record/variant-calls.ts'
import { openStore } from '../src/store/open-store.ts'
import { ACT, keyOf, person, TENANT } from '../test/store/example-upload.ts'
import { installedServer, startServer, whenReady } from '../test/support/debian-server.ts'
import { keyringOf } from '../test/support/keyring.ts'
import { newHome, removeHome } from '../test/support/store-home.ts'

const people = Number(process.argv[2] ?? 1000)
const VARIANTS = 178_000
const BASES = 'ACGT'
const home = newHome()
const server = process.argv[3] === 'server' ? await startServer(installedServer()!) : undefined
const store = await whenReady(() => openStore({ home, databaseUrl: server?.url, keyring: keyringOf(home) }))

/** The same numbers in every run (Park and Miller 1988, doi:10.1145/63039.63042). */
let state = 20_260_301
function random(): number {
  state = (state * 48_271) % 2_147_483_647
  return state / 2_147_483_647
}

const frequency = Float64Array.from({ length: VARIANTS }, () => random() ** 8)
const scale = 30_000 / frequency.reduce((sum, one) => sum + 1 - (1 - one) ** 2, 0)
function variantAt(i: number): VariantName {
  const ref = BASES[i % 4]!
  return {
    assembly: 'GRCh38',
    chromosome: CHROMOSOMES[Math.floor((i * 22) / VARIANTS)]!,
    position: 10_000 + i * 171,
    ref,
    alt: BASES[(i + 1 + (i % 3)) % 4]!,
  }
}

function exome() {
  const builder = new CallColumnsBuilder()
  for (let i = 0; i < VARIANTS; i++) {
    const share = Math.min(0.99, frequency[i]! * scale)
    const [one, two] = [random() < share, random() < share]
    if (!one && !two) continue
    const { position, ref, alt } = variantAt(i)
    const code = genotypeCode(one ? THIS : REFERENCE, two ? THIS : REFERENCE, false)
    const place = Math.floor((i * 22) / VARIANTS)
    builder.add(place, position, ref, alt, code, 'PASS', 20 + (i % 40), 30 + (i % 70))
  }
  return builder.columns()
}

async function timed(what: string, times: number, work: (i: number) => Promise<unknown>): Promise<void> {
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    const started = performance.now()
    await work(i)
    taken.push(performance.now() - started)
  }
  taken.sort((a, b) => a - b)
  const at = (share: number) =>
    taken[Math.min(taken.length - 1, Math.floor(share * taken.length))]!.toFixed(2)
  process.stdout.write(`${what.padEnd(58)} ${at(0.5).padStart(9)}   p99 ${at(0.99).padStart(9)}\n`)
}

process.stdout.write(`load of this machine before: ${loadavg()[0]!.toFixed(1)}\n`)
let calls = 0
await timed('take one person’s calls', people, async (i) => {
  await store.patients.add(TENANT, person(`p${i}`), ACT)
  const columns = exome()
  calls += columns.count
  const reading = {
    file: 'exome.vcf',
    sha256: String(i),
    sample: 'S',
    assembly: 'GRCh38',
    calls: columns,
  } as const
  await store.variants.write(keyOf(`p${i}`), reading)
})
const common = () => variantAt(frequency.findIndex((one, i) => i > random() * VARIANTS && one > 0.05))
await timed('fold all but 20 readings', 1, async () => {
  for (let left = people - 20; left > 0; left -= 100) await store.variants.fold(TENANT, Math.min(100, left))
})
await timed('carriers of a variant, 20 readings not yet folded', 50, () =>
  store.variants.carriers(TENANT, [common()], UNRESTRICTED),
)
await timed('fold the rest', 1, async () => {
  while ((await store.variants.fold(TENANT, 100)) > 0);
})
let found = 0
await timed('carriers of a variant', 500, async () => {
  const variant = variantAt(Math.floor(random() * VARIANTS))
  found += (await store.variants.carriers(TENANT, [variant], UNRESTRICTED))[0]!.length
})
const research = { purpose: 'HRESCH', actors: [], at: ACT.at, whenSilent: 'permit' as const }
await timed('the same, each person’s consent asked', 500, () =>
  store.variants.carriers(TENANT, [variantAt(Math.floor(random() * VARIANTS))], {
    ...UNRESTRICTED,
    consent: research,
  }),
)
await timed('carriers of 81 variants', 50, (i) =>
  store.variants.carriers(
    TENANT,
    Array.from({ length: 81 }, (_, n) => variantAt((i * 997 + n * 2_111) % VARIANTS)),
    UNRESTRICTED,
  ),
)
await timed(`one person’s ${Math.round(calls / people)} calls`, 200, (i) =>
  store.variants.read(keyOf(`p${(i * 7) % people}`), UNRESTRICTED),
)
await timed('the same, each call as an object', 50, async (i) => {
  const [reading] = await store.variants.read(keyOf(`p${(i * 7) % people}`), UNRESTRICTED)
  for (let n = 0; n < reading!.calls.count; n++) callAt(reading!.calls, n)
})
process.stdout.write(
  `${calls} calls of ${people} people; ${(found / 500).toFixed(0)} carriers of a variant on average\n`,
)
await store.close()
await server?.remove()
await removeHome(home)
