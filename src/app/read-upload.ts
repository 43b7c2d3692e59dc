import { listSamples, readGenotypes } from '../intake/receive.ts'
import type { Progress } from '../intake/upload.ts'
import type { GenotypeSet } from '../record/genotype.ts'
import type { Ingest, ReceivedFile } from '../store/store.ts'
import { Fault } from '../terms/fault.ts'
import type { PanelLocus } from '../terms/genome.ts'

/**
 * Reads one received file for one person. A file with several samples must say which is meant: nobody's genotype is
 * taken by its place in a file. Throws SAMPLE_NOT_NAMED and every fault of intake.
 */
export async function readUpload(
  received: ReceivedFile,
  panel: readonly PanelLocus[],
  wanted: { readonly sample: string | undefined; readonly progress: Progress },
): Promise<Ingest> {
  const { name, path } = received
  const samples = await listSamples(name, { path })
  if (wanted.sample === undefined && samples.length > 1) throw notNamed(name, samples)
  const genotypes: GenotypeSet[] = []
  const arrival = readGenotypes({
    name,
    content: { path },
    panel,
    options: wanted.sample === undefined ? {} : { samples: [wanted.sample] },
    progress: wanted.progress,
  })
  for await (const set of arrival) genotypes.push(set)
  return {
    files: [{ received, format: genotypes[0]?.source.format ?? 'vcf' }],
    genotypes,
    outsideCalls: [],
    drugs: [],
    measurements: [],
  }
}

function notNamed(name: string, samples: readonly string[]): Fault {
  const some = samples.slice(0, 10).join(', ')
  const more = samples.length > 10 ? `, … (${samples.length} in all)` : ''
  return new Fault(
    'SAMPLE_NOT_NAMED',
    name,
    `the file holds ${samples.length} samples, and none was named`,
    `Name the one that is this person: ${some}${more}.`,
  )
}
