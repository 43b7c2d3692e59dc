import * as z from 'zod'
import type { PackRef } from '../../terms/evidence.ts'
import { Fault } from '../../terms/fault.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Pack with the rules by which criteria become a class. */
const ACMG_COMBINING_PACK = 'acmg-combining'

const Class = z.enum(['pathogenic', 'likely-pathogenic', 'uncertain', 'likely-benign', 'benign'])
const Whole = z.coerce.number().int().nonnegative()

/** What a panel does otherwise than the general way; the pack's rules.tsv says each in words. */
const PanelRule = z.enum([
  'ba1-yields-to-pathogenic',
  'lone-strong-benign-is-uncertain',
  'strong-and-two-supporting-is-benign',
  'contradiction-is-uncertain',
  'contradicted-strong-benign-is-uncertain',
])
export type PanelRule = z.infer<typeof PanelRule>

/** One row of table 5 of the paper of 2015: at least so many criteria of each strength. */
export interface Combination {
  readonly class: z.infer<typeof Class>
  readonly atLeast: Readonly<
    Record<'stand-alone' | 'very-strong' | 'strong' | 'moderate' | 'supporting', number>
  >
  readonly clause: string
  readonly source: string
}

/** Points [from, to] of one class; whole numbers, an end left out is open. */
export interface PointRange {
  readonly class: z.infer<typeof Class>
  readonly from: number
  readonly to: number
}

/** How one expert panel combines. */
export interface CombiningPanel {
  readonly id: string
  readonly name: string
  readonly genes: readonly string[]
  /** 2015-then-points: the table of 2015, and points where it says nothing. */
  readonly method: '2015-then-points' | 'points'
  readonly scale: readonly PointRange[]
  readonly rules: readonly PanelRule[]
  /** published: the panel says so. inferred: from how it classified. default: nothing fits better than the general way. unknown: not compared. */
  readonly basis: 'published' | 'inferred' | 'default' | 'unknown'
  /** Classified variants that an inferred or default row was compared with. */
  readonly variants: number
  readonly source: string
  /** The specifications of the panel that were in force when the row was checked, and how they combine. */
  readonly inForce: string
  /** The scale of the specification in force, where that counts points alone and this row is older; undefined: the row is not older. */
  readonly newerScale: readonly PointRange[] | undefined
}

export interface AcmgCombining {
  readonly pack: PackRef
  readonly combinations: readonly Combination[]
  readonly points: Readonly<Record<'supporting' | 'moderate' | 'strong' | 'very-strong', number>>
  /** The scale of everybody who has no other. */
  readonly scale: readonly PointRange[]
  /** The scale where pathogenic and benign evidence meet. */
  readonly contradicted: readonly PointRange[]
  readonly panels: readonly CombiningPanel[]
  /** A panel by its id, its name, or one of its genes; undefined: none is known. Case does not matter. */
  panel(name: string): CombiningPanel | undefined
  /** What a rule does, in a sentence. */
  rule(id: string): string
  /** Title and address of a source of the pack. */
  source(id: string): { readonly title: string; readonly url: string }
}

