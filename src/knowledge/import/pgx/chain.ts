import { Fault } from '../../../terms/fault.ts'

/** A span that two assemblies share without insertion or deletion; 1-based, both ends included. */
interface ChainBlock {
  readonly chromosome: string
  readonly start37: number
  readonly end37: number
  readonly start38: number
}

/**
 * Blocks of a UCSC chain file from GRCh37 (hg19) to GRCh38 (hg38), or the other way round (genome.ucsc.edu, "Chain format").
 * Kept are blocks between the same chromosome of both, forward on both strands: elsewhere nothing is lifted. Where chains
 * overlap the one with the higher score holds. Throws CHAIN_MALFORMED with the line.
 */
export function readChain(text: string, from: 'GRCh37' | 'GRCh38', where: string): readonly ChainBlock[] {
  const chains: { score: number; blocks: ChainBlock[] }[] = []
  let current: { blocks: ChainBlock[]; chromosome: string; target: number; query: number } | undefined
  for (const [i, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    const cells = line.split(/\s+/)
    if (cells[0] === 'chain') {
      const [, score = '', target = '', , strand, start = '', , query, , queryStrand, queryStart = ''] = cells
      if (cells.length < 12 || !/^\d+$/.test(start) || !/^\d+$/.test(queryStart)) throw malformed(where, i)
      const parallel =
        target === query && strand === '+' && queryStrand === '+' && /^chr(\d+|X|Y|M)$/.test(target)
      const blocks: ChainBlock[] = []
      if (parallel) chains.push({ score: Number(score), blocks })
      current = {
        blocks: parallel ? blocks : [],
        chromosome: target.replace(/^chr/, '').replace(/^M$/, 'MT'),
        target: Number(start),
        query: Number(queryStart),
      }
      continue
    }
    const [size = 0, gap = 0, queryGap = 0] = cells.map(Number)
    if (current === undefined || cells.length > 3 || cells.some((one) => !/^\d+$/.test(one)))
      throw malformed(where, i)
    const [start37, start38] =
      from === 'GRCh37' ? [current.target, current.query] : [current.query, current.target]
    current.blocks.push({
      chromosome: current.chromosome,
      start37: start37 + 1,
      end37: start37 + size,
      start38: start38 + 1,
    })
    current.target += size + gap
    current.query += size + queryGap
  }
  return inOrder(chains)
}

/** Blocks that keep the order of positions on both assemblies, higher scores first. */
function inOrder(chains: readonly { score: number; blocks: readonly ChainBlock[] }[]): readonly ChainBlock[] {
  const kept = new Map<string, ChainBlock[]>()
  for (const { blocks } of [...chains].sort((a, b) => b.score - a.score)) {
    for (const block of blocks) {
      const list = kept.get(block.chromosome) ?? []
      kept.set(block.chromosome, list)
      const at = list.findIndex((one) => one.start37 > block.start37)
      const next = at < 0 ? undefined : list[at]
      const before = at < 0 ? list.at(-1) : list[at - 1]
      const length = block.end37 - block.start37
      const follows =
        before === undefined ||
        (before.end37 < block.start37 && before.start38 + (before.end37 - before.start37) < block.start38)
      const precedes =
        next === undefined || (block.end37 < next.start37 && block.start38 + length < next.start38)
      if (follows && precedes) list.splice(at < 0 ? list.length : at, 0, block)
    }
  }
  return [...kept.values()].flat()
}

function malformed(where: string, line: number): Fault {
  return new Fault(
    'CHAIN_MALFORMED',
    `${where}:${line + 1}`,
    'the line is neither the header of a chain nor a block of one',
    'Give the UCSC chain file as published, such as hg19ToHg38.over.chain.gz.',
  )
}
