import type { CopyNumberCall, Fusion, SomaticVariant } from '../../../record/tumor-profile.ts'
import type { Assembly } from '../../../terms/genome.ts'
import { GENOMIC } from '../../../terms/genomics-reporting.ts'
import type { TumorCuts } from '../tumor-format.ts'
import { callOfCopies } from '../words/copies-call.ts'
import { fractionOf } from '../words/number-text.ts'
import {
  codingsOf,
  componentsOf,
  genesOf,
  hasCode,
  type Json,
  numberOf,
  objectOf,
  textOf,
  wordsOf,
} from './elements.ts'
import { sourceOf } from './tumour-results.ts'

/** What an Observation of a variant (LOINC 69548-6) says. */
type ObservedVariant =
  | { readonly kind: 'variant'; readonly variant: SomaticVariant }
  | { readonly kind: 'copy-number'; readonly calls: readonly CopyNumberCall[] }
  | { readonly kind: 'fusion'; readonly fusion: Fusion }
  /** Looked for and not found; genes that were looked at as a whole. */
  | { readonly kind: 'absent'; readonly genes: readonly string[] }
  /** `doubts`: genes that have something, of which it is not known what. */
  | { readonly kind: 'left-out'; readonly reason: string; readonly doubts: readonly string[] }

/** Accessions of the chromosomes are NC_000001 to NC_000024; their versions tell the build. */
const GRCH38 = new Set(
  'NC_000001.11 NC_000002.12 NC_000003.12 NC_000004.12 NC_000005.10 NC_000006.12 NC_000007.14 NC_000008.11 NC_000009.12 NC_000010.11 NC_000011.10 NC_000012.12 NC_000013.11 NC_000014.9 NC_000015.10 NC_000016.10 NC_000017.11 NC_000018.10 NC_000019.10 NC_000020.11 NC_000021.9 NC_000022.11 NC_000023.11 NC_000024.10'.split(
    ' ',
  ),
)

/** Reads a variant of Genomics Reporting (STU2, STU3) or mCODE. Throws FRACTION_INVALID. */
export function observedVariant(observation: Json, where: string, cuts: TumorCuts): ObservedVariant {
  const genes = genesOf(observation)
  const value = observation['valueCodeableConcept']
  const named = namesOf(observation)
  if (hasCode(value, 'LA9634-2'))
    return named.coding === undefined && named.protein === undefined && named.place === undefined
      ? { kind: 'absent', genes }
      : { kind: 'left-out', reason: 'a single change that is absent', doubts: [] }
  if (value !== undefined && !hasCode(value, 'LA9633-4'))
    return {
      kind: 'left-out',
      reason: `a variant of which the value is ${wordsOf(value) ?? 'not told'}`,
      doubts: genes,
    }
  const types = componentsOf(
    observation,
    GENOMIC.codingChangeType,
    'molecular-consequence',
    'feature-consequence',
  ).flatMap((one) => codingsOf(one['valueCodeableConcept']))
  const says = (pattern: RegExp) =>
    types.some(({ code, display }) => pattern.test(`${code} ${display ?? ''}`))
  const copies = componentsOf(observation, GENOMIC.copyNumber)
    .map((one) => numberOf(objectOf(one['valueQuantity'])?.['value']))
    .find((one) => one !== undefined)
  const told = componentsOf(observation, GENOMIC.variationCode)
    .map((one) => wordsOf(one['valueCodeableConcept']))
    .join(' ')
  const isFusion =
    /fusion|rearrange/i.test(told) ||
    says(/fusion|SO:0001565|translocation|chromosomal_?\s?rearrangement|SO:0002062/i)
  if (genes.length > 0 && isFusion && copies === undefined && named.protein === undefined)
    return { kind: 'fusion', fusion: { five: genes[0], three: genes[1], anyOrder: true } }
  if (copies !== undefined || says(/copy_number|copy number|SO:000174[23]|SO:0001019|LA14033-7|LA14034-5/)) {
    const call =
      copies === undefined
        ? says(/gain|SO:0001742/)
          ? 'gain'
          : says(/loss|SO:0001743/)
            ? 'loss'
            : undefined
        : callOfCopies(copies, cuts)
    if (call === undefined || genes.length === 0)
      return {
        kind: 'left-out',
        reason: 'a change of copy number without its gene or its direction',
        doubts: genes,
      }
    return {
      kind: 'copy-number',
      calls: genes.map((gene) => ({ gene, call, ...(copies === undefined ? {} : { copies }) })),
    }
  }
  // Which of several genes has what is not said.
  if (genes.length > 1)
    return {
      kind: 'left-out',
      reason: 'a variant of several genes that does not say whether they are joined',
      doubts: genes,
    }
  const fraction = componentsOf(observation, GENOMIC.sampleAllelicFrequency)
    .map((one) => objectOf(one['valueQuantity']))
    .map((quantity) =>
      fractionOf(
        `${numberOf(quantity?.['value']) ?? ''}${/%|percent/i.test(textOf(quantity?.['unit']) ?? textOf(quantity?.['code']) ?? '') ? '%' : ''}`,
        where,
      ),
    )
    .find((one) => one !== undefined)
  const depth = componentsOf(observation, GENOMIC.allelicReadDepth)
    .map((one) => numberOf(objectOf(one['valueQuantity'])?.['value']))
    .find((one) => one !== undefined)
  const origin = sourceOf(observation)
  if (genes.length === 0 && named.place === undefined)
    return { kind: 'left-out', reason: 'a variant without a gene or a place', doubts: [] }
  return {
    kind: 'variant',
    variant: {
      gene: genes[0],
      assembly: named.assembly ?? 'GRCh38',
      place: named.assembly === undefined ? undefined : named.place,
      hgvsP: named.protein,
      ...(named.coding === undefined ? {} : { hgvsC: named.coding }),
      consequences: consequenceOf(observation).terms,
      exon: exonOf(observation),
      ...(fraction === undefined && depth === undefined ? {} : { tumor: { fraction, depth } }),
      ...(origin === undefined ? {} : { origin }),
    },
  }
}

