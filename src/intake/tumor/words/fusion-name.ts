import type { Fusion } from '../../../record/tumor-profile.ts'
import { Fault } from '../../../terms/fault.ts'

const UNKNOWN_PARTNER = /^(\?|\.|unknown|intergenic|na)$/i

/** Names with a hyphen of their own: HLA-A, MT-CO1, NKX2-1. Where one is among the partners, a hyphen does not tell where they part. */
const HYPHENED = /^(?:HLA|MT|NKX\d*|ERV\w*|KRTAP\d*|TR[ABDG]\w*)$/i

/**
 * "EML4::ALK", "EML4--ALK", "EML4-ALK" or "EML4/ALK", 5' partner first; "?" or nothing stands for a partner that is not known. A hyphen
 * alone is read where it is the only one and neither side is a part of a name; it does not tell which gene comes first. Throws FUSION_UNREADABLE.
 */
export function fusionNamed(text: string, where: string): Fusion {
  const [, five = '', three = ''] = /^([^:\s]*?)(?:::|--)([^:\s]*)$/.exec(text.trim()) ?? []
  const fusion = fusionOf(five, three) ?? byHyphen(text)
  if (fusion !== undefined) return fusion
  throw new Fault(
    'FUSION_UNREADABLE',
    where,
    `"${text}" does not name two genes`,
    'Write EML4::ALK; "?" stands for a partner that is not known.',
  )
}

function byHyphen(text: string): Fusion | undefined {
  const [, five, three] = /^([A-Z][A-Z0-9]+)\s?[-/]\s?([A-Z][A-Z0-9]+)(?: fusion)?$/i.exec(text.trim()) ?? []
  if (five === undefined || three === undefined || HYPHENED.test(five)) return undefined
  const fusion = fusionOf(five, three)
  return fusion && { ...fusion, anyOrder: true }
}

/** Undefined: neither partner is a gene. */
export function fusionOf(five: string, three: string): Fusion | undefined {
  const [a, b] = [geneOf(five), geneOf(three)]
  return a === undefined && b === undefined ? undefined : { five: a, three: b }
}

/** Callers write "GENE^ENSG…" (STAR-Fusion) and list neighbours of a place between genes "A(12),B(400)" (Arriba). */
function geneOf(text: string): string | undefined {
  const gene = text.trim().replace(/\^.*$/, '')
  return gene === '' || UNKNOWN_PARTNER.test(gene) || /[(),]/.test(gene) ? undefined : gene
}
