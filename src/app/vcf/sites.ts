import type { SourceColumn } from '../../intake/sites/build-sites.ts'
import type { VariantFile } from '../../intake/vcf/scan/records-at.ts'
import { Fault } from '../../terms/fault.ts'
import { ASSEMBLY, assemblyOfFile } from './assembly-of.ts'
import { existing } from './output.ts'
import { oneVariantFile, THREADS } from './variant-file.ts'
import type { VcfVerb } from './verb.ts'

const USAGE = 'FILE --take FIELD[=NAME] ... --out SITES [options]'

export const sites: VcfVerb = {
  name: 'sites',
  usage: USAGE,
  summary:
    'a sorted VCF of known sites (ClinVar, gnomAD …) becomes a site file for "annotate"; changes are kept exactly (exit 1: a site was named twice)',
  options: {
    take: {
      type: 'string',
      multiple: true,
      value: 'FIELD[=NAME]',
      help: 'sites: an INFO key of the source, or ID; NAME is the INFO key it is written under',
    },
    version: {
      type: 'string',
      value: 'V',
      help: 'release of the source, where its header does not tell (##fileDate)',
    },
    assembly: ASSEMBLY,
    threads: THREADS,
    out: {
      type: 'string',
      value: 'FILE',
      help: 'where the answer is written; for VCF and tables stdout without it',
    },
    json: { type: 'boolean', help: 'print a summary as JSON on stdout' },
  },
  examples: [
    [
      'garrod vcf sites clinvar.vcf.gz --take ID=CLINVAR_ID --take CLNSIG --out clinvar.sites',
      'ClinVar, to annotate with',
    ],
  ],
  async run(input, io) {
    const file = await oneVariantFile(input, USAGE)
    const out = input.text('out')
    const taken = input.texts('take')
    if (out === undefined || taken.length === 0) {
      throw new Fault(
        'USAGE_ARGUMENT',
        'garrod vcf sites',
        out === undefined ? 'no --out is given' : 'nothing is taken',
        `Usage: garrod vcf sites ${USAGE}`,
      )
    }
    const columns = taken.map((one) => columnOf(file, one))
    const twice = columns.find(({ column }, i) => columns.findIndex((one) => one.column.id === column.id) < i)
    if (twice !== undefined) {
      throw new Fault(
        'USAGE_OPTION',
        '--take',
        `"${twice.column.id}" is taken twice`,
        'Give one of them another name.',
      )
    }
    // A site file is looked up in at places, so it must be a plain file; a pipe or device is never replaced by one.
    const target = existing(out)
    if (target?.plain === false) {
      throw new Fault(
        'OUTPUT_UNWRITABLE',
        out,
        'this is no plain file',
        'Give the path of a file to be made.',
      )
    }
    const { buildSites } = await import('../../intake/sites/build-sites.ts')
    const directory = await buildSites(file, target?.path ?? out, {
      columns,
      assembly: assemblyOfFile(file, input),
      version: input.text('version') ?? headerValue(file, 'fileDate'),
      threads: input.whole('threads'),
    })
    const { contigs: _contigs, ...summary } = directory
    if (input.flag('json')) await io.out(`${JSON.stringify({ ...summary, out })}\n`)
    else {
      await io.out(
        `${summary.sites} sites of ${summary.source} (${summary.assembly}) in ${out}\n${summary.skipped} ALT that are not bases left out\n${summary.repeated} sites named again; the values of the first are kept\n`,
      )
    }
    return summary.repeated > 0 ? 1 : 0
  },
}

function headerValue(file: VariantFile, key: string): string | undefined {
  const start = `##${key}=`
  return file.header.lines.find((line) => line.startsWith(start))?.slice(start.length)
}

/** "AF=gnomad_AF": what is taken, and the column it becomes. Throws SITES_FIELD_UNKNOWN. */
function columnOf(file: VariantFile, text: string): SourceColumn {
  const [field, name = field] = text.split('=') as [string, string?]
  if (!/^[A-Za-z_][0-9A-Za-z_.]*$/.test(name)) {
    throw new Fault(
      'USAGE_OPTION',
      '--take',
      `"${name}" is not an INFO key`,
      'Use letters, digits, "_" and ".".',
    )
  }
  if (field === 'ID') {
    return {
      column: { id: name, type: 'String', description: `ID in ${file.name}` },
      taken: { from: 'ID', id: 'ID', per: 'record', flag: false },
    }
  }
  const line = file.header.lines.find((one) => one.startsWith(`##INFO=<ID=${field},`))
  if (line === undefined) {
    const known = file.header.lines.flatMap((one) => /^##INFO=<ID=([^,>]+)/.exec(one)?.[1] ?? [])
    throw new Fault(
      'SITES_FIELD_UNKNOWN',
      file.name,
      `the header declares no INFO "${field}"`,
      `Take ID, or one of: ${known.slice(0, 20).join(', ')}.`,
    )
  }
  const type = /[<,]Type=(\w+)/.exec(line)?.[1]
  const number = /[<,]Number=([^,>]+)/.exec(line)?.[1]
  const description = /[<,]Description="((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? field
  const flag = type === 'Flag'
  return {
    column: {
      id: name,
      type: type === 'Integer' || flag ? 'Integer' : type === 'Float' ? 'Float' : 'String',
      description: flag ? `${description} (1: set)` : description,
    },
    taken: {
      from: 'INFO',
      id: field,
      per: number === 'A' ? 'allele' : number === 'R' ? 'allele-and-ref' : 'record',
      flag,
    },
  }
}
