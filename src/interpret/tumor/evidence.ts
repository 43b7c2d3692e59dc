import type { UsualNumbering } from '../../knowledge/tumor/residue-numbering.ts'
import type { SomaticVariant } from '../../record/tumor-profile.ts'
import { parseHgvs } from '../../variant/hgvs/parse.ts'

/** Everything at hand about one variant. What is left out is not known: a code that needs it is "not assessed". */
export interface SomaticEvidence {
  readonly variant: SomaticVariant
  /** Highest frequency found, 0..1; `absent`: looked for and not there. `populations`: of single populations, not overall. */
  readonly population?: {
    readonly frequency: number
    readonly absent: boolean
    readonly populations: boolean
    readonly source: string
  }
  readonly hotspots?: Hotspots
  readonly established?: EstablishedVariants
  readonly scores?: readonly { readonly tool: string; readonly value: number; readonly source: string }[]
  readonly functional?: readonly {
    readonly oncogenic: boolean
    readonly what: string
    readonly source: string
  }[]
  /** The malignancy, in words or by code. */
  readonly malignancy?: string
}

/** Counts of samples with changes of a residue, from a table of the user. */
export interface Hotspots {
  readonly source: string
  /** Samples with this change ("V600E", "E746_A750del"); undefined: neither it nor its residue is in the table. */
  count(gene: string, change: string): HotspotCount | undefined
}

/** Samples with any change of the residue or region, those of them with a truncation there, and those with this change. */
export interface HotspotCount {
  readonly residue: number
  readonly truncating: number
  readonly change: number
}

/** Variants that were classified as oncogenic by the same standard. */
export interface EstablishedVariants {
  readonly source: string
  /** Changes of a gene in one letter: "V600E". */
  of(gene: string): readonly string[]
}

/** What a change does to the protein. */
export type Effect =
  | { readonly kind: 'null'; readonly what: string; readonly truncates: boolean }
  | { readonly kind: 'missense'; readonly from: string; readonly residue: number; readonly to: string }
  | { readonly kind: 'inframe' | 'stop-lost' | 'synonymous' | 'none' | 'unknown' }

const NULL_TERMS: Readonly<Record<string, string>> = {
  transcript_ablation: 'deleted transcript',
  exon_loss_variant: 'lost exon',
  stop_gained: 'nonsense',
  frameshift_variant: 'frameshift',
  splice_acceptor_variant: 'splice site',
  splice_donor_variant: 'splice site',
  start_lost: 'lost start',
  initiator_codon_variant: 'lost start',
}

/** The most severe of the variant's terms decides; without terms its protein name does. */
export function effectOf(variant: SomaticVariant): Effect {
  const terms = variant.consequences
  const change = proteinChange(variant)
  if (terms.length === 0 && change === undefined) return { kind: 'unknown' }
  // A frameshift under the name of a missense change and the reverse happen in real tables: the protein name is the more exact.
  const edit = change?.kind === 'residues' ? change.edit.kind : undefined
  if (edit === 'frameshift') return { kind: 'null', what: 'frameshift', truncates: true }
  const term = Object.keys(NULL_TERMS).find((one) => terms.includes(one))
  if (term !== undefined) return { kind: 'null', what: NULL_TERMS[term]!, truncates: /stop|frame/.test(term) }
  if (change?.kind === 'residues' && change.edit.kind === 'substitution') {
    if (change.edit.to === '*') return { kind: 'null', what: 'nonsense', truncates: true }
    if (change.start.number === 1) return { kind: 'null', what: 'lost start', truncates: false }
    if (change.start.residue === '*') return { kind: 'stop-lost' }
    if (/^[A-Z]$/.test(change.edit.to))
      return {
        kind: 'missense',
        from: change.start.residue,
        residue: change.start.number,
        to: change.edit.to,
      }
  }
  if (terms.includes('stop_lost') || edit === 'extension') return { kind: 'stop-lost' }
  if (
    terms.some((one) => /inframe|protein_altering/.test(one)) ||
    /^(deletion|duplication|insertion)/.test(edit ?? '')
  )
    return { kind: 'inframe' }
  if (terms.includes('synonymous_variant') || change?.kind === 'unchanged' || edit === 'identity')
    return { kind: 'synonymous' }
  return terms.includes('missense_variant') ? { kind: 'unknown' } : { kind: 'none' }
}

