import {
  type Declarations,
  infoEntries,
  infoText,
  sampleTable,
  sampleText,
  type VariantRecord,
} from '../../../variant/normalise/variant-record.ts'

/** A number that is written alike whether kept as text or as a single-precision number of six digits. */
const SETTLED = /^-?(?:0|[1-9]\d{0,5}|(?=[\d.]{3,7}$)(?:0\.(?:0{0,3})|[1-9]\d*\.\d*?)[1-9]\d*(?<!0))$/
/** May INFO hold a number written otherwise, or an empty value? Errs towards yes. */
const MAYBE_UNSETTLED = /=(?:;|$)|=\.?,|\d0(?:[,;]|$)|\.0*(?:[,;]|$)|[\d.]{7}|\d[eE]|[=,][.+0]\d|[=,]-/

/**
 * The record with its Float values, and QUAL, as programs print them that keep a VCF as BCF: single precision, six digits, no
 * zeros at the end; empty values, and values that a sample leaves out, as ".".
 */
export function inSinglePrecision(record: VariantRecord, declared: Declarations): VariantRecord {
  const quality = record.quality === '.' ? '.' : single(record.quality)
  const info = MAYBE_UNSETTLED.test(record.info) ? settledInfo(record.info, declared) : record.info
  const samples = settledSamples(record, declared)
  if (quality === record.quality && info === record.info && samples === record.samples) return record
  return { ...record, quality, info, samples }
}

function settledInfo(info: string, declared: Declarations): string {
  return infoText(
    infoEntries(info).map(({ key, value }) => {
      if (value === undefined) return { key, value }
      if (declared.info.get(key)?.type === 'Flag') return { key, value: undefined }
      if (value === '') return { key, value: '.' }
      return declared.info.get(key)?.type === 'Float' ? { key, value: settled(value) } : { key, value }
    }),
  )
}

function settledSamples(record: VariantRecord, declared: Declarations): string {
  if (record.format === '' || record.format === '.') return record.samples
  const keys = record.format.split(':')
  const floats = keys.map((key) => declared.format.get(key)?.type === 'Float')
  if (!floats.includes(true)) {
    // Without numbers to settle, only samples that leave out fields at their end need work.
    const colons = keys.length - 1
    let whole = true
    let seen = 0
    for (let at = 0; at <= record.samples.length; at++) {
      const code = at === record.samples.length ? 9 : record.samples.charCodeAt(at)
      if (code === 58) seen += 1
      else if (code === 9) {
        if (seen !== colons) whole = false
        seen = 0
      }
    }
    if (whole) return record.samples
  }
  const table = sampleTable(record)
  const rows = table.rows.map((row) =>
    row.map((cell, i) => (floats[i] ? settled(cell) : cell === '' ? '.' : cell)),
  )
  return sampleText({ keys: table.keys, rows }).samples
}

function settled(value: string): string {
  if (value === '' || value === '.') return '.'
  return value.includes(',') ? value.split(',').map(single).join(',') : single(value)
}

/** "%g" of the nearest single-precision number; what is no number stays. */
export function single(text: string): string {
  if (text === '.' || SETTLED.test(text)) return text
  const value = Math.fround(Number(text))
  if (text === '' || !Number.isFinite(value)) return text
  if (value === 0) return text.startsWith('-') ? '-0' : '0'
  const [mantissa, exponent] = value.toExponential(5).split('e') as [string, string]
  const power = Number(exponent)
  if (power < -4 || power >= 6) {
    const digits = String(Math.abs(power)).padStart(2, '0')
    return `${withoutZeros(mantissa)}e${power < 0 ? '-' : '+'}${digits}`
  }
  return withoutZeros(value.toFixed(5 - power))
}

function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
