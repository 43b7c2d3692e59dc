import { Fault } from '../../../terms/fault.ts'
import { readMetaLine } from '../model/meta-line.ts'
import type { Attribute, StructureFault } from '../model/structured-line.ts'
import { type Minor, minorOf } from '../model/version.ts'
import { checkDefinition } from './check-definition.ts'
import { checkAlt, checkContig, checkFilter } from './check-meta-ids.ts'
import { checkMeta, checkPedigree, checkSample, isUrl } from './check-meta-people.ts'
import { type Findings, shown } from './findings.ts'
import type { HeaderModel } from './header-model.ts'
import type { MetaEntry } from './meta-entry.ts'
import type { RuleId } from './rules.ts'

interface Kind {
  /** Attributes that the section asks for. */
  readonly needs: (minor: Minor) => readonly string[]
  /** Description is asked for in double quotes. */
  readonly described: boolean
  readonly check: (entry: MetaEntry) => void
}

const DEFINITION = ['ID', 'Number', 'Type', 'Description']
/** Up to 4.2 a sample is a mixture of genomes; from 4.3 on it has an ID and what ##META lines allow (section 1.4.8). */
const OLD_SAMPLE = ['ID', 'Genomes', 'Mixture', 'Description']

/** The structured lines of section 1.4. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['INFO', { needs: () => DEFINITION, described: true, check: checkDefinition }],
  ['FORMAT', { needs: () => DEFINITION, described: true, check: checkDefinition }],
  ['FILTER', { needs: () => ['ID', 'Description'], described: true, check: checkFilter }],
  ['ALT', { needs: () => ['ID', 'Description'], described: true, check: checkAlt }],
  ['contig', { needs: () => ['ID'], described: false, check: checkContig }],
  [
    'SAMPLE',
    { needs: (minor: Minor) => (minor < 3 ? OLD_SAMPLE : ['ID']), described: false, check: checkSample },
  ],
  ['META', { needs: () => ['ID', 'Number', 'Type', 'Values'], described: false, check: checkMeta }],
  [
    'PEDIGREE',
    { needs: (minor: Minor) => (minor < 3 ? [] : ['ID']), described: false, check: checkPedigree },
  ],
])

const STRUCTURE: Readonly<Record<StructureFault, RuleId>> = {
  'not-closed': 'VCF_META_BRACKETS',
  'open-quote': 'VCF_META_QUOTES',
  'after-quote': 'VCF_META_QUOTES',
  'stray-quote': 'VCF_META_QUOTES',
  'no-key': 'VCF_META_ATTRIBUTE',
  'no-value': 'VCF_META_ATTRIBUTE',
  'not-pair': 'VCF_META_ATTRIBUTE',
}
const STRUCTURE_WORDS: Readonly<Record<StructureFault, string>> = {
  'not-closed': 'the line does not end with ">"',
  'open-quote': 'the double quotes of',
  'after-quote': 'text after the closing quote:',
  'stray-quote': 'a closing quote without an opening one in',
  'no-key': 'no key before',
  'no-value': 'no value for',
  'not-pair': 'no "=" in',
}

/** What is wrong on a line of any kind: its end is missing. */
const CUT: ReadonlySet<StructureFault> = new Set(['not-closed', 'open-quote'])

/** Lines of one header; a file that has more is not a VCF that a program wrote. */
const MOST_LINES = 1_000_000

/** Checks the "##" lines of a file, one by one, and fills the header model. */
export class MetaChecker {
  readonly #findings: Findings
  readonly #header: HeaderModel
  readonly #ids = new Set<string>()

  constructor(findings: Findings, header: HeaderModel) {
    this.#findings = findings
    this.#header = header
  }

  /** The first line of the file. False when the file is not VCF at all. */
  first(text: string): boolean {
    const minor = minorOf(text)
    const loose = /^##fileformat=\s*VCF\s*v?\s*(\d+)\.(\d+)\s*$/i.exec(text)
    const at = { line: 1, field: 'fileformat' }
    if (typeof minor === 'number') {
      this.#setMinor(minor)
      return true
    }
    if (minor === 'other') this.#findings.add('VCF_VERSION', at, () => `${shown(text)} is not 4.1 to 4.5`)
    else if (loose !== null) {
      const meant = minorOf(`##fileformat=VCFv${Number(loose[1])}.${Number(loose[2])}`)
      if (typeof meant === 'number') this.#setMinor(meant)
      this.#findings.add('VCF_FILEFORMAT_SPELLING', at, () => shown(text))
    } else {
      this.#findings.add('VCF_FILEFORMAT', at, () => `the first line is ${shown(text)}`)
      return text.startsWith('#')
    }
    return true
  }

