import type { Resource } from '../../record/resource.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { values } from './component.ts'

/** LOINC answer list LL378-1, genomic source class. */
const CLASSES: Readonly<Record<string, string>> = {
  germline: 'LA6683-2',
  somatic: 'LA6684-0',
  fetal: 'LA10429-1',
  'likely germline': 'LA18194-3',
  'likely somatic': 'LA18195-0',
  'likely fetal': 'LA18196-8',
  'unknown genomic origin': 'LA18197-6',
  'de novo': 'LA26807-0',
}

/**
 * Whether an Observation is of the class asked for, by word, code or "system|code". One that states no class is not of
 * any: it is left out when a class is asked for.
 */
export function isOfClass(observation: Resource, asked: string | undefined): boolean {
  if (asked === undefined) return true
  const word = asked.slice(asked.lastIndexOf('|') + 1)
  const code = CLASSES[word.toLowerCase()] ?? word
  return values(observation, GENOMIC.genomicSourceClass).some(
    (one) => one.code === code || one.display === word,
  )
}
