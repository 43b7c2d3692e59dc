import { drugBook } from '../drug.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'
import { approvals } from '../tumor/approvals.ts'

/**
 * The generic name of the one substance that a word stands for, in any case; undefined for classes, combinations and words
 * nobody listed. The catalogue of drugs goes first, then a list of names met in trials, then the drugs and brands of the labels.
 */
export function drugNames(facts: Facts): (word: string) => string | undefined {
  return facts.derived('drug-names', () => {
    const pack = facts.pack('eligibility-words')
    const rows = readTable(pack.text('drugs.tsv'), ['name'], `${pack.folder}/drugs.tsv`)
    const listed = new Set(rows.map(({ name }) => name))
    const book = drugBook(facts)
    return (word: string) => {
      const [drug, other] = book.spelled(word)
      if (drug !== undefined) return other === undefined && drug.contains.length === 0 ? drug.name : undefined
      const plain = word.toLowerCase()
      if (listed.has(plain)) return plain
      const [approved, more] = approvals(facts).drugsNamed(word)
      return more === undefined ? approved : undefined
    }
  })
}
