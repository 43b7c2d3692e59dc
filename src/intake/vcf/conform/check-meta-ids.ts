import { isContigName } from '../model/contig-name.ts'
import { checkNumberAndType } from './check-definition.ts'
import { shown } from './findings.ts'
import type { MetaEntry } from './meta-entry.ts'

/** First level of the type of a structural variant (section 1.4.5). */
const STRUCTURAL = /^(?:DEL|INS|DUP|INV|CNV)(?::|$)/
/** Symbols that are no structural variant: any other allele, a copy number, an ambiguity code of IUPAC. */
const NOT_STRUCTURAL = /^(?:NON_REF|\*(?::DEL)?|X|CN\d+|[RYSWKMBDHVN])$/
/** Reserved names of symbolic alleles, which no contig may have. */
const SYMBOLS = new Set(['DEL', 'INS', 'DUP', 'INV', 'CNV'])
const UNUSABLE = /[\s,<>]/
/** What cuts a ##contig line or stands for something else; other marks that 1.4.7 rules out harm once a record uses them. */
const CUTTING = /^$|^[*=]|[\s,<>]/

export function checkFilter({ values, header, report }: MetaEntry): void {
  const id = values.get('ID')?.value
  if (id === undefined) return
  if (id === '0') report('VCF_FILTER_ZERO', 'ID', () => 'a filter is named "0"')
  else if (id === '' || /[\s;]/.test(id)) report('VCF_META_ID', 'ID', () => `the ID is ${shown(id)}`)
  header.filters.add(id)
}

export function checkAlt(entry: MetaEntry): void {
  const { values, header, report } = entry
  checkNumberAndType(entry)
  const id = values.get('ID')?.value
  if (id === undefined) return
  if (id === '' || UNUSABLE.test(id) || id.split(':').includes(''))
    report('VCF_ALT_ID', 'ID', () => `the ID is ${shown(id)}`)
  else if (!STRUCTURAL.test(id) && !NOT_STRUCTURAL.test(id))
    report('VCF_ALT_TYPE', 'ID', () => `${shown(id)} begins with none of DEL, INS, DUP, INV, CNV`)
  header.alts.add(id)
}

export function checkContig({ values, header, report }: MetaEntry): void {
  const id = values.get('ID')?.value
  const length = values.get('length')?.value
  if (id !== undefined && !isContigName(id, header.minor))
    report(CUTTING.test(id) ? 'VCF_CONTIG_ID' : 'VCF_CONTIG_MARK', 'ID', () => `the ID is ${shown(id)}`)
  else if (id !== undefined && header.minor >= 3 && SYMBOLS.has(id))
    report('VCF_CONTIG_ID', 'ID', () => `${shown(id)} is the name of a symbolic allele`)
  const md5 = values.get('md5')?.value
  if (md5 !== undefined && !/^[0-9a-f]{32}$/.test(md5))
    report('VCF_CONTIG_MD5', 'md5', () => `md5 is ${shown(md5)}`)
  const known = length !== undefined && /^[1-9]\d{0,14}$/.test(length)
  if (length !== undefined && !known)
    report('VCF_CONTIG_LENGTH', 'length', () => `the length is ${shown(length)}`)
  if (id !== undefined && !header.contigs.has(id)) header.contigs.set(id, known ? Number(length) : undefined)
}
