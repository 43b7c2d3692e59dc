import { fileURLToPath } from 'node:url'
import { readGenotypes } from '../../../src/intake/receive.ts'
import { openPgx } from '../../../src/interpret/pgx/pgx.ts'
import { Facts } from '../../../src/knowledge/facts.ts'
import { sharedData } from '../../support/shared-data.ts'
import { readTsv } from './tsv.ts'

/** Genes whose consensus names can be compared with today's names. */
const GENES = ['CYP2B6', 'CYP2C19', 'CYP2C9', 'CYP2D6', 'CYP3A4', 'CYP3A5', 'TPMT']

/** Agreement with the GeT-RM consensus of one gene. */
interface TruthRow {
  readonly gene: string
  readonly samples: number
  /** The consensus is the only reported diplotype. */
  readonly exact: number
  /** The consensus is among the reported ones. */
  readonly among: number
  /** The peer's count of `exact` and `among` on the same samples. */
  readonly peerExact: number
  readonly peerAmong: number
  readonly misses: readonly string[]
}

/** Runs the 53 samples that have both a consensus and a genome. */
export async function compareGetrm(): Promise<TruthRow[]> {
  const truth = readTsv(sharedData('pgx/truth/getrm_consensus.tsv')!).filter(
    (row) => row['in_1kgp30x_vcf'] === 'yes' && GENES.includes(row['gene']!),
  )
  const peer = new Map(
    readTsv(sharedData('pgx/real/1kgp30x_phased.expected.tsv.gz')!).map((row) => [
      `${row['sample']} ${row['gene']}`,
      row['sourceDiplotypes']!.split(' OR ').filter(Boolean),
    ]),
  )
  const samples = [...new Set(truth.map((row) => row['sample']!))]
  const room = openPgx(Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]), 'ALL')
  const calls = new Map<string, readonly string[]>()
  const path = sharedData('pgx/real/1kgp30x_grch38.pgx.vcf.gz')!
  for await (const genotypes of readGenotypes({
    name: path,
    content: { path },
    panel: room.panel,
    options: { samples },
  })) {
    for (const finding of room.findings({ genotypes: [genotypes], outsideCalls: [] })) {
      calls.set(
        `${genotypes.sample} ${finding.gene}`,
        finding.diplotypes.map((one) => one.name),
      )
    }
  }
  return GENES.map((gene) => {
    const rows = truth.filter((row) => row['gene'] === gene)
    const judge = (answers: ReadonlyMap<string, readonly string[]>) =>
      rows.map((row) => {
        const said = (answers.get(`${row['sample']} ${gene}`) ?? []).map((name) => folded(gene, name))
        const accepted = consensusOf(gene, row['getrm_consensus']!)
        const hits = said.filter((name) => accepted.has(name))
        return {
          exact: hits.length > 0 && said.length === hits.length,
          among: hits.length > 0,
          text: `${row['sample']} ${row['getrm_consensus']} called ${said.join(' or ') || 'nothing'}`,
        }
      })
    const [ours, theirs] = [judge(calls), judge(peer)]
    return {
      gene,
      samples: rows.length,
      exact: ours.filter((one) => one.exact).length,
      among: ours.filter((one) => one.among).length,
      peerExact: theirs.filter((one) => one.exact).length,
      peerAmong: theirs.filter((one) => one.among).length,
      misses: ours.filter((one) => !one.among).map((one) => one.text),
    }
  })
}

/** Names that were one allele when the consensus was made: CYP2C19*38 was *1, and CYP3A4*1B is *1 today. */
function folded(gene: string, diplotype: string): string {
  const sides = diplotype
    .split('/')
    .map((side) =>
      (gene === 'CYP2C19' && side === '*38') || (gene === 'CYP3A4' && side === '*1B') ? '*1' : side,
    )
  return sides.sort().join('/')
}

/** "1(5)/1(27)" leaves open which of two alleles a strand carries; "68+4/5;4/68" are two readings. */
function consensusOf(gene: string, text: string): Set<string> {
  const accepted = new Set<string>()
  // An asterisk behind a number marks a footnote.
  for (const reading of text.replaceAll('*', '').split(';')) {
    const [left = '', right = ''] = reading
      .split('/')
      .map((side) =>
        [side.replace(/\(.*\)/, ''), ...(/\((.+)\)/.exec(side)?.slice(1) ?? [])]
          .filter(Boolean)
          .map((name) => `*${name}`),
      )
    for (const a of left) for (const b of right) accepted.add(folded(gene, `${a}/${b}`))
  }
  return accepted
}
