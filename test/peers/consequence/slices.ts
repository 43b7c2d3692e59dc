import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { garrod } from '../../support/command-line.ts'
import { sharedData } from '../../support/shared-data.ts'

export const CSQ_SLICES = 'vcf/bcftools/csq'

/** A gene slice with its variants. */
interface Slice {
  readonly name: string
  readonly vcf: string
  readonly fasta: string
  readonly gff: string
}

/** A record whose consequences somebody wrote down, and what was called. */
export interface ExpectedRecord {
  readonly slice: string
  readonly record: string
  readonly expected: readonly string[]
  readonly called: readonly string[]
  readonly same: boolean
}

export function slices(): Slice[] {
  const root = sharedData(CSQ_SLICES)!
  const genes = readdirSync(root).filter((name) => existsSync(join(root, name, `${name}.fa`)))
  const found = genes.sort().flatMap((gene) =>
    readdirSync(join(root, gene))
      .filter((file) => file.endsWith('.vcf'))
      .sort()
      .map((file) => ({
        name: `${gene}/${file}`,
        vcf: join(root, gene, file),
        fasta: join(root, gene, `${gene}.fa`),
        gff: join(root, gene, `${gene}.gff`),
      })),
  )
  const small = { vcf: join(root, 'csq.vcf'), fasta: join(root, 'csq.fa'), gff: join(root, 'csq.gff3') }
  return [...found, { name: 'csq.vcf', ...small }]
}

/** INFO/EXP, or where each record is taken alone INFO/EXPL, against what Garrod calls; the order of consequences aside. */
export async function compareExpected(local: boolean): Promise<ExpectedRecord[]> {
  const rows: ExpectedRecord[] = []
  for (const slice of slices()) {
    const options = ['-p', 'a', ...(local ? ['-l'] : [])]
    const ran = await garrod('vcf', 'consequence', slice.vcf, '-f', slice.fasta, '-g', slice.gff, ...options)
    const called = new Map(records(ran.out).map((one) => [one.key, consequencesOf(one.info, 'BCSQ')]))
    for (const { key, info } of records(readFileSync(slice.vcf, 'utf8'))) {
      const text = (local ? field(info, 'EXPL') : undefined) ?? field(info, 'EXP')
      if (text === undefined) continue
      const expected = text === '.' ? [] : text.split(',').sort()
      const ours = called.get(key) ?? []
      rows.push({ slice: slice.name, record: key, expected, called: ours, same: same(expected, ours) })
    }
  }
  return rows
}

export function records(text: string): { key: string; info: string }[] {
  return text.split('\n').flatMap((line) => {
    if (line === '' || line.startsWith('#')) return []
    const [contig, position, , ref, alt, , , info] = line.split('\t')
    return [{ key: `${contig}:${position} ${ref}>${alt}`, info: info! }]
  })
}

export function consequencesOf(info: string, tag: string): string[] {
  return field(info, tag)?.split(',').sort() ?? []
}

export function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i])
}

function field(info: string, key: string): string | undefined {
  return new RegExp(`(?:^|;)${key}=([^;]*)`).exec(info)?.[1]
}
