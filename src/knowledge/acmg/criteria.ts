import * as z from 'zod'
import type { PackRef } from '../../terms/evidence.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Pack with the thresholds of the criteria. */
const ACMG_CRITERIA_PACK = 'acmg-criteria'

const Strength = z.enum(['very-strong', 'strong', 'moderate', 'supporting'])
type GradedStrength = z.infer<typeof Strength>
const Mechanism = z.enum(['established', 'likely', 'no'])
const Real = z.coerce.number()

/** A strength that a value in [from, to] gives. */
export interface Grade {
  readonly code: string
  readonly strength: GradedStrength
  readonly from: number
  readonly to: number
  readonly source: string
}

/** Points of one observed case, and the most that all cases of this kind may add. */
export interface CasePoints {
  readonly points: number
  readonly most: number
  readonly source: string
}

/** What is known of a gene without looking at the variant. */
export interface GeneFacts {
  /** "AD", "AR", "XL", "SD", "MT"; empty: not known here. */
  readonly inheritance: readonly string[]
  /** Whether loss of function is known to cause the disease; undefined: not known here. */
  readonly lossOfFunction: 'established' | 'likely' | 'no' | undefined
  readonly because: string
  readonly source: string
}

/** A variant as lists of variants name it. */
interface NamedVariant {
  readonly assembly: string
  readonly chromosome: string
  /** 1-based. */
  readonly position: number
  readonly ref: string
  readonly alt: string
  readonly gene: string | undefined
  readonly hgvsC: string | undefined
  readonly hgvsP: string | undefined
}

const THRESHOLDS = [
  'BA1',
  'BA1-alleles',
  /** Bases into the intron behind and before an exon, from which on a change counts as silent. */
  'BP7-donor',
  'BP7-acceptor',
  /** Highest frequencies of candidates in a population. */
  'candidate-dominant',
  'candidate-recessive',
  'PM2-dominant',
  'PM2-recessive',
  'PP2-constraint',
  /** Known variants that an assay without odds of pathogenicity must have been tried on to count as moderate. */
  'PS3-controls',
  /** A truncation of less than that share of the protein which is more frequent than this says that the exon tolerates it. */
  'PVS1-frequent',
  'PVS1-protein-share',
  'PS4-odds-ratio',
] as const
export type ThresholdName = (typeof THRESHOLDS)[number]

export interface AcmgCriteria {
  readonly pack: PackRef
  threshold(name: ThresholdName): { readonly value: number; readonly source: string }
  /** Calibrated tools for missense changes, the one to use first first. SpliceAI stands apart. */
  readonly missenseTools: readonly string[]
  /** Grades of a tool or of "odds", strongest first. */
  grades(tool: string): readonly Grade[]
  casePoints(kind: 'de-novo' | 'in-trans', of: string): CasePoints
  caseStrength(
    kind: 'de-novo' | 'in-trans',
    points: number,
  ): { readonly strength: GradedStrength; readonly source: string } | undefined
  /** Strength of a probability that the variant and the disease went together by chance. */
  segregation(
    probability: number,
    severalFamilies: boolean,
  ): { readonly strength: GradedStrength; readonly source: string } | undefined
  /** Whether a common variant is on the list of those that BA1 must not be used for: by its place and bases, or by its name. */
  isBa1Exception(variant: NamedVariant): boolean
  gene(symbol: string): GeneFacts | undefined
  /** Of a gene that leaves many exons out: what must be known of the exon before a loss of it counts. */
  exonUse(symbol: string): { readonly question: string; readonly source: string } | undefined
  source(id: string): { readonly title: string; readonly url: string }
}

