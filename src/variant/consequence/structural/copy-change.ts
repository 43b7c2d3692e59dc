import type { Answer } from '../../../terms/answer.ts'
import { chromosomeOf } from '../../../terms/genome.ts'
import type { Alteration, StructuralFields } from './structural-change.ts'

interface Copies {
  readonly alteration: Alteration
  readonly copies: number
}

/**
 * Whether "<CNV>" or "<CNn>" is a loss or a gain. "<CNn>" counts the copies of one chromosome (VCF 4.2). FORMAT CN counts those of
 * a person, so on X, Y and the mitochondrion, where two are not everybody's, only 0 is told. INFO CN is of a person or of one
 * chromosome by the version of VCF: what both readings agree on is told.
 */
export function copyChange(
  { contig, alt, allele }: { readonly contig: string; readonly alt: string; readonly allele: number },
  { info, copyNumbers }: StructuralFields,
): Answer<Copies, string> {
  const own = /^<CN(\d{1,4})>$/.exec(alt)?.[1]
  if (own !== undefined)
    return own === '1' ? none('one copy on a chromosome is no change') : told(Number(own), Number(own) < 1)
  const two = /^chr\d+$/.test(chromosomeOf(contig) ?? '')
  const counted = [...new Set(copyNumbers.filter((one) => one !== undefined))].filter(
    (one) => !two || one !== 2,
  )
  if (counted.length > 0) {
    if (!two && counted.some((one) => one !== 0))
      return none(`how many copies of ${contig} are usual depends on the person’s sex, or is not known`)
    const lost = counted.map((one) => one < 2)
    if (new Set(lost).size > 1) return none('some samples have more copies and some fewer')
    return told(
      counted.reduce((a, b) => (Math.abs(b - 2) > Math.abs(a - 2) ? b : a)),
      lost[0]!,
    )
  }
  if (copyNumbers.some((one) => one !== undefined)) return none('every sample has two copies')
  const texts = info('CN')?.split(',')
  const text = texts?.length === 1 ? texts[0] : texts?.[allele - 1]
  const stated = text === undefined || !/^\d+(\.\d+)?$/.test(text) ? undefined : Number(text)
  if (stated === 0) return told(0, true)
  if (stated !== undefined && stated > 2 && two) return told(stated, false)
  if (stated !== undefined)
    return none(
      `INFO CN ${stated} counts the copies of a person or of one chromosome, and the file does not say which`,
    )
  return none(`${alt} without CN does not tell whether copies are lost or gained`)
}

function told(copies: number, lost: boolean): Answer<Copies, string> {
  return { known: true, value: { alteration: lost ? 'copy_number_loss' : 'copy_number_gain', copies } }
}

function none(why: string): Answer<Copies, string> {
  return { known: false, because: [why] }
}
