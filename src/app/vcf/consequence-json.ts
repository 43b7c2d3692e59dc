import type { CalledVariant } from '../../variant/consequence/called-variant.ts'
import type { Consequence } from '../../variant/consequence/consequence.ts'
import { nonsenseDecay } from '../../variant/consequence/nonsense-decay.ts'
import { impactOf, termNames } from '../../variant/consequence/term.ts'
import { choiceReason, chosenTranscript } from '../../variant/consequence/transcript-choice.ts'
import type { VariantRecord } from '../../variant/normalise/variant-record.ts'
import type { Transcript } from '../../variant/transcript.ts'
import { structuralJson } from './structural-json.ts'

/** One record and its consequences as a line of JSON; records of which there is nothing to tell are left out. */
export function consequenceJson({
  given,
  consequences,
  carried,
  untold,
}: CalledVariant<VariantRecord>): string | undefined {
  if (consequences.length === 0 && untold.length === 0) return undefined
  const chosen = chosenOf(consequences)
  const { contig, position, ref, alts } = given
  const copies = [...carried].map(([copy, places]) => ({
    sample: Math.floor(copy / 2) + 1,
    copy: (copy % 2) + 1,
    consequences: [...places],
  }))
  return JSON.stringify({
    contig,
    position,
    ref,
    alts,
    consequences: consequences.map((one) => jsonOf(one, chosen)),
    copies,
    ...(untold.length === 0 ? {} : { unknown: untold }),
  })
}

/** For each gene the transcript that a report speaks of. */
function chosenOf(consequences: readonly Consequence[]): ReadonlySet<Transcript> {
  const genes = new Map<string, Transcript[]>()
  for (const { transcript } of consequences) {
    const gene = transcript.gene.id ?? transcript.gene.symbol ?? transcript.id
    genes.set(gene, [...(genes.get(gene) ?? []), transcript])
  }
  return new Set([...genes.values()].flatMap((all) => chosenTranscript(all) ?? []))
}

function jsonOf(one: Consequence, chosen: ReadonlySet<Transcript>): object {
  const { transcript, protein } = one
  const decay = protein === undefined ? undefined : nonsenseDecay(transcript, protein)
  return {
    allele: one.allele,
    gene: transcript.gene,
    transcript: transcript.id,
    biotype: transcript.biotype,
    tags: transcript.tags,
    ...(one.toldAt === undefined
      ? { terms: termNames(one.terms), impact: impactOf(one.terms) }
      : { toldAt: one.toldAt }),
    ...(chosen.has(transcript) ? { chosen: choiceReason(transcript) ?? 'only one' } : {}),
    ...(protein === undefined ? {} : { protein }),
    ...(decay === undefined ? {} : { nonsenseDecay: decay }),
    ...(one.structural === undefined ? {} : { structural: structuralJson(one.structural) }),
    ...(one.afterStop ? { afterStop: true } : {}),
  }
}
