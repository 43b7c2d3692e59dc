import type { PackRef } from '../../terms/evidence.ts'
import type { Facts } from '../facts.ts'
import { cellsOf } from './ontology.ts'

export const ANNOTATION_PACK = 'hpo-annotations'

/** One statement of the annotation file about a disease, as released. */
interface AnnotationRow {
  /** "0001250", the digits of the HPO id. */
  readonly term: string
  readonly not: boolean
  /** "3/7", "45%", "0040281" (a frequency term), or "" where none is given. */
  readonly frequency: string
  /** Digits of the onset term, or "". */
  readonly onset: string
  readonly sex: 'M' | 'F' | ''
}

/** The rows of one disease that share reference, evidence code and aspect. */
export interface AnnotationGroup {
  readonly reference: string
  /** PCS (published study), TAS (traceable statement), IEA (by program). */
  readonly evidence: string
  /** P phenotype, I inheritance, C onset and course, M modifier. */
  readonly aspect: string
  /** Entries as in the pack, not yet taken apart. */
  readonly entries: string
}

export interface AnnotatedDisease {
  /** "OMIM:154700". */
  readonly id: string
  readonly name: string
  readonly genes: readonly { readonly symbol: string; readonly ncbiGene: string }[]
  readonly groups: readonly AnnotationGroup[]
}

export interface DiseaseAnnotations {
  readonly ref: PackRef
  readonly diseases: readonly AnnotatedDisease[]
}

export function diseaseAnnotations(facts: Facts): DiseaseAnnotations {
  return facts.derived(ANNOTATION_PACK, () => {
    const pack = facts.pack(ANNOTATION_PACK)
    return readAnnotations(pack.ref, pack.text('diseases.tsv'), pack.text('annotations.tsv'))
  })
}

/** From the two tables of a pack. */
function readAnnotations(ref: PackRef, diseases: string, annotations: string): DiseaseAnnotations {
  const groups = new Map<string, AnnotationGroup[]>()
  for (const [disease, reference, evidence, aspect, entries] of cellsOf(annotations)) {
    const own = groups.get(disease!) ?? []
    groups.set(disease!, own)
    own.push({ reference: reference!, evidence: evidence!, aspect: aspect!, entries: entries! })
  }
  return {
    ref,
    diseases: [...cellsOf(diseases)].map(([id, name, genes]) => ({
      id: id!,
      name: name!,
      genes:
        genes === undefined || genes === ''
          ? []
          : genes.split('|').map((one) => {
              const [symbol, ncbiGene] = one.split('=')
              return { symbol: approvedSymbol(symbol!, ncbiGene), ncbiGene: ncbiGene ?? '' }
            }),
      groups: groups.get(id!) ?? [],
    })),
  }
}

/** Numbers of NCBI Gene among which those of human mitochondrial DNA are. */
const MITOCHONDRIAL = { from: 4508, to: 4579 }

/** The annotations name mitochondrial genes as NCBI does ("TRNL1"); laboratories and HGNC write "MT-TL1". */
function approvedSymbol(symbol: string, ncbiGene: string | undefined): string {
  const number = Number(ncbiGene)
  if (!(number >= MITOCHONDRIAL.from && number <= MITOCHONDRIAL.to)) return symbol
  const [, kind, rest] = /^(ND|COX|CYTB|ATP|TRN|RNR)([0-9]?[A-Z]?[0-9]?)$/.exec(symbol) ?? []
  if (kind === undefined) return symbol
  return `MT-${{ COX: 'CO', CYTB: 'CYB', TRN: 'T' }[kind] ?? kind}${rest}`
}

/** Takes the entries of a group apart: "[!]0001250[=frequency][@onset][+sex]". */
export function rowsOf({ entries }: AnnotationGroup): readonly AnnotationRow[] {
  return entries.split(' ').flatMap((entry) => {
    const found = /^(!?)(\d{7})(?:=([^@+]*))?(?:@(\d{7}))?(?:\+([MF]))?$/.exec(entry)
    if (found === null) return []
    const [, not, term, frequency = '', onset = '', sex = ''] = found
    return [{ term: term!, not: not === '!', frequency, onset, sex: sex as AnnotationRow['sex'] }]
  })
}
