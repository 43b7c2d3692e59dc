import { joinParts } from '../../intake/tumor/join-profile.ts'
import type { Facts } from '../../knowledge/facts.ts'
import type { ReceivedTumor, TumorPart } from '../../record/tumor-part.ts'
import type { PatientKey } from '../../store/person.ts'
import type { Store } from '../../store/store.ts'
import type { TumorFile } from '../../store/tumor-file-store.ts'
import { Fault } from '../../terms/fault.ts'
import { withCurrentGenes } from '../tumor/current-genes.ts'
import { withAssay } from '../tumor/scores/stated-assay.ts'
import { readTumorFile, UNNAMED } from './read-tumor-upload.ts'
import { coveredOf, joinedTold, Told } from './told.ts'

/** One tumour of a person: what its files say, joined. */
export interface KeptTumor {
  readonly specimen: string
  readonly files: readonly TumorFile[]
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

/** The tumours of a person by specimen, in the order in which they came. */
export async function keptTumors(
  store: Pick<Store, 'archive' | 'tumorFiles'>,
  facts: Facts,
  key: PatientKey,
): Promise<readonly KeptTumor[]> {
  const files = (await store.tumorFiles.list(key)).filter(({ withdrawn }) => withdrawn === undefined)
  if (files.length === 0) return []
  // A file that was sent again counts as it was described last.
  const newest = [...new Map(files.map((one) => [one.sha256, one])).values()]
  const archived = new Map((await store.archive.list(key)).map((one) => [one.sha256, one]))
  const bySpecimen = new Map<string, { file: TumorFile; told: Told; parts: readonly TumorPart[] }[]>()
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
  return [...bySpecimen].map(([specimen, all]) => {
    const told = joinedTold(all.map((one) => one.told))
    const own = { specimen, files: all.map(({ file }) => file), told }
    try {
      const [received] = joinParts(
        all.flatMap(({ parts }) => parts),
        {
          sample: specimen,
          assembly: told.assembly,
          covered: { variants: coveredOf(told.genes), copyNumbers: undefined, fusions: undefined },
          purity: told.purity,
        },
      )
      const assay = {
        ...(told.assay === undefined ? {} : { name: told.assay }),
        ...(told.megabases === undefined ? {} : { codingMegabases: told.megabases }),
      }
      return { ...own, received: withCurrentGenes(withAssay(received!, assay), facts), fault: undefined }
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault
      return { ...own, received: undefined, fault }
    }
  })
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