/** Throws FACTS_*, TABLE_COLUMN_MISSING; a row that cannot be read is a defect of the pack and throws plainly. */
export function acmgCombining(facts: Facts): AcmgCombining {
  return facts.derived(ACMG_COMBINING_PACK, () => {
    const pack = facts.pack(ACMG_COMBINING_PACK)
    const rows = <C extends string>(file: string, columns: readonly C[]) =>
      readTable(pack.text(file), columns, `${pack.folder}/${file}`)
    const sources = new Map(rows('sources.tsv', ['id', 'title', 'url']).map((row) => [row.id, row]))
    const words = new Map(
      rows('rules.tsv', ['rule', 'what it does']).map((row) => [row.rule, row['what it does']]),
    )
    const scales = Map.groupBy(rows('classes.tsv', ['scale', 'class', 'from', 'to']), (row) => row.scale)
    const scale = (name: string): readonly PointRange[] => {
      const found = scales.get(name)
      if (found === undefined) throw new Error(`${pack.folder}/classes.tsv: no scale "${name}"`)
      return found.map((row) => ({
        class: Class.parse(row.class),
        from: row.from === '' ? Number.NEGATIVE_INFINITY : z.coerce.number().int().parse(row.from),
        to: row.to === '' ? Number.POSITIVE_INFINITY : z.coerce.number().int().parse(row.to),
      }))
    }
    const points = new Map(
      rows('points.tsv', ['strength', 'points']).map((row) => [row.strength, Whole.parse(row.points)]),
    )
    const point = (strength: string): number => {
      const found = points.get(strength)
      if (found === undefined) throw new Error(`${pack.folder}/points.tsv: no strength "${strength}"`)
      return found
    }
    const panels = rows('panels.tsv', [
      'panel',
      'name',
      'genes',
      'method',
      'scale',
      'rules',
      'basis',
      'variants',
      'source',
      'in force',
      'newer scale',
    ]).map(
      (row): CombiningPanel => ({
        id: row.panel,
        name: row.name,
        genes: row.genes === '' ? [] : row.genes.split(','),
        method: z.enum(['2015-then-points', 'points']).parse(row.method),
        scale: scale(row.scale),
        rules: row.rules === '' ? [] : row.rules.split(' ').map((rule) => PanelRule.parse(rule)),
        basis: z.enum(['published', 'inferred', 'default', 'unknown']).parse(row.basis),
        variants: Whole.parse(row.variants),
        source: row.source,
        inForce: row['in force'],
        newerScale: row['newer scale'] === '' ? undefined : scale(row['newer scale']),
      }),
    )
    const byName = new Map<string, CombiningPanel>()
    for (const one of panels) for (const name of [...one.genes, one.name, one.id]) byName.set(key(name), one)
    // "MT-*": every gene whose symbol begins so.
    const families = panels.flatMap((one) =>
      one.genes.filter((gene) => gene.endsWith('*')).map((gene) => [gene.slice(0, -1), one] as const),
    )
    return {
      pack: pack.ref,
      combinations: rows('combinations.tsv', [
        'class',
        'stand-alone',
        'very-strong',
        'strong',
        'moderate',
        'supporting',
        'clause',
        'source',
      ]).map((row) => ({
        class: Class.parse(row.class),
        atLeast: {
          'stand-alone': Whole.parse(row['stand-alone']),
          'very-strong': Whole.parse(row['very-strong']),
          strong: Whole.parse(row.strong),
          moderate: Whole.parse(row.moderate),
          supporting: Whole.parse(row.supporting),
        },
        clause: row.clause,
        source: row.source,
      })),
      points: {
        supporting: point('supporting'),
        moderate: point('moderate'),
        strong: point('strong'),
        'very-strong': point('very-strong'),
      },
      scale: scale('usual'),
      contradicted: scale('contradicted'),
      panels,
      panel: (name) =>
        byName.get(key(name)) ?? families.find(([start]) => name.toUpperCase().startsWith(start))?.[1],
      rule(id) {
        const found = words.get(id)
        if (found === undefined) throw new Error(`${pack.folder}/rules.tsv: no rule "${id}"`)
        return found
      },
      source(id) {
        const found = sources.get(id)
        if (found === undefined) throw new Error(`${pack.folder}/sources.tsv: no source "${id}"`)
        return found
      },
    }
  })
}

/** Names of panels differ in case, spaces and the word "VCEP" from list to list. */
function key(name: string): string {
  return name
    .toLowerCase()
    .replace(/\b(vcep|expert panel)\b/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

/** The panel of that name. Throws ACMG_PANEL_UNKNOWN with the names there are. */
export function panelNamed(combining: AcmgCombining, name: string, where: string): CombiningPanel {
  const found = combining.panel(name)
  if (found !== undefined) return found
  throw new Fault(
    'ACMG_PANEL_UNKNOWN',
    where,
    `"${name}" is no panel or gene whose way of combining is known`,
    `Leave it out for the general rules, or name one of: ${combining.panels.map(({ id }) => id).join(', ')}.`,
  )
}
