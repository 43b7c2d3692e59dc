import type { Definition } from '../model/definition.ts'
import { valueFault } from '../model/value.ts'
import { checkMeaning, isMeant } from './check-meaning.ts'
import { checkStructural } from './check-structural.ts'
import { expectedCounts } from './expected-counts.ts'
import { shown } from './findings.ts'
import type { InfoKey } from './header-model.ts'
import { piecesOf } from './pieces.ts'
import type { RecordUnderCheck } from './record-under-check.ts'
import { areSound } from './sound-values.ts'

/** INFO: key[=value,...] joined by ";", each value by its definition (section 1.6.1, field 8). */
export function checkInfo(text: string, record: RecordUnderCheck): void {
  if (text === '.' || text === '') {
    if (record.header.minor >= 4) checkStructural('', record)
    return
  }
  const { report } = record
  const seen: string[] = []
  for (const part of piecesOf(text, ';')) {
    if (part === '') {
      report('VCF_INFO_SYNTAX', 'INFO', undefined, () => 'an empty field: a ";" too many')
      continue
    }
    if (part === '.') {
      report('VCF_INFO_SYNTAX', 'INFO', undefined, () => '"." beside other fields')
      continue
    }
    const equals = part.indexOf('=')
    const key = equals < 0 ? part : part.slice(0, equals)
    seen.push(key)
    const known = record.header.infoKey(key)
    if (!known.usable) {
      const spaced = /\s/.test(key)
      report(
        spaced ? 'VCF_INFO_SPACE' : 'VCF_INFO_KEY',
        'INFO',
        key.slice(0, 60),
        () => `the key is ${shown(key)}`,
      )
    }
    if (!known.declared) report('VCF_INFO_UNDECLARED', 'INFO', key.slice(0, 60), () => shown(key))
    checkField(key, known, equals < 0 ? undefined : part.slice(equals + 1), record)
  }
  reportRepeated(seen, record)
  if (record.header.minor >= 4) checkStructural(text, record)
}

function reportRepeated(keys: readonly string[], { report }: RecordUnderCheck): void {
  const seen = new Set<string>(keys)
  if (seen.size === keys.length) return
  for (const key of keys)
    if (!seen.delete(key))
      report('VCF_INFO_KEY_REPEATED', 'INFO', key.slice(0, 60), () => `${shown(key)} stands twice`)
}

function checkField(
  key: string,
  { definition, range }: InfoKey,
  value: string | undefined,
  record: RecordUnderCheck,
): void {
  const { header, report } = record
  if (value !== undefined && value !== '' && definition !== undefined && !isMeant(key)) {
    if (areSound(value, definition, range, record.alternates.length, undefined) && !isMarked(value)) return
  }
  const field = key.slice(0, 60)
  if (value !== undefined) {
    if (header.minor < 3 && /\s/.test(value))
      report('VCF_INFO_SPACE', 'INFO', field, () => `whitespace in ${shown(value)}`)
    // The match operator of a CIGAR is "=".
    if (value.includes('=') && key !== 'CIGAR')
      report('VCF_INFO_EQUALS', 'INFO', field, () => `"=" in ${shown(value)}`)
    if (header.minor >= 3 && /%(?![\dA-Fa-f]{2})/.test(value))
      report('VCF_PERCENT', 'INFO', field, () => `"%" in ${shown(value)}`)
  }
  if (definition === undefined) {
    if (value === '')
      report('VCF_INFO_VALUE_MISSING', 'INFO', field, () => `nothing follows "=" of ${shown(key)}`)
    return
  }
  if (definition.type === 'Flag') {
    if (value === undefined) return
    const digit = value === '0' || value === '1'
    report(digit ? 'VCF_INFO_FLAG_DIGIT' : 'VCF_INFO_FLAG', 'INFO', field, () => `${key}=${shown(value)}`)
    return
  }
  if (value === undefined || value === '') {
    report('VCF_INFO_VALUE_MISSING', 'INFO', field, () => `${shown(key)} stands without a value`)
    return
  }
  checkValues(definition, range, value, record)
}

/** Holds a character that the rules on text look at. */
function isMarked(value: string): boolean {
  return /[\s=%]/.test(value)
}

function checkValues(
  definition: Definition,
  range: InfoKey['range'],
  text: string,
  record: RecordUnderCheck,
): void {
  const { report } = record
  const { id, number, type } = definition
  if (text === '.') return
  const quoted = text.length > 1 && text.startsWith('"') && text.endsWith('"')
  if (quoted) report('VCF_INFO_QUOTED', 'INFO', id, () => `${id} is ${shown(text)}`)
  const values = quoted ? [text] : piecesOf(text, ',')
  // No ploidy belongs to a site, so it is not known how many genotypes there are.
  const counts = number === 'G' ? undefined : expectedCounts(number, { alternates: record.alternates.length })
  if (counts !== undefined && !counts.includes(values.length))
    report(
      'VCF_INFO_NUMBER',
      'INFO',
      id,
      () => `${id} has ${values.length} values for Number=${number} (${counts.join(' or ')})`,
    )
  const { least, most } = range ?? {}
  for (const value of values) {
    // In lists of texts an empty text is how 4.4 and 4.5 write a missing one.
    if (value === '' && type === 'String' && values.length > 1 && record.header.minor >= 4) continue
    const fault = valueFault(value, type)
    if (fault === 'integer-range') report('VCF_INTEGER_RANGE', 'INFO', id, () => `${id} is ${shown(value)}`)
    else if (fault !== undefined)
      report('VCF_INFO_TYPE', 'INFO', id, () =>
        fault === 'empty' ? `${id} has an empty value` : `${id} is ${shown(value)}, which is no ${type}`,
      )
    else if (
      value !== '.' &&
      ((least !== undefined && Number(value) < least) || (most !== undefined && Number(value) > most))
    )
      report('VCF_INFO_RANGE', 'INFO', id, () => `${id} is ${shown(value)}`)
  }
  checkMeaning(id, values, record)
}
