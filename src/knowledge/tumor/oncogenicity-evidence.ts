import * as z from 'zod'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'
import { ONCOGENICITY_PACK } from './oncogenicity-sop.ts'
import { type UsualNumbering, usualNumbering } from './residue-numbering.ts'

/** A fact with where it is from. */
export interface SourcedFact {
  readonly what: string
  readonly source: string
}

/** A base change outside the protein whose codes are known by name. */
export interface NoncodingRule {
  readonly name: string
  readonly assembly: string
  /** "5:1295113", 1-based. */
  readonly position: string
  readonly ref: string
  readonly alt: string
  readonly code: string
  readonly fact: SourcedFact
}

/** Counts of one published series; `change` undefined: the changes were not told apart. */
export interface Series {
  readonly samples: number
  readonly change: { readonly name: string; readonly samples: number } | undefined
  readonly fact: SourcedFact
}

const Role = z.enum(['suppressor', 'oncogene', 'by-context'])
const Threshold = z.enum([
  'SBVS1',
  'SBS1',
  'OP4',
  'overall-sure',
  'hotspot-residue',
  'hotspot-change',
  'grantham-tolerance',
] as const)

/** What the codes are assessed with; an absent row is "not known", never "no". */
export interface OncogenicityFacts {
  /** Changes in the numbering of these tables. */
  readonly usual: UsualNumbering
  /** Genes that any table speaks of: the others have no evidence of their own here. */
  readonly genes: ReadonlySet<string>
  threshold(name: z.infer<typeof Threshold>): number
  role(gene: string): { readonly role: z.infer<typeof Role>; readonly fact: SourcedFact } | undefined
  /** Samples of a single cancer with any change of a residue ("Y646"), and with one change where it was told apart. */
  series(gene: string, residue: string): Series | undefined
  /** Residues, [from, to], at which a truncation counts fully though its messenger may not be decayed; undefined: nothing is known. */
  truncations(
    gene: string,
  ): { readonly from: number; readonly to: number; readonly fact: SourcedFact } | undefined
  /** Domains listed for the gene; undefined: none are. */
  domains(gene: string): readonly { readonly from: number; readonly to: number; readonly fact: SourcedFact }[]
  /** Functional results of a change written in one letter, "V600E". */
  functional(gene: string, change: string): readonly (SourcedFact & { readonly oncogenic: boolean })[]
  /** What an expert panel said of computational evidence for a change, or that the residue does not vary between relatives. */
  computed(gene: string, change: string): readonly (SourcedFact & { readonly supports: boolean })[]
  noncoding(gene: string): readonly NoncodingRule[]
  /** A change that is known by name to be harmless; `frequency`: at least this share of a population carries it. */
  common(gene: string, change: string): (SourcedFact & { readonly frequency: number | undefined }) | undefined
  /** The malignancy that has this gene as its single cause. */
  singleCause(
    gene: string,
  ): { readonly disease: string; readonly words: string; readonly fact: SourcedFact } | undefined
  /** Distance of Grantham 1974, 5 to 215; undefined where one letter is no amino acid. */
  grantham(a: string, b: string): number | undefined
}

