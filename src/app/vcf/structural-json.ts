import type { StructuralDetail } from '../../variant/consequence/structural/call-structural.ts'
import type { FusionPartner, GeneFusion } from '../../variant/consequence/structural/gene-fusion.ts'
import { ALTERATIONS } from '../../variant/consequence/structural/structural-change.ts'

/** A structural change as it lies to one transcript. */
export function structuralJson({ change, covers, fusions, certain, ...reach }: StructuralDetail): object {
  const { alteration, stretch, joins, slack, copies } = change
  return {
    alteration: { name: alteration, id: ALTERATIONS[alteration] },
    ...(stretch === undefined ? { joins } : { stretch }),
    ...(copies === undefined ? {} : { copies }),
    covers,
    exonsWhole: reach.exonsWhole,
    exonsPart: reach.exonsPart,
    codingBases: reach.codingBases,
    ...(reach.frame === undefined ? {} : { frame: reach.frame }),
    ...(fusions.length === 0 ? {} : { fusions: fusions.map(fusionJson) }),
    ...(certain ? {} : { uncertain: `the ends are known to ${slack ?? 'an unstated number of'} bases` }),
  }
}

function fusionJson({ five, three, frame }: GeneFusion): object {
  return {
    five: partnerJson(five),
    three: partnerJson(three),
    frame: frame.known ? frame.value : { unknown: frame.because },
  }
}

function partnerJson({ transcript, place, exon }: FusionPartner): object {
  const { gene, id, strand } = transcript
  return { gene, transcript: id, strand: strand === 1 ? '+' : '-', exon, break: place.kind }
}
