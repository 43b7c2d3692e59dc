import type { TumorPart } from '../../record/tumor-part.ts'
import { Fault } from '../../terms/fault.ts'
import { peek, uncompressed } from '../compression.ts'
import { foreignFile } from '../foreign-file.ts'
import { type Content, emptyFile, openUpload, type Progress } from '../upload.ts'
import type { TumorOptions } from './tumor-format.ts'
import { TUMOR_FORMATS } from './tumor-formats.ts'

/**
 * The one door for results of tumours: plain or compressed bytes of any format in, one part for each sample out. The format
 * is told by the content, never by the name. Throws TUMOR_FORMAT_UNKNOWN and the faults of the readers.
 */
export async function readTumorParts(
  name: string,
  content: Content,
  options: TumorOptions,
  progress?: Progress,
): Promise<readonly TumorPart[]> {
  const upload = await openUpload(name, content, progress)
  const { head, all, close } = await peek(uncompressed(upload.chunks, name), 1 << 16)
  try {
    if (head.length === 0) throw emptyFile(name)
    const text = Buffer.from(head.subarray(0, 1 << 16)).toString('utf8')
    const format = TUMOR_FORMATS.find((one) => one.sniff(text))
    if (format === undefined) throw notRecognised(name, text, head)
    return await format.read({ name, text: all, options })
  } finally {
    await close()
  }
}

function notRecognised(name: string, text: string, head: Uint8Array): Fault {
  const known = `Read are ${TUMOR_FORMATS.map((one) => one.name).join(', ')}; plain, gzip or bgzip.`
  const foreign = foreignFile(head)
  if (foreign !== undefined)
    return new Fault('TUMOR_FORMAT_UNKNOWN', name, foreign.what, `${foreign.mend} ${known}`)
  const [line = ''] = text.split(/\r\n|\n|\r/)
  return new Fault(
    'TUMOR_FORMAT_UNKNOWN',
    `${name}:1`,
    `no known result begins with "${line.slice(0, 80)}"${line.includes('\t') ? '' : ', which has no columns separated by tabs'}`,
    `${known} Name the columns as these formats do.`,
  )
}
