import { infoEnd } from '../record-scanner.ts'
import type { RecordCursor } from './record-cursor.ts'

/**
 * Last position that the record covers, 1-based: that of REF, or further by INFO END; by INFO SVLEN or FORMAT LEN, which
 * VCF 4.5 has instead, only where END is not there.
 */
export function reachOf(bytes: Buffer, cursor: RecordCursor): number {
  const last = cursor.position + cursor.refTo - cursor.refFrom - 1
  if (!cursor.mayReach) return last
  const info = cursor.startOf(7)
  if (info === undefined) return last
  const infoTo = cursor.endOf(info)
  const end = infoEnd(bytes, info, infoTo)
  if (end > 0) return Math.max(last, end)
  const text = bytes.toString('latin1', info, infoTo)
  let reach = last
  for (const length of /(?:^|;)SVLEN=([-\d.,]+)/.exec(text)?.[1]?.split(',') ?? [])
    reach = Math.max(reach, cursor.position + Math.abs(Number(length) || 0))
  const format = infoTo + 1
  if (infoTo >= cursor.end) return reach
  const formatTo = cursor.endOf(format)
  const place = bytes.toString('latin1', format, formatTo).split(':').indexOf('LEN')
  if (place < 0 || formatTo >= cursor.end) return reach
  for (const sample of bytes.toString('latin1', formatTo + 1, cursor.end).split('\t'))
    reach = Math.max(reach, cursor.position + (Number(sample.split(':')[place]) || 0) - 1)
  return reach
}
