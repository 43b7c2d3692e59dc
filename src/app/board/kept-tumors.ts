import { joinParts } from '../../intake/tumor/profile/join-profile.ts'
import type { Facts } from '../../knowledge/facts.ts'
import type { Resource } from '../../record/resource.ts'
import type { ReceivedTumor, TumorPart } from '../../record/tumor-part.ts'
import type { PatientKey } from '../../store/person.ts'
import type { Store } from '../../store/store.ts'
import type { TumorFile } from '../../store/tumor/tumor-file-store.ts'
import { Fault } from '../../terms/fault.ts'
import { diagnosisOfFiles } from '../tumor/case/diagnosis.ts'
import { withCurrentGenes } from '../tumor/current-genes.ts'
import { withAssay } from '../tumor/scores/stated-assay.ts'
import { readTumorFile, UNNAMED } from './read-tumor-upload.ts'
import { type RecordTumor, recordTumors } from './record-tumors.ts'
import { coveredOf, joinedTold, Told } from './told.ts'

/** One tumour of a person: what its files and the results of the record say, joined. */
export interface KeptTumor {
  readonly specimen: string
  readonly files: readonly TumorFile[]
  /** Results of the record that it rests on. */
  readonly results: number
  /** The diagnosis of the record that these results are of. */
  readonly diagnosis: string | undefined
  readonly told: Told
  /** undefined: the files cannot be one profile; `fault` says why. */
  readonly received: ReceivedTumor | undefined
  readonly fault: Fault | undefined
}

/** Parts of files that were read, newest use last. Files never change; what the sender said of one is part of its name. */
const READ = new Map<string, Promise<readonly TumorPart[]>>()
const KEPT = 32
/** Files larger than this are read anew each time. */
const LARGEST = 4 * 2 ** 20

/**
 * The tumours of a person, those of the record first, then by specimen in the order in which files came. Results of the
 * record count beside every file of the same cancer: laboratories of proteins do not name the specimen of a sequencing file.
 */
export async function keptTumors(
  store: Pick<Store, 'archive' | 'tumorFiles'>,
  facts: Facts,
  key: PatientKey,
  resources: readonly Resource[] = [],
): Promise<readonly KeptTumor[]> {
  const ofRecord = recordTumors(resources, facts)
  const bySpecimen = await filesBySpecimen(store, facts, key)
  const [one, ...others] = ofRecord
  const joins = (told: Told) => one !== undefined && others.length === 0 && isSame(one, told, facts)
  const tumors = [...bySpecimen].map(([specimen, all]) => {
    const told = joinedTold(all.map((file) => file.told))
    const beside = joins(told) ? one : undefined
    return tumorOf(
      { specimen, files: all.map(({ file }) => file), told },
      all.flatMap(({ parts }) => parts),
      beside,
      facts,
    )
  })
  const alone = ofRecord.filter((own) => !tumors.some(({ results }) => own === one && results > 0))
  return [
    ...alone.map((own) => tumorOf({ specimen: own.specimen, files: [], told: {} }, [], own, facts)),
    ...tumors,
  ]
}

/** Of two cancers that are known to differ the results of one say nothing of the other. */
function isSame({ diagnosis }: RecordTumor, told: Told, facts: Facts): boolean {
  const [here, there] = [diagnosis, told.diagnosis].map((one) =>
    diagnosisOfFiles(one, 'diagnosis', facts, []),
  )
  return (
    here?.code === undefined ||
    there?.code === undefined ||
    here.lineage.includes(there.code) ||
    there.lineage.includes(here.code)
  )
}

function tumorOf(
  named: Pick<KeptTumor, 'specimen' | 'files' | 'told'>,
  parts: readonly TumorPart[],
  ofRecord: RecordTumor | undefined,
  facts: Facts,
): KeptTumor {
  const { specimen, told } = named
  const own = { ...named, results: ofRecord?.results ?? 0, diagnosis: ofRecord?.diagnosis }
  try {
    const [joined] = joinParts(
      [...parts, ...(ofRecord?.parts ?? []).map((one) => ({ ...one, sample: specimen }))],
      {
        sample: specimen,
        assembly: told.assembly,
        covered: { variants: coveredOf(told.genes), copyNumbers: undefined, fusions: undefined },
        purity: told.purity,
      },
    )
    const assay = {
      ...(told.assay === undefined ? {} : { name: told.assay }),
      ...(told.specimenKind === undefined ? {} : { specimen: told.specimenKind }),
      ...(told.megabases === undefined ? {} : { codingMegabases: told.megabases }),
    }
    const received = withCurrentGenes(withAssay(joined!, assay), facts)
    const notes = [...received.notes, ...(ofRecord?.notes ?? [])]
    return { ...own, received: { ...received, notes }, fault: undefined }
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    return { ...own, received: undefined, fault }
  }
}

interface ReadFile {
  readonly file: TumorFile
  readonly told: Told
  readonly parts: readonly TumorPart[]
}

async function filesBySpecimen(
  store: Pick<Store, 'archive' | 'tumorFiles'>,
  facts: Facts,
  key: PatientKey,
): Promise<ReadonlyMap<string, readonly ReadFile[]>> {
  const bySpecimen = new Map<string, ReadFile[]>()
  const files = (await store.tumorFiles.list(key)).filter(({ withdrawn }) => withdrawn === undefined)
  if (files.length === 0) return bySpecimen
  // A file that was sent again counts as it was described last.
  const newest = [...new Map(files.map((one) => [one.sha256, one])).values()]
  const archived = new Map((await store.archive.list(key)).map((one) => [one.sha256, one]))
  for (const file of newest) {
    const told = Told.parse(file.told)
    const bytes = archived.get(file.sha256)
    if (bytes === undefined) continue
    const read = () => readTumorFile({ ...bytes, name: file.name }, told, facts)
    const parts =
      bytes.bytes > LARGEST
        ? await read()
        : await remembered(`${key.tenant} ${key.patient} ${file.id} ${file.sha256}`, read)
    const specimen = parts[0]?.sample ?? told.specimen ?? UNNAMED
    bySpecimen.set(specimen, [...(bySpecimen.get(specimen) ?? []), { file, told, parts }])
  }
  return bySpecimen
}

async function remembered(
  name: string,
  read: () => Promise<readonly TumorPart[]>,
): Promise<readonly TumorPart[]> {
  const there = READ.get(name) ?? read()
  READ.delete(name)
  READ.set(name, there)
  there.catch(() => READ.delete(name))
  for (const oldest of READ.keys()) {
    if (READ.size <= KEPT) break
    READ.delete(oldest)
  }
  return there
}