/** "Exon 19" of the region's name; how many there are is not said. */
function exonOf(observation: Json): SomaticVariant['exon'] {
  const said = componentsOf(observation, GENOMIC.dnaRegion).map(
    (one) => textOf(one['valueString']) ?? wordsOf(one['valueCodeableConcept']) ?? '',
  )[0]
  const [, exon] = /^exon\s*(\d{1,3})$/i.exec(said ?? '') ?? []
  return exon === undefined ? undefined : { number: Number(exon), of: undefined }
}

/** What an Observation says of the effect of a variant. */
export interface Consequence {
  readonly protein: string | undefined
  readonly coding: string | undefined
  /** Sequence Ontology terms. */
  readonly terms: readonly string[]
}

export function consequenceOf(observation: Json): Consequence {
  const { protein, coding } = namesOf(observation)
  const terms = componentsOf(
    observation,
    'molecular-consequence',
    'feature-consequence',
    GENOMIC.codingChangeType,
  )
    .flatMap((one) => codingsOf(one['valueCodeableConcept']))
    .map(({ code, display }) => display?.replaceAll(' ', '_') ?? code)
    .filter((term) => /_variant$|^(stop|start)_|^inframe_/.test(term))
  return { protein, coding, terms }
}

interface Names {
  readonly coding: string | undefined
  readonly protein: string | undefined
  readonly place: SomaticVariant['place']
  readonly assembly: Assembly | undefined
}

function namesOf(observation: Json): Names {
  const word = (code: string): string | undefined =>
    componentsOf(observation, code)
      .map(
        (one) =>
          codingsOf(one['valueCodeableConcept'])[0]?.code ??
          textOf(objectOf(one['valueCodeableConcept'])?.['text']) ??
          textOf(one['valueString']),
      )
      .find((one) => one !== undefined)
  // ClinVar's name of a variant carries both: "NM_024675.3(PALB2):c.3549C>A (p.Tyr1183Ter)".
  const clinVar = componentsOf(observation, GENOMIC.variationCode)
    .flatMap((one) => codingsOf(one['valueCodeableConcept']))
    .map(({ display }) => /^(\S+:c\.\S+)(?:\s+\((p\.[^)]+)\))?/.exec(display ?? ''))
    .find((one) => one !== null)
  const genomic = /^(NC_0000(\d\d)\.\d+):g\.(\d+)([ACGT])>([ACGT])$/.exec(word(GENOMIC.genomicHgvs) ?? '')
  const reference = word(GENOMIC.genomicRefSeq)
  const stated = word(GENOMIC.referenceSequenceAssembly)
  const assembly =
    stated === 'LA14029-5' || stated === 'GRCh37'
      ? 'GRCh37'
      : stated === 'LA26806-2' || stated === 'GRCh38'
        ? 'GRCh38'
        : buildOf(genomic?.[1] ?? reference)
  return {
    coding: word(GENOMIC.codingHgvs) ?? clinVar?.[1],
    // A change that is foreseen stands in parentheses; whether it was seen in the protein makes no difference here.
    protein: (word(GENOMIC.proteinHgvs)?.replace(/^.*:(?=p\.)/, '') ?? clinVar?.[2])?.replace(
      /^p\.\((.+)\)$/,
      'p.$1',
    ),
    place:
      genomic === null
        ? alleles(observation, reference, word)
        : {
            chromosome: chromosomeOf(genomic[2]!),
            position: Number(genomic[3]),
            ref: genomic[4]!,
            alt: genomic[5]!,
          },
    assembly,
  }
}

/** Reference sequence, start and both alleles; counted from 1 unless the coordinate system says otherwise. */
function alleles(
  observation: Json,
  reference: string | undefined,
  word: (code: string) => string | undefined,
): SomaticVariant['place'] {
  const number = /^NC_0000(\d\d)\.\d+$/.exec(reference ?? '')?.[1]
  const [ref, alt] = [word(GENOMIC.refAllele), word(GENOMIC.altAllele)]
  const range = objectOf(componentsOf(observation, GENOMIC.exactStartEnd)[0]?.['valueRange'])
  const start = numberOf(objectOf(range?.['low'])?.['value'])
  if (number === undefined || ref === undefined || alt === undefined || start === undefined) return undefined
  if (!/^[ACGT]+$/i.test(ref) || !/^[ACGT]+$/i.test(alt)) return undefined
  const fromZero = componentsOf(observation, GENOMIC.coordinateSystem).some((one) =>
    hasCode(one['valueCodeableConcept'], 'LA30100-4', 'LA30101-2'),
  )
  return {
    chromosome: chromosomeOf(number),
    position: fromZero ? start + 1 : start,
    ref: ref.toUpperCase(),
    alt: alt.toUpperCase(),
  }
}

function buildOf(accession: string | undefined): Assembly | undefined {
  if (accession === undefined || !/^NC_0000\d\d\.\d+$/.test(accession)) return undefined
  return GRCH38.has(accession) ? 'GRCh38' : 'GRCh37'
}

function chromosomeOf(number: string): string {
  const n = Number(number)
  return n === 23 ? 'X' : n === 24 ? 'Y' : String(n)
}
