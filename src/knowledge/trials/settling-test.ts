import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** The least test that would settle a missing datum. */
export interface SettlingTest {
  readonly test: string
  readonly specimen: string
  /** 0 a question, 1 a question to another house, 2 a stain, 3 a test of one gene, 5 a large panel, 6 an exome. */
  readonly effort: number
}

/** By datum. */
export type SettlingTests = ReadonlyMap<string, SettlingTest>

export function settlingTests(facts: Facts): SettlingTests {
  return facts.derived('settling-tests', () => {
    const pack = facts.pack('settling-tests')
    const columns = ['datum', 'test', 'specimen', 'effort'] as const
    const rows = readTable(pack.text('tests.tsv'), columns, `${pack.folder}/tests.tsv`)
    return new Map(
      rows.map(({ datum, test, specimen, effort }) => [datum, { test, specimen, effort: Number(effort) }]),
    )
  })
}
