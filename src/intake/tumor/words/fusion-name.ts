import type { Fusion } from '../../../record/tumor-profile.ts'
import { Fault } from '../../../terms/fault.ts'

const UNKNOWN_PARTNER = /^(\?|\.|unknown|intergenic|na)$/i

/** "EML4::ALK" or "EML4--ALK", 5' partner first; "?" or nothing stands for a partner that is not known. Throws FUSION_UNREADABLE. */
export function fusionNamed(text: string, where: string): Fusion {
  const [, five = '', three = ''] = /^([^:\s]*?)(?:::|--)([^:\s]*)$/.exec(text.trim()) ?? []
  const fusion = fusionOf(five, three)
  if (fusion !== undefined) return fusion
  throw new Fault(
    'FUSION_UNREADABLE',
    where,
    `"${text}" does not name two genes`,
    'Write EML4::ALK; "?" stands for a partner that is not known.',
  )
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
