import type { OutsideCall } from '../../record/genotype.ts'
import type { Interpreter } from './diplotype-call.ts'
import {
  isNoCall,
  NO_CALL,
  NOTHING,
  type OutsideReading,
  splitDiplotype,
  tooManySides,
} from './outside-reading.ts'

/** HLA: presence or absence of the alleles that advice depends on, at two-field resolution. */
export function readMarkers(gene: Interpreter, call: OutsideCall): OutsideReading {
  const stated = /^(\*\d+:\d+)\S*\s+(positive|negative)$/i.exec(withoutGene(call.phenotype?.trim() ?? ''))
  if (isNoCall(call.diplotype)) {
    if (stated === null) return NO_CALL
    const marker = `${stated[1]} ${stated[2]!.toLowerCase()}`
    return {
      ...NOTHING,
      markers: [marker],
      phenotypes: [marker],
      certain: gene.rule.markers.every((one) => one === stated[1]),
    }
  }
  const sides = splitDiplotype(call.diplotype!).map(withoutGene)
  if (sides.length > 2) return tooManySides(gene, call.diplotype!)
  const carried = new Set(
    sides
      .filter((side) => !NOT_EXPRESSED.test(side))
      .map((side) => /^\*?\d+:\d+/.exec(side)?.[0].replace(/^\*?/, '*'))
      .filter((one) => one !== undefined),
  )
  const notes: string[] = []
  const coarse = sides.filter((side) => !/^\*?\d+:\d+/.test(side))
  if (sides.length === 1)
    notes.push(
      `Only one ${gene.rule.gene} allele was sent: what the other chromosome carries is not known, so nothing is called absent.`,
    )
  if (coarse.length > 0)
    notes.push(`${coarse.join(', ')} is not at two-field resolution: nothing is called absent.`)
  for (const side of sides.filter((one) => NOT_EXPRESSED.test(one)))
    notes.push(
      `${side} is an allele that is not expressed as usual (suffix ${side.at(-1)}): it is not counted as present.`,
    )
  const complete = sides.length === 2 && coarse.length === 0
  const markers = gene.rule.markers.flatMap((marker) =>
    carried.has(marker) ? [`${marker} positive`] : complete ? [`${marker} negative`] : [],
  )
  return {
    ...NOTHING,
    diplotype: {
      name: call.diplotype!.trim(),
      alleles: sides.length === 2 ? [allele(sides[0]!), allele(sides[1]!)] : [allele(sides[0]!)],
      phenotype: undefined,
      activityScore: undefined,
      lookupKey: undefined,
      matchScore: 0,
    },
    phenotypes: markers,
    markers,
    certain: complete,
    notes,
  }
}

/** Suffixes of the HLA nomenclature: null, low, secreted, cytoplasmic, aberrant, questionable expression. */
const NOT_EXPRESSED = /:\d+[NLSCAQ]$/i

/** "HLA-B*57:01" and "B*57:01" are "*57:01". */
function withoutGene(side: string): string {
  return side.replace(/^(HLA-)?[A-Z]{1,4}\d?(?=\*)/i, '')
}

function allele(name: string) {
  return { allele: name, function: undefined, activityValue: undefined }
}
