import type { Consequence } from '../../variant/consequence/consequence.ts'
import type { CalledVariant } from '../../variant/consequence/consequence-caller.ts'
import { impactOf, termNames } from '../../variant/consequence/term.ts'
import type { VariantRecord } from '../../variant/normalise/variant-record.ts'

/** One record and its consequences as a line of JSON; records without any are left out. */
export function consequenceJson({
  given,
  consequences,
  carried,
}: CalledVariant<VariantRecord>): string | undefined {
  if (consequences.length === 0) return undefined
  const { contig, position, ref, alts } = given
  const copies = [...carried].map(([copy, places]) => ({
    sample: Math.floor(copy / 2) + 1,
    copy: (copy % 2) + 1,
    consequences: [...places],
  }))
  return JSON.stringify({ contig, position, ref, alts, consequences: consequences.map(jsonOf), copies })
}

function jsonOf(one: Consequence): object {
  const { transcript, protein } = one
  return {
    allele: one.allele,
    gene: transcript.gene,
    transcript: transcript.id,
    biotype: transcript.biotype,
    tags: transcript.tags,
    ...(one.toldAt === undefined
      ? { terms: termNames(one.terms), impact: impactOf(one.terms) }
      : { toldAt: one.toldAt }),
    ...(protein === undefined ? {} : { protein }),
    ...(one.afterStop ? { afterStop: true } : {}),
  }
}
