import { type Cardinality, cardinalityOf, valueTypeOf } from '../model/definition.ts'
import { reservedFormat, reservedInfo } from '../model/reserved.ts'
import type { Reserved } from '../model/reserved-row.ts'
import { isFormatKey, isInfoKey } from '../model/value.ts'
import { shown } from './findings.ts'
import type { MetaEntry } from './meta-entry.ts'

/** An INFO or FORMAT line (sections 1.4.2 and 1.4.4), also against the reserved keys of its version. */
export function checkDefinition(entry: MetaEntry): void {
  const { key, values, header, report } = entry
  const kind = key as 'INFO' | 'FORMAT'
  const id = values.get('ID')?.value
  const numberText = values.get('Number')?.value
  const typeText = values.get('Type')?.value
  const number = numberText === undefined ? undefined : cardinalityOf(numberText, kind, header.minor)
  const type = typeText === undefined ? undefined : valueTypeOf(typeText, kind)
  if (id !== undefined && !(kind === 'INFO' ? isInfoKey(id, header.minor) : isFormatKey(id)))
    report('VCF_META_ID', 'ID', () => `the ID is ${shown(id)}`)
  if (numberText !== undefined && number === undefined)
    report('VCF_META_NUMBER', 'Number', () => `${kind} ${id ?? ''} has Number ${shown(numberText)}`)
  if (typeText !== undefined && type === undefined)
    report('VCF_META_TYPE', 'Type', () => `${kind} ${id ?? ''} has Type ${shown(typeText)}`)
  if (kind === 'INFO' && type !== undefined && number !== undefined && (type === 'Flag') !== (number === 0))
    report('VCF_META_FLAG', 'Number', () => `${id ?? ''} has Type=${type} and Number=${number}`)
  if (id === undefined) return
  if (number === 'M' && !/[ACGTUN]$/.test(id))
    report('VCF_META_NUMBER', 'Number', () => `${shown(id)} has Number=M and names no base at its end`)
  for (const name of ['Source', 'Version'])
    if (header.minor >= 3 && values.get(name)?.quoted === false)
      report('VCF_META_DESCRIPTION', name, () => `${name} is not in double quotes`)
  const reserved = (kind === 'INFO' ? reservedInfo : reservedFormat)(id, header.minor)
  if (reserved !== undefined) {
    if (number !== undefined && !sameNumber(reserved, number))
      report(
        'VCF_RESERVED_NUMBER',
        'Number',
        () => `${kind} ${id} has Number=${number}, reserved with ${reserved.number}`,
      )
    if (type !== undefined && type !== reserved.type && reserved.or?.includes(type) !== true)
      report(
        'VCF_RESERVED_TYPE',
        'Type',
        () => `${kind} ${id} has Type=${type}, reserved with ${reserved.type}`,
      )
  }
  const definitions = kind === 'INFO' ? header.infos : header.formats
  if (!definitions.has(id)) definitions.set(id, { id, number: number ?? '.', type: type ?? 'String' })
}

function sameNumber(reserved: Reserved, number: Cardinality): boolean {
  return reserved.number === '.' || reserved.number === number
}

/** Number and Type on a line that need not have them: what is there must be of the known ones. */
export function checkNumberAndType({
  values,
  header,
  report,
}: Pick<MetaEntry, 'values' | 'header' | 'report'>): void {
  const number = values.get('Number')?.value
  if (number !== undefined && cardinalityOf(number, 'INFO', header.minor) === undefined)
    report('VCF_META_NUMBER', 'Number', () => `Number is ${shown(number)}`)
  const type = values.get('Type')?.value
  if (type !== undefined && valueTypeOf(type, 'INFO') === undefined)
    report('VCF_META_TYPE', 'Type', () => `Type is ${shown(type)}`)
}
