import type { TumorPart } from '../../record/tumor-part.ts'
import { Fault } from '../../terms/fault.ts'
import { peek, uncompressed } from '../compression.ts'
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
    if (format === undefined) throw notRecognised(name, text)
    return await format.read({ name, text: all, options })
  } finally {
    await close()
  }
}

function notRecognised(name: string, head: string): Fault {
  const [line = ''] = head.split(/\r\n|\n|\r/)
  const binary = head.includes('\0') || /^(BAM|BCF|CRAM|PK|PAR1|%PDF)/.test(head)
  return new Fault(
    'TUMOR_FORMAT_UNKNOWN',
    binary ? name : `${name}:1`,
    binary
      ? 'this is not a text file'
      : `no known result begins with "${line.slice(0, 80)}"${line.includes('\t') ? '' : ', which has no columns separated by tabs'}`,
    `Read are ${TUMOR_FORMATS.map((one) => one.name).join(', ')}; plain, gzip or bgzip. Name the columns as these formats do.`,
  )
}
