import type { Fusion } from '../../../record/tumor-profile.ts'
import { chromosomeOf } from '../../../terms/genome.ts'
import type { Tally } from '../tally.ts'
import { fusionOf } from '../words/fusion-name.ts'
import { wholeOf } from '../words/number-text.ts'
import type { Field } from './somatic-reads.ts'

/** VCF 4.1 section 5.4: t[p[, t]p], ]p]t, [p[t. */
const BREAKEND = /^(?:[ACGTN.]*([[\]])([^[\]]+):(\d{1,10})\1|([[\]])([^[\]]+):(\d{1,10})\4[ACGTN.]*)$/i

interface Breakend {
  readonly chromosome: string
  readonly position: number
  readonly id: string
  readonly ref: string
  readonly alt: string
  readonly info: Field
  readonly sample: Field
}

export function isBreakend(alt: string): boolean {
  return BREAKEND.test(alt)
}

/** Joins of two places, each told by two records that are mates. */
export class BreakendPairs {
  readonly #ends: Breakend[] = []

  add(end: Breakend): void {
    this.#ends.push(end)
  }

  /** Joins whose genes the file names; the others are counted in `left`. A join that both mates tell is one. */
  fusions(left: Tally): Fusion[] {
    const found = new Map<string, Fusion>()
    const genes = new Map(this.#ends.map((end) => [end.id, geneOf(end.info)]))
    for (const end of this.#ends) {
      const [, , contigA, positionA, , contigB, positionB] = BREAKEND.exec(end.alt)!
      const mate = chromosomeOf(contigA ?? contigB ?? '')
      const matePosition = Number(positionA ?? positionB)
      const key = [`${end.chromosome}:${end.position}`, `${mate}:${matePosition}`].sort().join(' ')
      const [own, other] = [genes.get(end.id), genes.get(end.info('MATEID') ?? '')]
      const named = namesOf(end.info) ?? inAnyOrder(fusionOf(own ?? '', other ?? ''))
      const label = `${end.chromosome}:${end.position} ${end.alt.slice(0, 40)}`
      if (named === undefined || mate === undefined) {
        if (!found.has(key)) left.add('a join whose genes the file does not name', label)
        continue
      }
      const reads = [end.sample('SR'), end.sample('PR')]
        .map((text) => wholeOf(text?.split(',').at(-1)))
        .filter((count) => count !== undefined)
      found.set(key, {
        ...(found.get(key) ?? named),
        breakpoints: [
          { chromosome: end.chromosome.slice(3), position: end.position },
          { chromosome: mate.slice(3), position: matePosition },
        ],
        ...(reads.length === 0 ? {} : { reads: reads.reduce((sum, one) => sum + one, 0) }),
      })
    }
    return [...found.values()]
  }
}

/** The gene of an end, by INFO GENE, SYMBOL, or the annotation. */
function geneOf(info: Field): string | undefined {
  const named = info('GENE') ?? info('SYMBOL') ?? info('GENE_NAME')
  if (named !== undefined) return named.split(/[,|&]/)[0]
  return undefined
}

/** Both partners, where the annotation gives them as a fusion: SnpEff ANN "gene_fusion", INFO FUSION or SVANN "A--B". */
function namesOf(info: Field): Fusion | undefined {
  const text = info('FUSION') ?? info('GENE_FUSION') ?? info('FUSION_GENES')
  const [, five = '', three = ''] = /^([^:\s,&-]+)(?:::|--|&)([^:\s,&]+)/.exec(text ?? '') ?? []
  if (five !== '') return fusionOf(five, three)
  for (const entry of (info('ANN') ?? '').split(',')) {
    const cells = entry.split('|')
    if (!/gene_fusion/.test(cells[1] ?? '')) continue
    const [a = '', b = ''] = (cells[3] ?? '').split('&')
    if (a !== '') return inAnyOrder(fusionOf(a, b))
  }
  return undefined
}

/** A join of the genome is told from either of its ends: the genes there are not in the order of a transcript. */
function inAnyOrder(fusion: Fusion | undefined): Fusion | undefined {
  return fusion && { ...fusion, anyOrder: true }
}
