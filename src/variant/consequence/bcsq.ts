import { withoutVersion } from '../transcript-set.ts'
import type { Consequence } from './consequence.ts'
import { INTRON, NON_CODING, OF_PROTEIN, SPLICE_REGION, SPLICE_SITE, SYNONYMOUS, shortNames } from './term.ts'

const SHORT_BIOTYPES: Readonly<Record<string, string>> = { nonsense_mediated_decay: 'NMD' }

/**
 * A consequence in the words of bcftools csq: terms, gene, transcript, biotype, strand, residues, changes of the genome,
 * separated by "|". "@123" points to the record at 123 that tells the change; "*" in front: behind a stop of the haplotype.
 */
export function bcsqText(one: Consequence): string {
  if (one.toldAt !== undefined) return `@${one.toldAt}`
  const { transcript, terms, protein } = one
  const named = (terms & ~(INTRON | NON_CODING)) !== 0
  const id = transcript.id.startsWith('ENS') ? withoutVersion(transcript.id) : transcript.id
  const parts = [
    (one.afterStop ? '*' : '') + shortNames(terms),
    transcript.gene.symbol ?? '',
    named ? id : '',
    biotypeText(transcript.biotype),
  ]
  const isProtein = (terms & OF_PROTEIN) !== 0 && (terms & (SPLICE_SITE | SPLICE_REGION)) === 0
  if (isProtein || protein !== undefined) parts.push(transcript.strand === 1 ? '+' : '-')
  if (protein !== undefined) {
    const { before, after, dna } = protein
    const isSame = before.residue === after.residue && before.protein === after.protein
    const changed = isSame || terms & SYNONYMOUS ? '' : `>${after.residue}${after.protein}`
    parts.push(`${before.residue}${before.protein}${changed}`, dna.join('+'))
  }
  return parts.join('|')
}

function biotypeText(biotype: string): string {
  return SHORT_BIOTYPES[biotype] ?? biotype.replace(/^((?:IG|TR)_[A-Z]+)_gene$/, '$1')
}