  #setMinor(minor: HeaderModel['minor']): void {
    this.#header.minor = minor
    this.#findings.minor = minor
  }

  /** A line that begins with "##", other than the first. */
  line(text: string, line: number): void {
    if (line > MOST_LINES) throw tooManyLines(line)
    const meta = readMetaLine(text)
    if (meta.kind === 'not-pair') {
      this.#findings.add('VCF_META_SYNTAX', { line }, () => `${shown(text)} has no "="`)
      return
    }
    const column = `##${meta.key.slice(0, 40)}`
    const report = (rule: RuleId, field: string | undefined, what: () => string): void =>
      this.#findings.add(rule, { line, column, ...(field === undefined ? {} : { field }) }, what)
    if (meta.key === '' || /[\s<>"]/.test(meta.key))
      report('VCF_META_KEY', undefined, () => `the key is ${shown(meta.key)}`)
    // ##META came with 4.3; before it is a line of the program itself.
    const kind = meta.key === 'META' && this.#header.minor < 3 ? undefined : KINDS.get(meta.key)
    if (meta.kind === 'plain') {
      if (meta.value === '') report('VCF_META_VALUE', undefined, () => 'nothing follows "="')
      else if (kind !== undefined)
        report('VCF_META_UNSTRUCTURED', undefined, () => `the value is ${shown(meta.value)}`)
      if (meta.value !== '') this.#plain(meta.key, meta.value, report)
      return
    }
    // "##pedigreeDB=<url>" is written in angle brackets, and is no list of attributes; "##assembly=url" has none.
    if (meta.key === 'pedigreeDB' || meta.key === 'assembly') {
      const value = text.slice(text.indexOf('=') + 1)
      this.#plain(meta.key, meta.key === 'pedigreeDB' ? value.replace(/^<(.*)>$/, '$1') : value, report)
      return
    }
    for (const { kind: fault, text: where } of meta.faults)
      report(kind === undefined && !CUT.has(fault) ? 'VCF_META_FREE' : STRUCTURE[fault], undefined, () =>
        fault === 'not-closed'
          ? STRUCTURE_WORDS[fault]
          : `${STRUCTURE_WORDS[fault]} ${shown(where)}${fault === 'open-quote' ? ' are not closed' : ''}`,
      )
    if (kind === undefined) {
      this.#free(meta.key, meta.attributes, report)
      return
    }
    const values = new Map<string, Attribute>()
    for (const one of meta.attributes) {
      if (/\s/.test(one.key)) report('VCF_META_ATTRIBUTE', one.key, () => `whitespace in ${shown(one.key)}`)
      if (values.has(one.key))
        report('VCF_META_ATTRIBUTE_REPEATED', one.key, () => `${shown(one.key)} stands twice`)
      else values.set(one.key, one)
    }
    for (const need of kind.needs(this.#header.minor))
      if (!values.has(need)) report('VCF_META_REQUIRED', need, () => `there is no ${need}`)
    if (kind.described && values.get('Description')?.quoted === false)
      report('VCF_META_DESCRIPTION', 'Description', () => 'the text is not in double quotes')
    this.#once(meta.key, values.get('ID')?.value, report)
    kind.check({ key: meta.key, line, values, header: this.#header, report })
  }

  /** From 4.3 on lines of other keys need an ID too; the programs that write them seldom know. */
  #free(key: string, attributes: readonly Attribute[], report: MetaEntry['report']): void {
    if (this.#header.minor < 3) return
    const id = attributes.find((one) => one.key === 'ID')?.value
    if (id === undefined) report('VCF_META_FREE_ID', 'ID', () => 'there is no ID')
    else if (this.#ids.has(`${key} ${id}`))
      report('VCF_META_FREE_ID', 'ID', () => `${shown(id)} was given before`)
    else this.#ids.add(`${key} ${id}`)
  }

  #once(key: string, id: string | undefined, report: MetaEntry['report']): void {
    if (id === undefined) return
    const name = `${key} ${id}`
    if (this.#ids.has(name)) report('VCF_META_ID_REPEATED', 'ID', () => `${shown(id)} was defined before`)
    this.#ids.add(name)
  }

  #plain(key: string, value: string, report: MetaEntry['report']): void {
    if (key === 'fileformat') report('VCF_FILEFORMAT_REPEATED', undefined, () => shown(value))
    else if ((key === 'assembly' || key === 'pedigreeDB') && !isUrl(value))
      report('VCF_URL', undefined, () => `${shown(value)} is not a URL`)
  }
}

function tooManyLines(line: number): Fault {
  return new Fault(
    'VCF_HEADER_TOO_LONG',
    `line ${line}`,
    `the header has more than ${MOST_LINES.toLocaleString('en')} lines`,
    'Check how the file was made; records must follow a #CHROM line.',
  )
}
