import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

const PACK = 'data-use'

/** One term of the Data Use Ontology. */
export interface DataUseTerm {
  /** "DUO:0000007". */
  readonly id: string
  /** Short forms such as "DS". */
  readonly codes: readonly string[]
  readonly label: string
  /** Terms of the ontology above it. */
  readonly parents: readonly string[]
  readonly obsolete: boolean
}

/** Terms by id. */
export function dataUseTerms(facts: Facts): ReadonlyMap<string, DataUseTerm> {
  return facts.derived(PACK, () => {
    const rows = readTable(
      facts.pack(PACK).text('terms.tsv'),
      ['id', 'code', 'label', 'parents', 'state'],
      `${PACK}/terms.tsv`,
    )
    const words = (cell: string) => cell.split(' ').filter((one) => one !== '')
    return new Map(
      rows.map(({ id, code, label, parents, state }) => [
        id,
        { id, codes: words(code), label, parents: words(parents), obsolete: state === 'obsolete' },
      ]),
    )
  })
}
