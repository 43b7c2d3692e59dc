import { basename } from 'node:path'
import { joinParts } from '../../intake/tumor/profile/join-profile.ts'
import { readTumorParts } from '../../intake/tumor/receive-tumor.ts'
import type { TumorOptions } from '../../intake/tumor/tumor-format.ts'
import type { ReceivedTumor, TumorPart } from '../../record/tumor-part.ts'
import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import type { Arguments } from '../command.ts'
import { coveredBy } from './covered.ts'

/** The tumours that files tell of, one for each sample. Throws the faults of the readers. */
export async function receivedTumors(
  paths: readonly string[],
  input: Arguments,
  assembly: Assembly | undefined,
  knowledge: Pick<TumorOptions, 'cuts' | 'tools' | 'diagnosesIn' | 'conditionsIn'>,
): Promise<ReceivedTumor[]> {
  const parts: TumorPart[] = []
  const tumorSample = input.text('tumor-sample')
  for (const path of paths)
    parts.push(
      ...(await readTumorParts(
        basename(path),
        { path },
        {
          ...knowledge,
          acceptFilters: input.texts('accept-filter'),
          ...(assembly === undefined ? {} : { assembly }),
          ...(tumorSample === undefined ? {} : { tumorSample }),
        },
      )),
    )
  return joinParts(parts, {
    sample: input.text('sample'),
    assembly,
    covered: coveredBy(input),
    purity: purityOf(input),
  })
}

function purityOf(input: Arguments): number | undefined {
  const text = input.text('purity')
  if (text === undefined) return undefined
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (value > 0 && value <= 1) return value
  throw new Fault(
    'FRACTION_INVALID',
    '--purity',
    `"${text}" is no share of cells`,
    'Give the share of tumour cells from 0 to 1, such as 0.6.',
  )
}
