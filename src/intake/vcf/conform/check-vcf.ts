import { Fault } from '../../../terms/fault.ts'
import { uncompressed } from '../../compression.ts'
import { type Content, openUpload, type Progress } from '../../upload.ts'
import { checkColumns } from './check-columns.ts'
import { MetaChecker } from './check-meta.ts'
import { RecordChecker } from './check-record.ts'
import { type Finding, Findings } from './findings.ts'
import { HeaderModel } from './header-model.ts'
import { textLines } from './text-lines.ts'

export interface CheckOptions {
  /** Every break of the specification refuses the file; otherwise only what would make a reader guess. */
  readonly strict: boolean
  /** How many places of each rule are kept. */
  readonly places?: number
  readonly longestLine?: number
  readonly progress?: Progress
}

/** What is known of a file after it was read to its end, or to the line from which on it is no VCF. */
export interface CheckReport {
  readonly verdict: 'good' | 'warnings' | 'refused'
  /** "4.2"; undefined where the file does not say. */
  readonly version: string | undefined
  readonly records: number
  readonly samples: number
  readonly findings: readonly Finding[]
}

const PLACES = 5
const LONGEST_LINE = 64 << 20

/**
 * Reads a VCF 4.1 to 4.5, plain, gzip or bgzip, once and in constant memory, and tells where it breaks the specification
 * of its version. Throws the faults of opening and decompression (FILE_NOT_FOUND, TRUNCATED_GZIP, LINE_TOO_LONG, ...).
 */
export async function checkVcf(name: string, content: Content, options: CheckOptions): Promise<CheckReport> {
  const findings = new Findings({ strict: options.strict, kept: options.places ?? PLACES })
  const upload = await openUpload(name, content, options.progress)
  const checker = new FileChecker(name, findings)
  try {
    for await (const { text, line } of textLines(
      name,
      uncompressed(upload.chunks, name),
      findings,
      options.longestLine ?? LONGEST_LINE,
    ))
      if (!checker.line(text, line)) break
    checker.end()
  } catch (error) {
    if (!(error instanceof Fault && error.code === 'EMPTY_FILE')) throw error
    findings.add('VCF_EMPTY', { line: 1 }, () => 'the file has no bytes')
  }
  return checker.report()
}

/** The parts of a file in their order: the version, the header, the records. */
class FileChecker {
  readonly #name: string
  readonly #findings: Findings
  readonly #header = new HeaderModel()
  readonly #meta: MetaChecker
  readonly #records: RecordChecker
  #part: 'first' | 'header' | 'records' | 'headless' = 'first'
  #count = 0
  /** Line of the first of the empty lines that were just read. */
  #blank = 0
  #version: string | undefined

  constructor(name: string, findings: Findings) {
    this.#name = name
    this.#findings = findings
    this.#meta = new MetaChecker(findings, this.#header)
    this.#records = new RecordChecker(findings, this.#header)
  }

  /** False when nothing more is worth reading. */
  line(text: string, line: number): boolean {
    if (text === '') {
      if (this.#blank === 0) this.#blank = line
      return true
    }
    if (this.#blank > 0) {
      this.#findings.add('VCF_BLANK_LINE', { line: this.#blank }, () => 'the line is empty')
      this.#blank = 0
    }
    if (this.#part === 'first') return this.#first(text)
    if (text.startsWith('##')) {
      if (this.#part === 'header') this.#meta.line(text, line)
      else this.#findings.add('VCF_META_LATE', { line }, () => 'the line stands among the records')
    } else if (this.#part === 'header' && /^#\s*CHROM\b/i.test(text)) {
      checkColumns(text, line, this.#header, this.#findings)
      this.#part = 'records'
    } else if (this.#part === 'records' && text.startsWith('#CHROM')) {
      this.#findings.add('VCF_HEADER_REPEATED', { line }, () => 'the line stands among the records')
    } else if (this.#part === 'header' && !looksLikeRecord(text)) {
      this.#findings.add(
        'VCF_META_SYNTAX',
        { line },
        () => 'a line before #CHROM that does not begin with "##"',
      )
    } else this.#record(text, line)
    return true
  }

  #first(text: string): boolean {
    this.#part = 'header'
    if (text.startsWith('BCF\u0002'))
      throw new Fault(
        'VCF_IS_BCF',
        this.#name,
        'the file is BCF, the binary form of VCF',
        'Convert it: bcftools view FILE -o FILE.vcf.gz -O z.',
      )
    const isVcf = this.#meta.first(text)
    this.#version = /VCFv(\d{1,3}\.\d{1,3})/.exec(text)?.[1]
    return isVcf
  }

  #record(text: string, line: number): void {
    this.#count++
    if (this.#part === 'header') {
      this.#part = 'headless'
      this.#findings.add('VCF_HEADER_MISSING', { line }, () => 'records begin without a #CHROM line')
    }
    if (this.#part === 'records') this.#records.record(text, line)
  }

  end(): void {
    if (this.#blank > 0 && this.#part !== 'first')
      this.#findings.add('VCF_BLANK_END', { line: this.#blank }, () => 'nothing follows')
    if (this.#part === 'first')
      this.#findings.add('VCF_EMPTY', { line: 1 }, () => 'the file has empty lines only')
    if (this.#part === 'header' && !this.#findings.has('VCF_FILEFORMAT'))
      this.#findings.add('VCF_HEADER_MISSING', { line: 1 }, () => 'the file ends before a #CHROM line')
  }

  report(): CheckReport {
    const findings = this.#findings.tallies()
    const verdict = this.#findings.refused ? 'refused' : findings.length > 0 ? 'warnings' : 'good'
    return {
      verdict,
      version: this.#version,
      records: this.#count,
      samples: this.#header.samples.length,
      findings,
    }
  }
}

/** Eight columns or more: a record, of a file that lost its header. */
function looksLikeRecord(text: string): boolean {
  return text.split('\t', 8).length === 8
}
