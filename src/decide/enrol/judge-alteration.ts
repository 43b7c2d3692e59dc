import type { Alteration, AlterationKind, Assay, Candidate } from '../../record/candidate.ts'
import type { AlterationLeaf, WildTypeLeaf } from './criterion.ts'
import { MET, missing, NOT_MET, type Ruling } from './ruling.ts'

/** What was found in a tumour, by gene, and what could have been found. */
export interface Tested {
  readonly byGene: ReadonlyMap<string, readonly Alteration[]>
  readonly alterations: readonly Alteration[]
  readonly assays: readonly Assay[]
  readonly rejected: NonNullable<Candidate['rejected']>
}

export function testedOf({ alterations, assays, rejected = NO_CALLS }: Candidate): Tested {
  const byGene = new Map<string, Alteration[]>()
  const add = (gene: string, one: Alteration) => {
    const list = byGene.get(gene)
    if (list === undefined) byGene.set(gene, [one])
    else list.push(one)
  }
  for (const one of alterations) {
    add(one.gene, one)
    if (typeof one.partner === 'string' && one.partner !== one.gene) add(one.partner, one)
  }
  return { byGene, alterations, assays, rejected }
}

/** The assay that would have seen such a change in the gene, if there was one; plasma may hold nothing of a tumour that has it. */
export function coverage(gene: string, kind: AlterationKind, assays: readonly Assay[]): Assay | undefined {
  return assays.find((one) => one.plasma !== true && covers(one, gene, kind))
}

function covers({ genes, finds }: Assay, gene: string, kind: AlterationKind): boolean {
  return finds.has(kind) && (genes === 'all' || (gene !== 'any' && genes.has(gene)))
}

const NONE: readonly Alteration[] = []
const NO_CALLS: NonNullable<Candidate['rejected']> = []

/**
 * Met by a reported change. Not met only where an assay covered the gene for every kind of change that would do;
 * a gene outside of all assays was not tested, and a change whose description lacks what is asked leaves it open.
 */
export function judgeAlteration(leaf: AlterationLeaf, tested: Tested): Ruling {
  const found = leaf.gene === 'any' ? tested.alterations : (tested.byGene.get(leaf.gene) ?? NONE)
  let open: Alteration | undefined
  for (const one of found) {
    if (!leaf.of.includes(one.kind)) continue
    const fits = fitsLeaf(leaf, one)
    if (fits === true) return { verdict: MET, ground: { kind: 'seen', alteration: one } }
    if (fits === undefined) open ??= one
  }
  open ??= tested.byGene.get('')?.find(({ kind }) => leaf.of.includes(kind))
  if (open?.origin !== undefined) return missing('variant-detail', ofWhom(open))
  if (open !== undefined) {
    return missing(
      'variant-detail',
      `the report of a ${open.gene === '' ? 'gene in free text' : open.gene} ${open.kind} lacks what this criterion asks for`,
    )
  }
  return ruleAbsent(leaf.gene, leaf.of, tested, NOT_MET)
}

function ofWhom({ gene, kind, origin }: Alteration): string {
  if (origin === 'inherited')
    return `the person was born with a ${gene} ${kind}: whether the criterion asks for such a one, and whether the tumour keeps it, is not said`
  if (origin === 'doubtful')
    return `a ${gene} ${kind} was called with low confidence or out of frame: whether it is real, and makes a protein, another method tells`
  return `the report of a ${gene} ${kind} does not say whether it is of the tumour`
}

/** Met where an assay covered the gene for mutations and none was reported. */
export function judgeWildType({ gene }: WildTypeLeaf, tested: Tested): Ruling {
  const mutations = tested.byGene.get(gene)?.filter(({ kind }) => kind === 'mutation') ?? NONE
  const mutation = mutations.find(({ origin }) => origin === undefined)
  if (mutation !== undefined) return { verdict: NOT_MET, ground: { kind: 'seen', alteration: mutation } }
  if (mutations.length > 0) return missing('variant-detail', ofWhom(mutations[0]!))
  if (tested.byGene.get('')?.some(({ kind }) => kind === 'mutation') === true) {
    return missing('variant-detail', 'a mutation is reported whose gene is in free text only')
  }
  const absent = ruleAbsent(gene, ['mutation'], tested, MET)
  const doubt = absent.verdict === MET ? tested.rejected.find((one) => one.gene === gene) : undefined
  return doubt === undefined
    ? absent
    : missing(
        'variant-detail',
        `${gene} ${doubt.change} was called and failed the filter ${doubt.filter}: whether it is real is not known`,
      )
}

function ruleAbsent(
  gene: string,
  kinds: readonly AlterationKind[],
  { assays }: Tested,
  verdict: 0 | 2,
): Ruling {
  let assay: Assay | undefined
  for (const kind of kinds) {
    assay = coverage(gene, kind, assays)
    if (assay === undefined && assays.some((one) => covers(one, gene, kind)))
      return missing(
        kind,
        `nothing was found in plasma in ${gene === 'any' ? 'any gene' : gene}, which does not rule out ${KIND_WORDS[kind]} of the tumour`,
      )
    if (assay === undefined) {
      const what = gene === 'any' ? 'not every gene was' : `${gene} was not`
      return missing(kind, `${what} tested for ${KIND_WORDS[kind]}`)
    }
  }
  return { verdict, ground: { kind: 'none-found', gene, assay: assay! } }
}

export const KIND_WORDS: Readonly<Record<AlterationKind, string>> = {
  mutation: 'mutations',
  'copy-number': 'copy number changes',
  fusion: 'fusions',
}

/** Whether a reported change is the one asked for; undefined when its report does not say. */
function fitsLeaf(leaf: AlterationLeaf, one: Alteration): boolean | undefined {
  let fits: boolean | undefined = one.origin === undefined ? true : undefined
  const and = (next: boolean | undefined): boolean => {
    if (next === false) return false
    if (next === undefined) fits = undefined
    return true
  }
  if (leaf.proteinChange !== undefined && !and(same(one.proteinChange, leaf.proteinChange))) return false
  if (leaf.residue !== undefined && !and(atResidue(one.proteinChange, leaf.residue))) return false
  if (leaf.classification !== undefined && !and(same(one.classification, leaf.classification))) return false
  if (leaf.exon !== undefined && !and(one.exon === undefined ? undefined : one.exon === leaf.exon))
    return false
  if (leaf.copyNumber !== undefined && !and(same(one.copyNumber, leaf.copyNumber))) return false
  if (leaf.partner !== undefined && !and(fitsPartner(leaf, one))) return false
  return fits
}

function same(found: string | undefined, wanted: string): boolean | undefined {
  return found === undefined ? undefined : found.toLowerCase() === wanted.toLowerCase()
}

/** One other amino acid in the place: "p.V600" fits p.V600E and not p.V600*, p.V600del or p.V600fs. */
function atResidue(found: string | undefined, residue: string): boolean | undefined {
  if (found === undefined) return undefined
  const wanted = residue.toLowerCase()
  const text = found.toLowerCase()
  return text.length === wanted.length + 1 && text.startsWith(wanted) && /[acdefghiklmnpqrstvwy]$/.test(text)
}

function fitsPartner({ gene, partner }: AlterationLeaf, one: Alteration): boolean | undefined {
  if (one.partner === undefined) return undefined
  const other = one.gene === gene ? one.partner : one.gene
  if (partner === 'intergenic') return other === null
  if (partner === 'any') return other !== null
  return gene === 'any' ? one.gene === partner || one.partner === partner : other === partner
}
