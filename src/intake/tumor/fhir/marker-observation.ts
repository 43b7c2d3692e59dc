import type { MarkerTest } from '../../../record/tumor-profile.ts'
import { GENOMIC } from '../../../terms/genomics-reporting.ts'
import type { WrittenMarker } from '../marker/marker-value.ts'
import { codingsOf, hasCode, type Json, numberOf, objectOf, objectsOf, textOf, wordsOf } from './elements.ts'
import type { Linked } from './linked.ts'
import { dayOf } from './standing.ts'
import { specimenWords } from './tumour-results.ts'

/** LOINC codes whose names leave the marker open, or that senders give without a name. */
const NAMES: Readonly<Record<string, string>> = {
  [GENOMIC.tumorMutationalBurden]: 'TMB',
  [GENOMIC.microsatelliteInstability]: 'MSI',
  '16112-5': 'ER',
  '85337-4': 'ER',
  '16113-3': 'PR',
  '85339-0': 'PR',
  '48676-1': 'HER2',
  '85319-2': 'HER2',
  '83052-1': 'PD-L1 by clone 22C3',
  '83055-4': 'PD-L1 by clone 28-8',
  '83057-0': 'PD-L1 by clone SP142',
  // Per cent of viable tumour cells, whatever the clone.
  '83053-9': 'PD-L1 TPS',
}
/** "PD-L1 scoring method": its answer tells what the numbers beside it are. */
const SCORING = '105302-4'
/** Answers of LOINC and SNOMED CT, of which the display may be missing or in another language. */
const ANSWERS: Readonly<Record<string, string>> = {
  'LA6576-8': 'Positive',
  'LA6577-6': 'Negative',
  '10828004': 'Positive',
  '260385009': 'Negative',
}
/** Measured in what is no tumour, and waves of an ECG that share a short name with a receptor. */
const OTHER = /serum|plasma|urine|body fluid|\binterval\b|\bwave\b/i

/** A result of a marker as it is written, and how it was measured. */
interface WrittenResult {
  readonly written: WrittenMarker
  readonly test: MarkerTest
}

/** What an Observation and its components say of markers; most Observations say nothing of them. */
export function markerResults(observation: Json, linked: Linked): readonly WrittenResult[] {
  const components = objectsOf(observation['component'])
  const scoring = components
    .filter((one) => hasCode(one['code'], SCORING))
    .flatMap((one) => writtenValue(one)?.value ?? [])[0]
  return [observation, ...components].flatMap((one): readonly WrittenResult[] => {
    const value = writtenValue(one)
    const known = codingsOf(one['code']).flatMap(({ code }) => NAMES[code] ?? [])[0]
    const name = known ?? wordsOf(one['code'])
    if (value === undefined || name === undefined || OTHER.test(name) || hasCode(one['code'], SCORING))
      return []
    const clone = /\bclone (\S+)/i.exec(`${known ?? ''} ${wordsOf(one['code']) ?? ''}`)?.[1]
    return [
      {
        written: { name, ...value, ...(scoring === undefined ? {} : { scale: scoring }) },
        test: testOf(observation, clone, linked),
      },
    ]
  })
}

function testOf(observation: Json, clone: string | undefined, linked: Linked): MarkerTest {
  const date = dayOf(observation)
  const assay = assayOf(observation, linked) ?? (clone === undefined ? undefined : `clone ${clone}`)
  const specimen = linked.at(observation['specimen'])
  const words = specimen === undefined ? '' : specimenWords(specimen)
  const on = /plasma|ctdna|circulating/i.test(words)
    ? 'plasma'
    : /tissue|ffpe|biops|paraffin/i.test(words)
      ? 'tissue'
      : undefined
  return {
    ...(assay === undefined ? {} : { assay }),
    ...(on === undefined ? {} : { specimen: on }),
    ...(date === undefined ? {} : { date }),
  }
}

/** The test by name: the device, as it is shown or as its own resource names it, else the method. */
export function assayOf(observation: Json, linked: Linked): string | undefined {
  const device = linked.at(observation['device'])
  return (
    textOf(objectOf(observation['device'])?.['display']) ??
    objectsOf(device?.['deviceName']).flatMap((one) => textOf(one['name']) ?? [])[0] ??
    wordsOf(observation['method'])
  )
}

/** A number with its unit and comparator, else the words of the answer. */
export function writtenValue(resource: Json): { value: string; unit?: string } | undefined {
  const quantity = objectOf(resource['valueQuantity'])
  const number = numberOf(quantity?.['value']) ?? numberOf(resource['valueInteger'])
  if (number !== undefined) {
    const unit = textOf(quantity?.['unit']) ?? textOf(quantity?.['code'])
    const comparator = textOf(quantity?.['comparator']) ?? ''
    return { value: `${comparator}${number}`, ...(unit === undefined ? {} : { unit }) }
  }
  const concept = resource['valueCodeableConcept']
  const answer = codingsOf(concept).flatMap(({ code }) => ANSWERS[code] ?? [])[0]
  const words = answer ?? textOf(resource['valueString']) ?? wordsOf(concept)
  // SNOMED CT names the finding whole: "Estrogen receptor positive tumor".
  const value = words?.replace(/^(?:o?estrogen|progesterone) receptor (?=positive|negative)/i, '')
  return value === undefined ? undefined : { value }
}
