import { modifiedBases } from '../model/base-modification.ts'
import type { Definition } from '../model/definition.ts'
import { type GenotypeShape, GenotypeTexts, phasedAlleles } from '../model/genotype-text.ts'
import { reservedFormat } from '../model/reserved.ts'
import type { Reserved } from '../model/reserved-row.ts'
import { isFormatKey, valueFault } from '../model/value.ts'
import { checkLocalAlleles } from './check-local-alleles.ts'
import { checkPhaseSets } from './check-phase-sets.ts'
import { expectedCounts } from './expected-counts.ts'
import { shown } from './findings.ts'
import type { HeaderModel } from './header-model.ts'
import { piecesOf } from './pieces.ts'
import type { RecordUnderCheck } from './record-under-check.ts'
import { areSound } from './sound-values.ts'

interface Key {
  readonly name: string
  readonly definition: Definition | undefined
  readonly reserved: Reserved | undefined
}

/** What the fields before it tell of a value: the genotype, and how many local alleles there are. */
interface Told {
  readonly shape: GenotypeShape | undefined
  readonly local: number | undefined
  readonly genotype: string | undefined
}

/** Local-allele keys are read through LAA (VCF 4.5, section 1.6.2). */
const LOCAL = /^L(?:AD|ADF|ADR|EC|GL|GP|PL|PP)$/
const KEPT = 1000

/** FORMAT and the sample columns (section 1.6.2; 1.4.2 in 4.1 and 4.2). */
export class SampleChecker {
  readonly #header: HeaderModel
  readonly #layouts = new Map<string, readonly Key[]>()
  #genotypes: GenotypeTexts | undefined

  constructor(header: HeaderModel) {
    this.#header = header
  }

  check(record: RecordUnderCheck): void {
    const format = record.columns[8]!
    if (format === '') return
    const keys = format === '.' ? [] : this.#layout(format, record)
    const { samples } = this.#header
    const columns = Math.min(record.columns.length, 9 + samples.length)
    for (let i = 9; i < columns; i++) this.#sample(record.columns[i]!, samples[i - 9]!, keys, record)
  }

  /** The keys of FORMAT. A layout is read once; what is wrong with it is reported for every record that has it. */
  #layout(format: string, record: RecordUnderCheck): readonly Key[] {
    const known = this.#layouts.get(format)
    if (known !== undefined) return known
    const { report, header } = record
    const names = piecesOf(format, ':')
    let sound = true
    const flaw = (rule: Parameters<typeof report>[0], what: string): void => {
      sound = false
      report(rule, 'FORMAT', undefined, () => what)
    }
    if (names.includes('')) flaw('VCF_FORMAT_SYNTAX', `FORMAT is ${shown(format)}`)
    if (names.indexOf('GT') > 0) flaw('VCF_FORMAT_GT_FIRST', `FORMAT is ${shown(format)}`)
    if (new Set(names).size < names.length && !names.includes(''))
      flaw('VCF_FORMAT_KEY_REPEATED', `FORMAT is ${shown(format)}`)
    const local = names.find((name) => LOCAL.test(name) && header.formatOf(name) !== undefined)
    if (header.minor >= 5 && local !== undefined && names[names[0] === 'GT' ? 1 : 0] !== 'LAA')
      flaw('VCF_FORMAT_LAA', `${local} stands without LAA in the first place after GT`)
    const keys = names.map((name): Key => {
      if (name !== '' && !isUsable(name, header)) flaw('VCF_FORMAT_KEY', `the key is ${shown(name)}`)
      return { name, definition: header.formatOf(name), reserved: reservedFormat(name, header.minor) }
    })
    for (const { name } of keys)
      if (name !== '' && !header.formats.has(name))
        report('VCF_FORMAT_UNDECLARED', 'FORMAT', name.slice(0, 60), () => shown(name))
    if (sound && this.#layouts.size < KEPT && format.length < 1000) this.#layouts.set(format, keys)
    return keys
  }