/** Throws FACTS_*, TABLE_COLUMN_MISSING. */
export function oncogenicityFacts(facts: Facts): OncogenicityFacts {
  return facts.derived(`${ONCOGENICITY_PACK} evidence`, () => {
    const pack = facts.pack(ONCOGENICITY_PACK)
    const rows = <C extends string>(file: string, columns: readonly C[]) =>
      readTable(pack.text(file), columns, `${pack.folder}/${file}`)
    const titles = new Map(rows('sources.tsv', ['id', 'title']).map((row) => [row.id, row.title]))
    const fact = (what: string, ids: string): SourcedFact => ({
      what,
      source: ids
        .split(',')
        .map((id) => titles.get(id) ?? id)
        .join('; '),
    })
    const byGene = <C extends string>(file: string, columns: readonly C[]) =>
      Map.groupBy(rows(file, ['gene', ...columns]), (row) => row.gene)
    const roles = new Map(
      rows('genes.tsv', ['gene', 'role', 'because', 'source']).map((row) => [row.gene, row]),
    )
    const Count = z.coerce.number().int().positive()
    const series = new Map(
      rows('series.tsv', ['gene', 'residue', 'samples', 'change', 'with change', 'of', 'source']).map(
        (row) => [
          `${row.gene} ${row.residue}`,
          {
            samples: Count.parse(row.samples),
            change:
              row.change === '' ? undefined : { name: row.change, samples: Count.parse(row['with change']) },
            fact: fact(`${row.gene} ${row.residue}: ${row.samples} samples in ${row.of}`, row.source),
          },
        ],
      ),
    )
    const truncations = new Map(
      rows('truncations.tsv', ['gene', 'from', 'to', 'because', 'source']).map((row) => [
        row.gene,
        {
          from: z.coerce.number().int().parse(row.from),
          to: z.coerce.number().int().parse(row.to),
          fact: fact(`${row.gene}: ${row.because}`, row.source),
        },
      ]),
    )
    const domains = byGene('domains.tsv', ['residues', 'domain', 'source'])
    const compared = new Set(
      rows('compared.tsv', ['gene', 'change']).map((row) => `${row.gene} ${row.change}`),
    )
    const functional = byGene('functional.tsv', ['change', 'result', 'what', 'source'])
    const panels = byGene('panels.tsv', ['change', 'code', 'allele', 'panel', 'source'])
    const conserved = byGene('conserved.tsv', ['residues', 'compared', 'source'])
    const noncoding = byGene('noncoding.tsv', [
      'name',
      'assembly',
      'position',
      'ref',
      'alt',
      'code',
      'what',
      'source',
    ])
    const common = new Map(
      rows('common.tsv', ['gene', 'change', 'frequency', 'what', 'source']).map((row) => [
        `${row.gene} ${row.change}`,
        {
          ...fact(row.what, row.source),
          frequency: row.frequency === '' ? undefined : z.coerce.number().parse(row.frequency),
        },
      ]),
    )
    const causes = new Map(
      rows('single-cause.tsv', ['gene', 'disease', 'words', 'source']).map((row) => [row.gene, row]),
    )
    const thresholds = new Map(
      rows('thresholds.tsv', ['name', 'value']).map((row) => [row.name, z.coerce.number().parse(row.value)]),
    )
    const grantham = new Map(
      rows('amino-acid-distances.tsv', ['one', 'other', 'distance']).map((row) => [
        row.one + row.other,
        z.coerce.number().parse(row.distance),
      ]),
    )
    const panelFacts = (gene: string, change: string, codes: readonly string[]) =>
      (panels.get(gene) ?? [])
        .filter((row) => row.change === change && codes.includes(row.code))
        .map((row) => ({
          code: row.code,
          fact: fact(`${row.code} of ${row.panel} for ${gene} ${change} (${row.allele})`, row.source),
        }))
    return {
      usual: usualNumbering(facts),
      genes: new Set(
        [roles, domains, functional, panels, conserved, noncoding, causes].flatMap((table) => [
          ...table.keys(),
        ]),
      ),
      common: (gene, change) => common.get(`${gene} ${change}`),
      threshold(name) {
        const found = thresholds.get(name)
        if (found === undefined) throw new Error(`${pack.folder}/thresholds.tsv: no "${name}"`)
        return found
      },
      role(gene) {
        const row = roles.get(gene)
        if (row === undefined) return undefined
        const role = Role.parse(row.role)
        return {
          role,
          fact: fact(`${gene}: ${role}${row.because === '' ? '' : `, ${row.because}`}`, row.source),
        }
      },
      series: (gene, residue) => series.get(`${gene} ${residue}`),
      truncations: (gene) => truncations.get(gene),
      domains: (gene) =>
        (domains.get(gene) ?? []).map((row) => ({
          ...rangeOf(row.residues),
          fact: fact(`${gene} ${row.residues}: ${row.domain}`, row.source),
        })),
      functional: (gene, change) => [
        ...(functional.get(gene) ?? []).flatMap((row) => {
          const named = row.change
            .split(',')
            .find((one) => one === change || isMissenseOf(one, change) || isEditIn(one, change))
          if (named === undefined) return []
          const { what, source } = fact(row.what, row.source)
          const read = compared.has(`${gene} ${named}`)
          return {
            what,
            source: read ? source : `${source}; written by name, not yet compared with the paper`,
            oncogenic: row.result === 'oncogenic',
          }
        }),
        ...panelFacts(gene, change, ['PS3', 'BS3']).map(({ code, fact: found }) => ({
          ...found,
          oncogenic: code === 'PS3',
        })),
      ],
      computed: (gene, change) => [
        ...panelFacts(gene, change, ['PP3', 'BP4']).map(({ code, fact: found }) => ({
          ...found,
          supports: code === 'PP3',
        })),
        ...(conserved.get(gene) ?? [])
          .filter((row) => within(row.residues, Number(/\d+/.exec(change)?.[0])))
          .map((row) => ({
            ...fact(`${gene} ${row.residues} does not vary: ${row.compared}`, row.source),
            supports: true,
          })),
      ],
      noncoding: (gene) =>
        (noncoding.get(gene) ?? []).map((row) => ({
          ...row,
          fact: fact(`${row.name}: ${row.what}`, row.source),
        })),
      singleCause(gene) {
        const row = causes.get(gene)
        return row && { ...row, fact: fact(`${row.disease} has ${gene} as its single cause`, row.source) }
      },
      grantham: (a, b) => (a === b ? 0 : (grantham.get(a + b) ?? grantham.get(b + a))),
    }
  })
}

