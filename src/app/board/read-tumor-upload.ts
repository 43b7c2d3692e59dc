import { readTumorParts } from '../../intake/tumor/receive-tumor.ts'
import type { Progress } from '../../intake/upload.ts'
import { acmgCriteria } from '../../knowledge/acmg/criteria.ts'
import type { Facts } from '../../knowledge/facts.ts'
import type { TumorPart } from '../../record/tumor-part.ts'
import { Fault } from '../../terms/fault.ts'
import { readDiagnosis } from '../tumor/case/diagnosis.ts'
import { conditionDiagnoses } from '../tumor/condition-diagnoses.ts'
import { tumorCuts } from '../tumor/tumor-cuts.ts'
import type { Told } from './told.ts'

/** A file as bytes that can be read again. */
interface Bytes {
  readonly name: string
  readonly bytes: number
  read(): AsyncIterable<Uint8Array>
}

/** What was understood of a file of a tumour, in a line for the sender. */
export interface TumorUpload {
  readonly specimen: string
  readonly format: string
  readonly content: readonly string[]
  readonly records: number
  readonly leftOut: number
}

/** Name of a tumour of which neither the sender nor the file gives a name. */
export const UNNAMED = 'tumour'

/**
 * Parts of one file, all of one specimen of one person. Of a file with several samples the one must be named: nobody's
 * result is taken by its place in a file. Throws SAMPLE_NOT_NAMED, TUMOR_SAMPLE_MISSING and the faults of the readers.
 */
export async function readTumorFile(
  file: Bytes,
  told: Told,
  facts: Facts,
  progress?: Progress,
): Promise<readonly TumorPart[]> {
  const { assembly, tumorSample } = told
  const parts = await readTumorParts(
    file.name,
    { stream: file.read(), size: file.bytes },
    {
      cuts: tumorCuts(facts),
      tools: acmgCriteria(facts).missenseTools,
      diagnosesIn: conditionDiagnoses(facts),
      ...(assembly === undefined ? {} : { assembly }),
      ...(tumorSample === undefined ? {} : { tumorSample }),
    },
    progress,
  )
  const names = [...new Set(parts.flatMap(({ sample }) => sample ?? []))]
  const some = `${names.slice(0, 10).join(', ')}${names.length > 10 ? `, … (${names.length} in all)` : ''}`
  if (names.length > 1 && tumorSample === undefined)
    throw new Fault(
      'SAMPLE_NOT_NAMED',
      file.name,
      `the file holds ${names.length} tumours, and none was named`,
      `Name the one that is this person's: ${some}.`,
    )
  if (names.length > 0 && tumorSample !== undefined && !names.includes(tumorSample))
    throw new Fault(
      'TUMOR_SAMPLE_MISSING',
      file.name,
      `the file has no sample "${tumorSample}"`,
      `Its samples: ${some}.`,
    )
  const own = parts.filter(
    ({ sample }) => sample === undefined || names.length === 1 || sample === tumorSample,
  )
  const specimen = told.specimen ?? tumorSample ?? names[0] ?? UNNAMED
  return own.map((part) => ({ ...part, sample: specimen }))
}

/** Reads an upload to see that it can be used. Throws what `readTumorFile` and `readDiagnosis` throw, TUMOR_FILE_EMPTY. */
export async function readTumorUpload(
  file: Bytes,
  told: Told,
  facts: Facts,
  progress: Progress,
): Promise<TumorUpload> {
  readDiagnosis(told.diagnosis, 'diagnosis', facts)
  const parts = await readTumorFile(file, told, facts, progress)
  const [first] = parts
  if (first === undefined)
    throw new Fault(
      'TUMOR_FILE_EMPTY',
      file.name,
      'the file tells of no sample',
      'Send a file with a row, or a sample column, of the tumour.',
    )
  return {
    specimen: first.sample ?? UNNAMED,
    format: first.format,
    content: [...new Set(parts.flatMap(({ content }) => content))],
    records: parts.reduce((sum, { records }) => sum + records, 0),
    leftOut: parts.reduce((sum, { leftOut }) => sum + leftOut.reduce((n, { count }) => n + count, 0), 0),
  }
}