  #sample(text: string, sample: string, keys: readonly Key[], record: RecordUnderCheck): void {
    if (text === '.') return
    const { report } = record
    const column = sample.slice(0, 60)
    const fields = text.split(':', keys.length + 1)
    if (fields.length > Math.max(keys.length, 1))
      report(
        'VCF_SAMPLE_FIELDS',
        column,
        undefined,
        () => `more fields than the ${keys.length} keys of FORMAT`,
      )
    const { minor } = this.#header
    const local = minor >= 5 ? checkLocalAlleles(keys, fields, column, record) : undefined
    if (minor >= 4) checkPhaseSets(keys, fields, column, record)
    let shape: GenotypeShape | undefined
    let genotype: string | undefined
    for (let i = 0; i < keys.length && i < fields.length; i++) {
      const key = keys[i]!
      const value = fields[i]!
      if (value === '.') continue
      if (value === '') {
        // An empty list of local alleles: a site where the sample has REF alone.
        if (key.name === 'LAA' && minor >= 5) continue
        report('VCF_SAMPLE_EMPTY', column, key.name.slice(0, 60), () => `${key.name.slice(0, 60)} is empty`)
        continue
      }
      if (key.name === 'GT') {
        shape = this.#genotype(value, column, record)
        if (shape !== undefined) genotype = value
      } else if (key.definition !== undefined) {
        const told = { shape, local, genotype }
        this.#value(key, key.definition, value, told, column, record)
      }
    }
  }

  #genotype(text: string, column: string, record: RecordUnderCheck): GenotypeShape | undefined {
    this.#genotypes ??= new GenotypeTexts(this.#header.minor)
    const shape = this.#genotypes.read(text)
    const { alternates, report } = record
    if (shape === undefined) report('VCF_GENOTYPE', column, 'GT', () => `GT is ${shown(text)}`)
    else if (shape.greatest > alternates.length)
      report(
        'VCF_GENOTYPE_ALLELE',
        column,
        'GT',
        () => `GT is ${shown(text)}, the record has alleles 0 to ${alternates.length}`,
      )
    return shape
  }

  #value(
    key: Key,
    definition: Definition,
    text: string,
    { shape, local, genotype }: Told,
    column: string,
    record: RecordUnderCheck,
  ): void {
    const { report } = record
    if (key.name === 'FT' && /\s/.test(text))
      report('VCF_SAMPLE_FILTER', column, 'FT', () => `FT is ${shown(text)}`)
    if (areSound(text, definition, key.reserved, record.alternates.length, shape?.ploidy)) return
    const { id, number, type } = definition
    const values = piecesOf(text, ',')
    const missing = values.every((value) => value === '.')
    const modified =
      number !== 'M' || genotype === undefined
        ? undefined
        : modifiedBases(id, phasedAlleles(genotype), [record.columns[3]!, ...record.alternates])
    if (number === 'M' && genotype === undefined && !missing)
      report('VCF_BASE_MODIFICATION', column, id, () => `${id} stands without a genotype`)
    const counts = expectedCounts(number, {
      alternates: record.alternates.length,
      ploidy: shape?.ploidy,
      local,
      modified,
    })
    // Where nothing is known of a sample, some programs write one dot, others one for each value of another ploidy.
    if (counts !== undefined && !counts.includes(values.length) && !missing)
      report(
        'VCF_SAMPLE_NUMBER',
        column,
        id,
        () => `${id} has ${values.length} values for Number=${number} (${counts.join(' or ')})`,
      )
    const { least, most } = key.reserved ?? {}
    for (const value of values) {
      const fault = valueFault(value, type)
      if (fault === 'integer-range') report('VCF_INTEGER_RANGE', column, id, () => `${id} is ${shown(value)}`)
      else if (fault !== undefined)
        report('VCF_SAMPLE_TYPE', column, id, () =>
          fault === 'empty' ? `${id} has an empty value` : `${id} is ${shown(value)}, which is no ${type}`,
        )
      else if (
        value !== '.' &&
        ((least !== undefined && Number(value) < least) || (most !== undefined && Number(value) > most))
      )
        report('VCF_SAMPLE_RANGE', column, id, () => `${id} is ${shown(value)}`)
    }
  }
}

/**
 * 4.1 and 4.2 say "alphanumeric"; most programs wrote "_" and "." too, so a key that the header declares is taken.
 */
function isUsable(name: string, header: HeaderModel): boolean {
  if (header.minor < 3 && !header.formats.has(name)) return /^[0-9A-Za-z]+$/.test(name)
  return isFormatKey(name)
}
