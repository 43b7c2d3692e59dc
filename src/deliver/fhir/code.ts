import type { NamedDrug } from '../../decide/plan.ts'
import type { Chromosome } from '../../terms/genome.ts'
import { chromosomeAnswer, LOINC, TBD_CODES } from '../../terms/genomics-reporting.ts'
import type { CodeableConcept, Coding } from './resource.ts'

const PROFILES = 'http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition'
export const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'
export const ATC = 'http://www.whocc.no/atc'

/** Canonical URL of a profile or extension of the Genomics Reporting guide (STU3, 3.0.0). */
export function genomicsReporting(name: string): string {
  return `${PROFILES}/${name}`
}

function concept(system: string, code: string, display?: string): CodeableConcept {
  return { coding: [display === undefined ? { system, code } : { system, code, display }] }
}

/** An answer of a LOINC answer list, with LOINC's own name of it. */
export function loinc(code: string, display: string): CodeableConcept {
  return concept(LOINC, code, display)
}

/** A LOINC question. Its name here is ours, so it is text: a display must be LOINC's name of the release in use. */
export function question(code: string, text: string): CodeableConcept {
  return { coding: [{ system: LOINC, code }], text }
}

/** A code that the guide has defined itself until LOINC does. */
export function tbd(code: string): CodeableConcept {
  return concept(TBD_CODES, code)
}

/** Both categories that STU3 asks of every genomic Observation, in the order of the profile. */
export const GENOMIC_CATEGORIES: readonly CodeableConcept[] = [
  concept('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory', 'Laboratory'),
  concept('http://terminology.hl7.org/CodeSystem/v2-0074', 'GE', 'Genetics'),
]
export const LABORATORY = GENOMIC_CATEGORIES[0]!
export const GENETICS = GENOMIC_CATEGORIES[1]!

/** HGNC ids of genes, "CYP2C19" -> "HGNC:2621". */
export type GeneIds = ReadonlyMap<string, string>

/** A gene as the guide wants it: HGNC id with its prefix, symbol as display; text alone where no id is known. */
export function gene(symbol: string, ids: GeneIds): CodeableConcept {
  const id = ids.get(symbol)
  return id === undefined ? { text: symbol } : concept('http://www.genenames.org', id, symbol)
}

export function dataAbsent(code: 'not-performed' | 'unknown', text: string): CodeableConcept {
  const system = 'http://terminology.hl7.org/CodeSystem/data-absent-reason'
  const display = { 'not-performed': 'Not Performed', unknown: 'Unknown' }[code]
  return { coding: [{ system, code, display }], text }
}

/** RxNorm first, then ATC; the name as text. */
export function drugConcept(drug: NamedDrug): CodeableConcept {
  const coding: Coding[] = []
  if (drug.rxcui !== undefined) coding.push({ system: RXNORM, code: drug.rxcui, display: drug.name })
  for (const code of drug.atc) coding.push({ system: ATC, code })
  return coding.length > 0 ? { coding, text: drug.name } : { text: drug.name }
}

/** The chromosome as LOINC answers it, or undefined for the mitochondrion. */
export function chromosomeConcept(chromosome: Chromosome): CodeableConcept | undefined {
  const answer = chromosomeAnswer(chromosome.slice(3))
  return answer && loinc(answer.code, answer.display)
}

/**
 * A phenotype as the guide's list of therapeutic implications codes it (ValueSet genetic-therapeutic-implications-vs,
 * extensible). A phenotype that the list does not hold ("Likely Poor Metabolizer") is text: folding it into a
 * neighbour would say more than is known.
 */
export function phenotypeConcept(phenotype: string): CodeableConcept {
  const known = PHENOTYPES[phenotype.toLowerCase()]
  return known === undefined
    ? { text: phenotype }
    : { coding: [{ system: LOINC, code: known[0], display: known[1] }], text: phenotype }
}

const PHENOTYPES: Readonly<Record<string, readonly [code: string, display: string]>> = {
  'ultrarapid metabolizer': ['LA10315-2', 'Ultrarapid metabolizer'],
  'rapid metabolizer': ['LA25390-8', 'Rapid metabolizer'],
  'normal metabolizer': ['LA25391-6', 'Normal metabolizer'],
  'intermediate metabolizer': ['LA10317-8', 'Intermediate metabolizer'],
  'poor metabolizer': ['LA9657-3', 'Poor metabolizer'],
  'increased function': ['LA25392-4', 'Increased function'],
  'normal function': ['LA25393-2', 'Normal function'],
  'decreased function': ['LA25395-7', 'Decreased function'],
  'poor function': ['LA25394-0', 'Poor function'],
}
