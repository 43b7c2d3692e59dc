import type { PackRef } from '../../terms/evidence.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** A gene that should be known before the first dose of a drug, and what settles it. */
interface TestBefore {
  /** Lower-case generic name. */
  readonly drug: string
  readonly genes: readonly string[]
  /** What happens otherwise. */
  readonly why: string
  readonly settledBy: string
  readonly source: string
  readonly url: string
}

/** By drug, with the pack that says so. Throws FACTS_*, TABLE_COLUMN_MISSING. */
export function testsBeforeDrugs(facts: Facts): {
  readonly pack: PackRef
  readonly of: ReadonlyMap<string, TestBefore>
} {
  return facts.derived('tests-before-drugs', () => {
    const pack = facts.pack('tests-before-drugs')
    const columns = ['drug', 'genes', 'why', 'settled', 'source', 'url'] as const
    const rows = readTable(pack.text('tests.tsv'), columns, `${pack.folder}/tests.tsv`)
    return {
      pack: pack.ref,
      of: new Map(
        rows.map(({ drug, genes, why, settled, source, url }) => [
          drug,
          { drug, genes: genes.split(';'), why, settledBy: settled, source, url },
        ]),
      ),
    }
  })
}
