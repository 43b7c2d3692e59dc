import type { Assembly } from '../../terms/genome.ts'
import { identifyVrs2, type VrsObject } from '../../terms/vrs/identify.ts'
import { formatHgvs } from '../hgvs/format.ts'
import { sequenceName } from '../projection/names.ts'
import { shifted } from '../projection/shifted.ts'
import type { WrittenChange } from '../projection/written-change.ts'
import type { SequenceSource } from '../sequence.ts'
import { known, type Named, unknown } from '../sequence-change.ts'
import { contextual } from '../spdi/contextual.ts'
import { formatSpdi } from '../spdi/spdi.ts'
import { type VcfAllele, vcfAlleleOf } from '../vcf-allele.ts'
import { alleleOf } from '../vrs/allele-of.ts'

/** One change of one sequence under every name. */
export interface SequenceNames {
  readonly sequence: string
  /** The build, where the sequence is a chromosome of one. */
  readonly assembly: Assembly | undefined
  /** As HGVS asks for it. */
  readonly hgvs: Named<string>
  /** True where `asWritten` takes the transcript's bases for those of the genome, which are not known. */
  readonly assumed: boolean
  /** HGVS without shifting: as the expression that was asked says it. */
  readonly asWritten: string
  /** Fully spelled out, over every way of writing it (contextual). */
  readonly spdi: Named<string>
  readonly vrs: Named<string>
  /** The VRS object that the identifier was computed from. */
  readonly allele: Named<VrsObject>
  readonly vcf: Named<VcfAllele>
}

export function sequenceNames(
  change: WrittenChange,
  source: SequenceSource,
  type?: 'g' | 'm' | 'n',
): SequenceNames {
  const contig = source.contig(change.sequence)
  const sequence = contig?.refseq ?? change.sequence
  const named = { ...change, sequence }
  const text = (one: WrittenChange) => formatHgvs(sequenceName(one, type))
  if (change.assumed) {
    const { start, deleted } = change
    const open = unknown({ kind: 'bases-unknown', sequence, start, end: start + deleted.length })
    const names = { hgvs: open, spdi: open, vrs: open, allele: open, vcf: open }
    return { sequence, assembly: contig?.assembly, assumed: true, asWritten: text(named), ...names }
  }
  const spelled = contextual(named, source)
  const allele = alleleOf(named, source)
  return {
    sequence,
    assembly: contig?.assembly,
    assumed: false,
    hgvs: also(shifted(named, source, 1), text),
    asWritten: text(named),
    spdi: also(spelled, ({ start, deleted, inserted }) =>
      formatSpdi({ sequence, position: start, deleted, inserted }),
    ),
    allele,
    vrs: also(allele, (one) => identifyVrs2(one)!),
    vcf: vcfAlleleOf(named, source),
  }
}

export function also<A, B>(answer: Named<A>, then: (value: A) => B): Named<B> {
  return answer.known ? known(then(answer.value)) : answer
}