/** Throws FACTS_*, TABLE_COLUMN_MISSING; a row that cannot be read is a defect of the pack and throws plainly. */
export function acmgCriteria(facts: Facts): AcmgCriteria {
  return facts.derived(ACMG_CRITERIA_PACK, () => {
    const pack = facts.pack(ACMG_CRITERIA_PACK)
    const rows = <C extends string>(file: string, columns: readonly C[]) =>
      readTable(pack.text(file), columns, `${pack.folder}/${file}`)
    const found = <T>(value: T | undefined, what: string): T => {
      if (value === undefined) throw new Error(`${pack.folder}: no ${what}`)
      return value
    }
    const grade = (row: Record<'code' | 'strength' | 'from' | 'to' | 'source', string>): Grade => ({
      code: row.code,
      strength: Strength.parse(row.strength),
      from: row.from === '' ? Number.NEGATIVE_INFINITY : Real.parse(row.from),
      to: row.to === '' ? Number.POSITIVE_INFINITY : Real.parse(row.to),
      source: row.source,
    })
    const tools = new Map<string, Grade[]>()
    for (const row of rows('scores.tsv', ['tool', 'code', 'strength', 'from', 'to', 'source']))
      tools.set(row.tool, [...(tools.get(row.tool) ?? []), grade(row)])
    tools.set('odds', rows('odds.tsv', ['code', 'strength', 'from', 'to', 'source']).map(grade))
    const thresholds = new Map(
      rows('thresholds.tsv', ['name', 'value', 'source']).map(({ name, value, source }) => [
        name,
        { value: Real.parse(value), source },
      ]),
    )
    const cases = new Map(
      rows('case-points.tsv', ['kind', 'case', 'points', 'most', 'source']).map((row) => [
        `${row.kind} ${row.case}`,
        {
          points: Real.parse(row.points),
          most: row.most === '' ? Number.POSITIVE_INFINITY : Real.parse(row.most),
          source: row.source,
        },
      ]),
    )
    const strengths = rows('case-strengths.tsv', ['kind', 'from', 'strength', 'source'])
    const segregation = rows('segregation.tsv', ['families', 'probability', 'strength', 'source'])
    const exceptions = rows('ba1-exceptions.tsv', ['gene', 'hgvs c', 'hgvs p', 'source'])
    const exceptionPlaces = new Set(
      rows('ba1-exception-places.tsv', ['assembly', 'chromosome', 'position', 'ref', 'alt']).map(
        ({ assembly, chromosome, position, ref, alt }) =>
          `${assembly} ${chromosome} ${position} ${ref} ${alt}`,
      ),
    )
    const genes = new Map(
      rows('genes.tsv', [
        'gene',
        'inheritance',
        'loss of function',
        'PVS1 applied',
        'variants',
        'source',
      ]).map((row): [string, GeneFacts] => [
        row.gene,
        {
          inheritance: row.inheritance === '' ? [] : row.inheritance.split(','),
          lossOfFunction:
            row['loss of function'] === '' ? undefined : Mechanism.parse(row['loss of function']),
          because: `an expert panel applied PVS1 to ${row['PVS1 applied']} of ${row.variants} variants of ${row.gene}`,
          source: row.source,
        },
      ]),
    )
    for (const row of rows('mechanisms.tsv', ['gene', 'loss of function', 'panel', 'source'])) {
      const lossOfFunction = Mechanism.parse(row['loss of function'])
      const known = genes.get(row.gene)
      if (known?.lossOfFunction !== undefined && known.lossOfFunction !== lossOfFunction)
        throw new Error(`${pack.folder}: two mechanisms of ${row.gene}`)
      genes.set(row.gene, {
        inheritance: known?.inheritance ?? [],
        lossOfFunction,
        because: `${row.panel} ${lossOfFunction === 'no' ? 'does not use' : 'uses'} PVS1 for ${row.gene}`,
        source: row.source,
      })
    }
    const exonUse = new Map(
      rows('exon-use.tsv', ['gene', 'question', 'source']).map((row) => [row.gene, row]),
    )
    const sources = new Map(rows('sources.tsv', ['id', 'title', 'url']).map((row) => [row.id, row]))
    return {
      pack: pack.ref,
      threshold: (name) => found(thresholds.get(name), `threshold ${name}`),
      missenseTools: [...tools.keys()].filter((tool) => tool !== 'SpliceAI' && tool !== 'odds'),
      grades: (tool) => tools.get(tool) ?? [],
      casePoints: (kind, of) => found(cases.get(`${kind} ${of}`), `case ${kind} ${of}`),
      caseStrength(kind, points) {
        const row = strengths.find((one) => one.kind === kind && points >= Number(one.from))
        return row && { strength: Strength.parse(row.strength), source: row.source }
      },
      segregation(probability, severalFamilies) {
        const families = severalFamilies ? 'several' : 'one'
        const row = segregation.find(
          (one) => one.families === families && probability <= Number(one.probability),
        )
        return row && { strength: Strength.parse(row.strength), source: row.source }
      },
      isBa1Exception: ({ assembly, chromosome, position, ref, alt, gene, hgvsC, hgvsP }) =>
        exceptionPlaces.has(`${assembly} ${chromosome} ${position} ${ref} ${alt}`) ||
        exceptions.some(
          (one) =>
            one.gene === gene &&
            ((hgvsC !== undefined && hgvsC.replace(/^.*:/, '') === one['hgvs c']) ||
              (hgvsP !== undefined &&
                one['hgvs p'] !== '' &&
                hgvsP.replace(/^.*:/, '').replace(/[()]/g, '') === one['hgvs p'])),
        ),
      gene: (symbol) => genes.get(symbol),
      exonUse: (symbol) => exonUse.get(symbol),
      source: (id) => found(sources.get(id), `source ${id}`),
    }
  })
}
