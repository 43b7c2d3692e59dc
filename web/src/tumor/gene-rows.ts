import type { BoardDocument } from '../../../src/app/board/board-document.ts'
import { classificationOf, shortProteinName } from '../../../src/app/tumor/protein-name.ts'
import type { SomaticVariant } from '../../../src/record/tumor-profile.ts'

export type ChangeKind = 'missense' | 'truncating' | 'other' | 'amplified' | 'lost' | 'fusion'

/** Colour and height of a mark, so that kinds differ without colour too. Colours after Okabe and Ito. */
export const KIND_LOOKS: Readonly<Record<ChangeKind, { word: string; fill: string; size: number }>> = {
  missense: { word: 'missense', fill: '#009e73', size: 0.5 },
  truncating: { word: 'truncating', fill: '#1c2430', size: 0.5 },
  other: { word: 'other small variant', fill: '#b06a00', size: 0.5 },
  amplified: { word: 'amplified or gained', fill: '#a30d1b', size: 1 },
  lost: { word: 'lost', fill: '#0072b2', size: 1 },
  fusion: { word: 'fusion', fill: '#8a3ffc', size: 0.75 },
}

export interface GeneChange {
  readonly name: string
  readonly kind: ChangeKind
  readonly reads: string | undefined
  readonly oncogenic: string | undefined
}

/** A gene with all that was found of it. */
export interface GeneRow {
  readonly gene: string
  /** Best tier of its alterations: "IA". */
  readonly tier: string | undefined
  readonly changes: readonly GeneChange[]
  /** Changes that name a residue of the protein. */
  readonly points: readonly { readonly residue: number; readonly name: string; readonly kind: ChangeKind }[]
}

const TIERS = ['I', 'II', 'III', 'IV']

/** Genes by tier, then by name; those that something is known of first. */
export function geneRows({ profile, oncogenicity, tiers }: BoardDocument): readonly GeneRow[] {
  const changes = new Map<string, GeneChange[]>()
  const points = new Map<string, GeneRow['points'][number][]>()
  const add = (gene: string, one: GeneChange) => changes.set(gene, [...(changes.get(gene) ?? []), one])
  const classes = new Map(
    oncogenicity.variants.map(({ variant, oncogenicity: { class: its } }) => [
      keyOf(variant),
      its.replace('-', ' '),
    ]),
  )
  for (const variant of profile.proteinChanging) {
    const gene = variant.gene ?? 'no gene'
    const name = (shortOf(variant) ?? variant.hgvsC ?? variant.consequences.join(', ')).replace(
      /^.*:?p\./,
      '',
    )
    const kind = kindOf(variant)
    add(gene, { name, kind, reads: readsOf(variant), oncogenic: classes.get(keyOf(variant)) })
    const residue = Number(/\d+/.exec(variant.hgvsP?.replace(/^.*p\./, '') ?? '')?.[0])
    if (residue > 0) points.set(gene, [...(points.get(gene) ?? []), { residue, name, kind }])
  }
  for (const { gene, call, copies } of profile.copyNumbers)
    add(gene, {
      name: `${call.replace('-', ' ')}${copies === undefined ? '' : `, ${copies} copies`}`,
      kind: call === 'amplification' || call === 'gain' ? 'amplified' : 'lost',
      reads: undefined,
      oncogenic: undefined,
    })
  for (const { five, three, reads } of profile.fusions) {
    const name = `${five ?? '?'}::${three ?? '?'}`
    const told = reads === undefined ? undefined : `${reads} reads`
    for (const gene of new Set([five, three]))
      if (gene !== undefined) add(gene, { name, kind: 'fusion', reads: told, oncogenic: undefined })
  }
  const tierOf = (gene: string) =>
    tiers.alterations
      .filter(
        (one) => one.kind !== 'profile' && (one.gene === gene || one.name.split(/::|\s/).includes(gene)),
      )
      .map(({ tier, level }) => `${tier}${level ?? ''}`)
      .sort((a, b) => rank(a) - rank(b))[0]
  return [...changes]
    .map(
      ([gene, all]): GeneRow => ({ gene, tier: tierOf(gene), changes: all, points: points.get(gene) ?? [] }),
    )
    .sort((a, b) => rank(a.tier) - rank(b.tier) || (a.gene < b.gene ? -1 : 1))
}

function rank(tier: string | undefined): number {
  if (tier === undefined) return 99
  const [, roman = '', level = 'Z'] = /^([IV]+)([A-D]?)$/.exec(tier) ?? []
  return TIERS.indexOf(roman) * 10 + (level === '' ? 9 : level.charCodeAt(0) - 65)
}

function keyOf({ gene, hgvsP, hgvsC, place }: SomaticVariant): string {
  return [gene, hgvsP, hgvsC, place?.position, place?.alt].join(' ')
}

/** "p.L858R", however the laboratory spells it. */
function shortOf({ hgvsP }: SomaticVariant): string | undefined {
  return hgvsP === undefined ? undefined : (shortProteinName(hgvsP) ?? hgvsP)
}

function kindOf(variant: SomaticVariant): ChangeKind {
  const { consequences } = variant
  if (consequences.length === 0) {
    const short = shortOf(variant)
    const classification = short === undefined ? undefined : classificationOf(short)
    if (classification === 'Missense_Mutation') return 'missense'
    if (classification === 'Nonsense_Mutation' || /fs(\*|$)/.test(short ?? '')) return 'truncating'
  }
  if (consequences.some((one) => /stop_gained|frameshift|splice_(donor|acceptor)|start_lost/.test(one)))
    return 'truncating'
  return consequences.includes('missense_variant') ? 'missense' : 'other'
}

function readsOf({ tumor }: SomaticVariant): string | undefined {
  if (tumor?.fraction === undefined) return undefined
  const of = tumor.depth === undefined ? '' : ` of ${tumor.depth}`
  return `${Math.round(tumor.fraction * 100)} %${of}`
}
