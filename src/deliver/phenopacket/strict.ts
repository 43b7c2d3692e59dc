import type { Biosample, MedicalAction } from '../../record/phenopacket.ts'

const UNKNOWN = { id: 'NCIT:C17998', label: 'Unknown' }

/**
 * As the JSON schema has it: a dose interval names dose, frequency and time. A frequency that nobody said is "Unknown"; an
 * interval without dose or time cannot be said, and stays in the document that brought it.
 */
export function strictAction(action: MedicalAction): MedicalAction {
  const { treatment } = action
  if (treatment?.doseIntervals === undefined) return action
  const doseIntervals = treatment.doseIntervals
    .filter(({ quantity, interval }) => quantity !== undefined && interval !== undefined)
    .map((one) => ({ ...one, scheduleFrequency: one.scheduleFrequency ?? UNKNOWN }))
  const { doseIntervals: _all, ...rest } = treatment
  return { ...action, treatment: doseIntervals.length === 0 ? rest : { ...rest, doseIntervals } }
}

/** The JSON schema calls "sampledType" what protobuf calls "sampleType". */
export function strictBiosample({ sampleType, ...sample }: Biosample): Biosample {
  return sampleType === undefined ? sample : { ...sample, sampledType: sample.sampledType ?? sampleType }
}
