import { readFileSync } from 'node:fs'
import { ACMG_CLASSES } from '../../interpret/finding/germline.ts'
import type { CandidateGene, CandidateVariant } from '../../interpret/phenotype/phenotype.ts'
import { readTable } from '../../knowledge/table.ts'
import { Fault } from '../../terms/fault.ts'
import { fileFault } from '../../terms/file-fault.ts'

const ZYGOSITIES = ['heterozygous', 'homozygous', 'hemizygous'] as const
const OPTIONAL = ['variant', 'zygosity', 'class', 'consequence', 'frequency'] as const

/**
 * Candidate variants as a tab-separated table: gene, and if known variant, zygosity, class (ACMG/AMP), consequence (Sequence
 * Ontology), frequency (0..1). Throws FILE_NOT_FOUND, CANDIDATE_ROW_MALFORMED, TABLE_COLUMN_MISSING.
 */
export function readCandidates(path: string): readonly CandidateGene[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw fileFault(error, path)
  }
  const header = text.split('\n', 1)[0]!.replace(/\r$/, '').split('\t')
  const columns = ['gene', ...OPTIONAL.filter((one) => header.includes(one))] as const
  const genes = new Map<string, CandidateVariant[]>()
  for (const [place, row] of readTable(text, columns, path).entries()) {
    const where = `${path}: row ${place + 1}`
    const cell = (name: (typeof OPTIONAL)[number]) => row[name]?.trim() || undefined
    const frequency = cell('frequency')
    if (frequency !== undefined && !(Number(frequency) >= 0 && Number(frequency) <= 1))
      throw malformed(where, `frequency "${frequency}" is not a number from 0 to 1`)
    const variants = genes.get(row.gene) ?? []
    genes.set(row.gene, variants)
    if (OPTIONAL.every((name) => cell(name) === undefined)) continue
    variants.push({
      name: cell('variant') ?? `a variant in ${row.gene}`,
      zygosity: one(cell('zygosity'), ZYGOSITIES, where, 'zygosity'),
      class: one(cell('class')?.toLowerCase().replaceAll(/[ _]/g, '-'), ACMG_CLASSES, where, 'class'),
      consequence: cell('consequence'),
      frequency: frequency === undefined ? undefined : Number(frequency),
    })
  }
  return [...genes].map(([symbol, variants]) => ({ symbol, variants }))
}

function one<T extends string>(
  given: string | undefined,
  known: readonly T[],
  where: string,
  name: string,
): T | undefined {
  if (given === undefined) return undefined
  const found = known.find((each) => each === given)
  if (found === undefined) throw malformed(where, `${name} "${given}" is none of ${known.join(', ')}`)
  return found
}

function malformed(where: string, what: string): Fault {
  return new Fault('CANDIDATE_ROW_MALFORMED', where, what, 'Leave a cell empty where nothing is known.')
}