/** The change in one letter as tables of hotspots name it: "V600E", "E746_A750del", "R130fs"; undefined: it has no such name. */
export function shortChange(variant: SomaticVariant): string | undefined {
  const change = proteinChange(variant)
  if (change?.kind !== 'residues') return undefined
  const { start, end, edit } = change
  const one = `${start.residue}${start.number}`
  const place = start.number === end.number ? one : `${one}_${end.residue}${end.number}`
  switch (edit.kind) {
    case 'substitution':
      return `${one}${edit.to}`
    case 'deletion':
      return `${place}del`
    case 'duplication':
      return `${place}dup`
    case 'insertion':
      return `${place}ins${edit.residues}`
    case 'deletion-insertion':
      return `${place}delins${edit.residues}`
    case 'frameshift':
      return `${one}fs`
    case 'extension':
      return `${one}${edit.to ?? 'ext'}`
    default:
      return undefined
  }
}

/**
 * The variant with its protein name in the numbering that knowledge uses, and with the place that its name on the coding sequence tells;
 * what a laboratory wrote stays in the profile.
 */
export function inUsualNumbering(variant: SomaticVariant, usual: UsualNumbering): SomaticVariant {
  const { gene, hgvsC, assembly } = variant
  if (gene === undefined) return variant
  const change = shortChange(variant)
  const named = change === undefined ? undefined : usual.change(gene, change)
  const place = variant.place ?? usual.place(gene, hgvsC?.replace(/^.*:/, '') ?? '', assembly)
  if (named === change && place === variant.place) return variant
  return { ...variant, place, hgvsP: named === undefined ? variant.hgvsP : `p.${named}` }
}

/** The first changed residue, 1-based; undefined: the name tells none. */
export function residueOf(variant: SomaticVariant): number | undefined {
  const change = proteinChange(variant)
  if (change?.kind === 'residues') return change.start.number
  // Names of MAF files that HGVS does not know ("601_602insDFR*") still begin with the residue.
  const [, number] = /p\.\(?[A-Z]*-?(\d+)/.exec(variant.hgvsP ?? '') ?? []
  return number === undefined ? undefined : Number(number)
}

/** The first and the last residue that the name covers, 1-based; undefined: the name tells none. */
export function residuesOf(
  variant: SomaticVariant,
): { readonly from: number; readonly to: number } | undefined {
  const change = proteinChange(variant)
  return change?.kind === 'residues' ? { from: change.start.number, to: change.end.number } : undefined
}

function proteinChange({ hgvsP }: SomaticVariant) {
  if (hgvsP === undefined) return undefined
  try {
    const expression = parseHgvs(currentName(hgvsP.replace(/^.*?:(?=p\.)/, '').replaceAll('%3D', '=')))
    return expression.type === 'p' ? expression.change : undefined
  } catch {
    // A name that HGVS does not know tells nothing; the terms of the consequence still do.
    return undefined
  }
}

/** Names of Oncotator in the words of HGVS: "p.ELREA746del" is p.E746_A750del, "p.L747_P753>S" is p.L747_P753delinsS. */
function currentName(name: string): string {
  const [, first, between, last, number, edit] = /^p\.([A-Z])([A-Z]*)([A-Z])(\d+)(del|dup)$/.exec(name) ?? []
  if (first !== undefined && last !== undefined)
    return `p.${first}${number}_${last}${Number(number) + between!.length + 1}${edit}`
  return name.replace(/^(p\.[A-Z]\d+_[A-Z]\d+)>([A-Z]+)$/, '$1delins$2')
}
