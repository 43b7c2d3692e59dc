import { basename } from 'node:path'
import type { NewColumn, SiteSource } from '../../intake/sites/build-sites.ts'
import type { Taken } from '../../intake/sites/site-task.ts'
import { buildsIn, changeColumns, columnAt, isVcf, readTableHeader } from '../../intake/sites/table-header.ts'
import type { TableOptions } from '../../intake/sites/table-task.ts'
import type { VariantFile } from '../../intake/vcf/scan/records-at.ts'
import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import type { Arguments } from '../command.ts'
import { assemblyOfFile, buildUnknown, saidAssembly } from './assembly-of.ts'
import { SITES_USAGE } from './usage.ts'
import { onePath, oneVariantFile } from './variant-file.ts'

/** The file that sites are taken from, as the builder reads it, and what is known of it. */
interface ReadSource {
  readonly source: SiteSource
  readonly columns: readonly NewColumn[]
  readonly assembly: Assembly
  readonly version: string | undefined
}

/** A VCF, or a table of scores. Throws the faults of the file, of --take and of --columns. */
export async function siteSource(input: Arguments): Promise<ReadSource> {
  const path = onePath(input, SITES_USAGE)
  const name = basename(path)
  if (!(await isVcf(path, name))) return tableSource(input, path, name)
  if (input.text('columns') !== undefined)
    throw new Fault('USAGE_OPTION', '--columns', `${name} is a VCF`, 'Use --columns for tables alone.')
  const file = await oneVariantFile(input, SITES_USAGE)
  const columns = input.texts('take').map((one) => vcfColumn(file, one))
  return {
    source: {
      path,
      name,
      start: file.header.start,
      order: { kind: 'sites', options: { taken: columns.map(({ taken }) => taken) } },
    },
    columns: columns.map(({ column }) => column),
    assembly: assemblyOfFile(file, input),
    version: input.text('version') ?? headerValue(file, 'fileDate'),
  }
}

async function tableSource(input: Arguments, path: string, name: string): Promise<ReadSource> {
  const header = await readTableHeader(path, name)
  const told = buildsIn(header)
  const assembly = saidAssembly(input) ?? (told.length === 1 ? told[0] : undefined)
  if (assembly === undefined) throw buildUnknown(name)
  if (told.length > 0 && !told.includes(assembly)) {
    throw new Fault(
      'BUILD_CONTRADICTS',
      name,
      `its comments speak of ${told.join(' and ')}, but --assembly is ${assembly}`,
      'Find out which build the positions are of; annotating across builds gives wrong answers.',
    )
  }
  const taken = input.texts('take').map((text) => {
    const [field, id] = fieldAndName(text)
    const place = columnAt(name, header, field)
    const description = `${header.names?.[place] ?? `column ${field}`} in ${name}`.replaceAll('"', "'")
    return { place, column: { id, description } }
  })
  const options: TableOptions = {
    separator: header.separator,
    columns: changeColumns(name, header, assembly, input.text('columns')),
    taken: taken.map(({ place }) => place),
  }
  return {
    source: { path, name, start: header.start, order: { kind: 'table', options } },
    columns: taken.map(({ column }) => column),
    assembly,
    version: input.text('version'),
  }
}

function headerValue(file: VariantFile, key: string): string | undefined {
  const start = `##${key}=`
  return file.header.lines.find((line) => line.startsWith(start))?.slice(start.length)
}

/** "AF=gnomad_AF": what is taken, and the INFO key it becomes. */
function fieldAndName(text: string): readonly [field: string, name: string] {
  const [field, name = field] = text.split('=') as [string, string?]
  if (!/^[A-Za-z_][0-9A-Za-z_.]*$/.test(name)) {
    throw new Fault(
      'USAGE_OPTION',
      '--take',
      `"${name}" is not an INFO key`,
      `Use letters, digits, "_" and ".": --take ${field}=NAME.`,
    )
  }
  return [field, name]
}

/** Throws SITES_FIELD_UNKNOWN. */
function vcfColumn(file: VariantFile, text: string): { column: NewColumn; taken: Taken } {
  const [field, name] = fieldAndName(text)
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
