import { checkNumberAndType } from './check-definition.ts'
import { shown } from './findings.ts'
import type { MetaEntry } from './meta-entry.ts'

/** Characters that end, group or stand for names elsewhere in a header. */
const UNUSABLE = /[\s,;=<>*?"|\\]/

/** ##SAMPLE (section 1.4.8). */
export function checkSample({ values, report }: MetaEntry): void {
  const id = values.get('ID')?.value
  if (id !== undefined && (id === '' || UNUSABLE.test(id)))
    report('VCF_META_ID', 'ID', () => `the ID is ${shown(id)}`)
}

/** ##META: what a SAMPLE line may say (section 1.4.8). */
export function checkMeta(entry: MetaEntry): void {
  const { values, report } = entry
  checkSample(entry)
  const listed = values.get('Values')
  if (listed !== undefined && !/^\[.*\]$/s.test(listed.value))
    report('VCF_META_VALUES', 'Values', () => `Values is ${shown(listed.value)}`)
  checkNumberAndType(entry)
}

/** ##PEDIGREE: pairs of a role and the name of a genome; from 4.3 on with an ID of its own (section 1.4.9). */
export function checkPedigree({ values, report }: MetaEntry): void {
  if (values.size === 0) report('VCF_META_REQUIRED', undefined, () => 'the line names nobody')
  for (const { key, value } of values.values()) {
    if (/[:;<>]/.test(key)) report('VCF_PEDIGREE_NAME', key, () => `the role is ${shown(key)}`)
    if (/[\s:;=<>]/.test(value)) report('VCF_PEDIGREE_NAME', key, () => `${shown(key)} is ${shown(value)}`)
  }
}

const LONGEST_URL = 8_000
const URL = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^\s/?#]*)(?:[/?#][^\s<>"]*)?$/
const HOST = /^(?:[^\s@/]+@)?([^\s@:/]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/

/**
 * Scheme, "://" and a host: a name of letters or four numbers up to 255 (RFC 3986, section 3.2.2). A file has no host.
 * Stricter than the URL of browsers, which reads a bare number as an address.
 */
export function isUrl(text: string): boolean {
  if (text.length > LONGEST_URL) return false
  const found = URL.exec(text)
  if (found === null) return false
  const [, scheme, authority] = found
  if (scheme!.toLowerCase() === 'file') return true
  const host = HOST.exec(authority!)?.[1]
  if (host === undefined) return false
  if (host.startsWith('[')) return true
  if (/^[\d.]+$/.test(host)) {
    const parts = host.split('.')
    return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
  }
  return host
    .replace(/\.$/, '')
    .split('.')
    .every((label) => /^[\p{L}\d_](?:[\p{L}\d_-]*[\p{L}\d_])?$/u.test(label))
}