/** Edits that a stretch stands for, by the name of the change behind its residues. */
const EDITS: Readonly<Record<string, RegExp>> = {
  // Residues are added: a duplication, an insertion, or more come in than go out.
  ITD: /^(?:dup|ins[A-Z]+|delins[A-Z]{2,})$/,
  DEL: /^(?:del|delins[A-Z]+)$/,
  FS: /^fs$/,
}

/**
 * "ITD 572-630" stands for every in-frame duplication or insertion that lies within these residues, "DEL 745-759" for every in-frame
 * deletion, "FS 286-294" for every frameshift that begins there.
 */
function isEditIn(stretch: string, change: string): boolean {
  const [, kind = '', from, to] = /^(ITD|DEL|FS) (\d+)-(\d+)$/.exec(stretch) ?? []
  const [, first, last = first, edit = ''] = /^[A-Z](\d+)(?:_[A-Z](\d+))?([a-z]+[A-Z]*)$/.exec(change) ?? []
  if (to === undefined || first === undefined || !EDITS[kind]!.test(edit)) return false
  const gained = (/^delins([A-Z]+)$/.exec(edit)?.[1] ?? '').length - (Number(last) - Number(first) + 1)
  if (edit.startsWith('delins') && gained > 0 !== (kind === 'ITD')) return false
  return Number(first) >= Number(from) && Number(last) <= Number(to)
}

/** "G12*" stands for every missense change of the codon; a stop is not one. */
function isMissenseOf(codon: string, change: string): boolean {
  return (
    /^[A-Z]\d+\*$/.test(codon) &&
    change.startsWith(codon.slice(0, -1)) &&
    /^[A-Z]\d+[A-Z]$/.test(change) &&
    change.slice(0, -1) === codon.slice(0, -1)
  )
}

function rangeOf(residues: string): { from: number; to: number } {
  const [from = Number.NaN, to = from] = residues.split('-').map(Number)
  return { from, to }
}

function within(residues: string, residue: number): boolean {
  const { from, to } = rangeOf(residues)
  return residue >= from && residue <= to
}
