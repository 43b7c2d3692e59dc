import { random } from '../../../bench/genome-files.ts'

/** A sequence full of repeats and a VCF of two samples on it, made from a seed: what normalisation has to get right. */
interface RandomFiles {
  readonly fasta: string
  readonly vcf: string
}

const HEADER = `##fileformat=VCFv4.2
##contig=<ID=1,length=4000>
##FILTER=<ID=PASS,Description="All filters passed">
##FILTER=<ID=q10,Description="x">
##FILTER=<ID=s50,Description="x">
##INFO=<ID=DP,Number=1,Type=Integer,Description="x">
##INFO=<ID=AF,Number=A,Type=Float,Description="x">
##INFO=<ID=AD,Number=R,Type=Integer,Description="x">
##INFO=<ID=END,Number=1,Type=Integer,Description="x">
##INFO=<ID=SA,Number=A,Type=String,Description="x">
##INFO=<ID=FL,Number=0,Type=Flag,Description="x">
##FORMAT=<ID=GT,Number=1,Type=String,Description="x">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">
##FORMAT=<ID=PL,Number=G,Type=Integer,Description="x">
##FORMAT=<ID=DP,Number=1,Type=Integer,Description="x">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ta\tb`

export function randomFiles(seed: number): RandomFiles {
  const next = random(seed)
  const whole = (below: number): number => Math.floor(next() * below)
  const pick = <T>(list: readonly T[]): T => list[whole(list.length)]!
  const bases = (count: number): string => Array.from({ length: count }, () => pick([...'ACGT'])).join('')
  let sequence = ''
  while (sequence.length < 4000)
    sequence += next() < 0.6 ? bases(1 + whole(4)).repeat(2 + whole(8)) : bases(1 + whole(20))
  sequence = sequence.slice(0, 4000)
  const values = (count: number, one: () => string | number): string =>
    Array.from({ length: count }, one).join(',')
  const number = (): number => whole(90)

  const allele = (ref: string, position: number): string => {
    const kind = next()
    if (kind < 0.35) return [...ref].map((base) => (next() < 0.6 ? bases(1) : base)).join('')
    if (kind < 0.6) return ref[0] + bases(whole(5))
    if (kind < 0.8)
      return ref + sequence.slice(position - 1 + ref.length, position - 1 + ref.length + whole(4))
    if (kind < 0.92) return ref[0]!
    if (kind < 0.94) return '*'
    return kind < 0.96 ? '<DEL>' : ref + ref
  }
  const row = (position: number): string | undefined => {
    const ref = sequence.slice(position - 1, position - 1 + pick([1, 1, 1, 2, 3, 6]))
    const made = Array.from({ length: pick([1, 1, 1, 2, 3]) }, () => allele(ref, position))
    const alts = [...new Set(made)].filter((one) => one !== ref)
    if (alts.length === 0) return undefined
    const n = alts.length + 1
    const info = [
      next() < 0.5 ? `DP=${number()}` : '',
      next() < 0.5 ? `AF=${values(alts.length, () => Number(next().toPrecision(3)))}` : '',
      next() < 0.5 ? `AD=${values(n, number)}` : '',
      next() < 0.2 ? `SA=${values(alts.length, () => pick(['x', 'yy', '.']))}` : '',
      next() < 0.1 ? 'FL' : '',
      next() < 0.1 ? `END=${position + ref.length - 1}` : '',
    ].filter((text) => text !== '')
    const keys = ['GT', ...['AD', 'PL', 'DP'].filter(() => next() < 0.5)]
    const sample = (): string => {
      const genotype = `${whole(n)}${pick(['/', '|'])}${whole(n)}`
      const cell = (key: string): string => {
        if (key === 'GT') return genotype
        return key === 'DP' ? String(number()) : values(key === 'AD' ? n : (n * (n + 1)) / 2, number)
      }
      return keys.map(cell).join(':')
    }
    const quality = next() < 0.3 ? '.' : String(Number((next() * 1000).toPrecision(5)))
    const filter = pick(['.', 'PASS', 'q10', 'q10;s50'])
    const id = next() < 0.5 ? '.' : `rs${number()}`
    return [
      '1',
      position,
      id,
      ref,
      alts.join(','),
      quality,
      filter,
      info.join(';') || '.',
      keys.join(':'),
      sample(),
      sample(),
    ].join('\t')
  }
  const rows: string[] = []
  for (let position = 1; position < 3900; position += pick([0, 0, 1, 2, 5, 20])) {
    const made = row(position)
    if (made !== undefined) rows.push(made)
  }
  return {
    fasta: `>1\n${sequence.match(/.{1,60}/g)!.join('\n')}\n`,
    vcf: `${HEADER}\n${rows.join('\n')}\n`,
  }
}
