import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { ASSEMBLIES_PACK } from '../../knowledge/assemblies.ts'
import type { FactPack } from '../../knowledge/fact-pack.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { readChain } from '../../knowledge/import/pgx/chain.ts'
import { writePack } from '../../knowledge/import/write-pack.ts'
import { Fault } from '../../terms/fault.ts'

/** A chain file between GRCh37 and GRCh38 as a new version of the assemblies pack. Throws CHAIN_DIRECTION, CHAIN_MALFORMED. */
export function importChain(order: {
  readonly path: string
  readonly into: string
  readonly version: string | undefined
  readonly retrieved: string
  readonly facts: Facts
}): readonly string[] {
  const bytes = readFileSync(order.path)
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8')
  const pack = order.facts.pack(ASSEMBLIES_PACK)
  const blocks = readChain(text, directionOf(text, order.path), order.path)
  const rows = blocks.map((one) => [one.chromosome, one.start37, one.end37, one.start38, 'chain'].join('\t'))
  const table = ['chromosome\tgrch37_start\tgrch37_end\tgrch38_start\tanchors', ...rows, ''].join('\n')
  const { sha256: _sha256, ...head } = pack.head
  const next: Omit<FactPack, 'sha256'> = {
    ...head,
    version: order.version ?? `chain-${order.retrieved}`,
    retrieved: order.retrieved,
    limits: ['Blocks of a chain file; outside of them nothing is lifted.'],
  }
  const files = new Map([
    ['sequences.tsv', pack.text('sequences.tsv')],
    ['blocks.tsv', table],
  ])
  return [`${writePack(order.into, next, files)}: ${blocks.length} blocks`]
}

/** Told by the length of chromosome 1 in the header of a chain. */
function directionOf(text: string, where: string): 'GRCh37' | 'GRCh38' {
  const length = /^chain\s+\S+\s+chr1\s+(\d+)\s/m.exec(text)?.[1]
  if (length === '249250621') return 'GRCh37'
  if (length === '248956422') return 'GRCh38'
  throw new Fault(
    'CHAIN_DIRECTION',
    where,
    'chromosome 1 of the chain file has the length of neither GRCh37 nor GRCh38',
    'Give hg19ToHg38.over.chain.gz or hg38ToHg19.over.chain.gz.',
  )
}
