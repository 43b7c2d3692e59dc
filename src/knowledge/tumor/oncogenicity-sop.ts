import * as z from 'zod'
import type { PackRef } from '../../terms/evidence.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Pack with the standard for oncogenicity of 2022. */
export const ONCOGENICITY_PACK = 'oncogenicity-sop'

const Class = z.enum(['oncogenic', 'likely-oncogenic', 'uncertain', 'likely-benign', 'benign'])
const Whole = z.coerce.number().int()

/** Points and exclusions: how codes become a class. */
export interface OncogenicityRules {
  readonly pack: PackRef
  /** Points of a code, benign below zero. A code that the pack does not know throws plainly: it is a defect of the pack. */
  points(code: string): number
  /** What a code means, in a sentence. */
  text(code: string): string
  /** Codes beside which this one does not count, and why. */
  excludedBy(code: string): readonly { readonly code: string; readonly because: string }[]
  /** Whole points to class. */
  classOf(points: number): z.infer<typeof Class>
  readonly standard: string
}

/** Throws FACTS_*, TABLE_COLUMN_MISSING. */
export function oncogenicityRules(facts: Facts): OncogenicityRules {
  return facts.derived(`${ONCOGENICITY_PACK} rules`, () => {
    const pack = facts.pack(ONCOGENICITY_PACK)
    const rows = <C extends string>(file: string, columns: readonly C[]) =>
      readTable(pack.text(file), columns, `${pack.folder}/${file}`)
    const codes = new Map(
      rows('codes.tsv', ['code', 'points', 'text']).map((row) => [
        row.code,
        { points: Whole.parse(row.points), text: row.text },
      ]),
    )
    const exclusions = Map.groupBy(rows('exclusions.tsv', ['code', 'not with', 'because']), (row) => row.code)
    const classes = rows('classes.tsv', ['class', 'from', 'to']).map((row) => ({
      class: Class.parse(row.class),
      from: row.from === '' ? Number.NEGATIVE_INFINITY : Whole.parse(row.from),
      to: row.to === '' ? Number.POSITIVE_INFINITY : Whole.parse(row.to),
    }))
    const code = (name: string) => {
      const found = codes.get(name)
      if (found === undefined) throw new Error(`${pack.folder}/codes.tsv: no code "${name}"`)
      return found
    }
    return {
      pack: pack.ref,
      points: (name) => code(name).points,
      text: (name) => code(name).text,
      excludedBy: (name) =>
        (exclusions.get(name) ?? []).map((row) => ({ code: row['not with'], because: row.because })),
      classOf(points) {
        const found = classes.find(({ from, to }) => points >= from && points <= to)
        if (found === undefined) throw new Error(`${pack.folder}/classes.tsv: no class for ${points} points`)
        return found.class
      },
      standard: rows('sources.tsv', ['id', 'title']).find(({ id }) => id === 'horak-2022')!.title,
    }
  })
}
