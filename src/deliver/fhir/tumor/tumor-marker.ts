import type { MutationalBurden, TumorScores } from '../../../interpret/finding/tumor-scores.ts'
import type { TumorMarker } from '../../../record/tumor-profile.ts'
import { GENOMIC } from '../../../terms/genomics-reporting.ts'
import { GENOMIC_CATEGORIES, genomicsReporting, loinc, question, tbd } from '../code.ts'
import type { ReportContext } from '../report-context.ts'
import type { CodeableConcept, Observation } from '../resource.ts'

type Protein = Extract<TumorMarker, { kind: 'protein' }>

/** A property of the whole tumour that a laboratory measured, by the molecular-biomarker profile. */
export function markerObservation(context: ReportContext, marker: TumorMarker): Observation {
  const note = [
    ...(marker.assay === undefined ? [] : [`Assay: ${marker.assay}.`]),
    ...(marker.specimen === undefined ? [] : [`On ${marker.specimen}.`]),
  ]
  const { code, value } = questionOf(marker)
  return biomarker(context, code, value, note, marker.date)
}

function questionOf(marker: TumorMarker): {
  readonly code: CodeableConcept
  readonly value: Partial<Observation>
} {
  switch (marker.kind) {
    case 'mutational-burden':
      return { code: BURDEN, value: perMegabase(marker.perMegabase) }
    case 'microsatellites':
      return {
        code: question(GENOMIC.microsatelliteInstability, 'Microsatellite instability'),
        value: {
          valueCodeableConcept: {
            high: loinc('LA26203-2', 'MSI-H'),
            low: loinc('LA26202-4', 'MSI-L'),
            stable: loinc('LA14122-8', 'Stable'),
          }[marker.status],
        },
      }
    case 'mismatch-repair':
      return {
        code: { text: 'Mismatch repair' },
        value: { valueCodeableConcept: { text: marker.status } },
      }
    case 'homologous-recombination':
      return {
        code: { text: 'Homologous recombination deficiency' },
        value: {
          valueCodeableConcept: {
            text: [marker.status, marker.score === undefined ? undefined : `score ${marker.score}`]
              .filter((one) => one !== undefined)
              .join(', '),
          },
        },
      }
    case 'arm':
      return { code: { text: marker.arm }, value: { valueCodeableConcept: { text: marker.change } } }
    case 'protein':
      return {
        code: { text: marker.protein },
        value: { valueCodeableConcept: { text: proteinWords(marker) } },
      }
  }
}

const BURDEN = question(GENOMIC.tumorMutationalBurden, 'Tumour mutational burden')

function perMegabase(value: number): Partial<Observation> {
  return {
    valueQuantity: { value, system: 'http://unitsofmeasure.org', code: '1/1000000{Base}' },
  }
}

/** "positive", "positive (TPS 60)". */
function proteinWords({ status, score }: Protein): string {
  const told = score === undefined ? undefined : `${score.scale} ${score.value}`
  return [status, told === undefined || status === undefined ? told : `(${told})`]
    .filter((one) => one !== undefined)
    .join(' ')
}

/** A burden that was counted here and not by the laboratory; undefined where none could be counted. */
export function countedBurden(context: ReportContext, { burden }: TumorScores): Observation | undefined {
  const value = burden.counted.perMegabase
  if (value === undefined || burden.from === 'laboratory') return undefined
  return biomarker(context, BURDEN, perMegabase(value), burdenNote(burden), undefined)
}

function burdenNote({ state, counted, cut, because }: MutationalBurden): readonly string[] {
  const { interval, scheme } = counted
  return [
    `Counted by Garrod from the calls (${scheme.replaceAll('-', ' ')}), not by the laboratory.`,
    ...(interval === undefined
      ? []
      : [`95 % interval ${interval.low.toFixed(1)} to ${interval.high.toFixed(1)} per megabase.`]),
    `Against the cut of ${cut}: ${state.replace('-', ' ')}.`,
    ...because,
  ]
}

function biomarker(
  context: ReportContext,
  code: CodeableConcept,
  value: Partial<Observation>,
  note: readonly string[],
  date: string | undefined,
): Observation {
  return {
    resourceType: 'Observation',
    meta: { profile: [genomicsReporting('molecular-biomarker')] },
    status: context.status,
    category: [...GENOMIC_CATEGORIES, tbd('biomarker-category')],
    code,
    subject: context.patient,
    ...(date === undefined ? {} : { effectiveDateTime: date }),
    issued: context.issued,
    ...value,
    ...(note.length === 0 ? {} : { note: [{ text: note.join(' ') }] }),
  }
}
