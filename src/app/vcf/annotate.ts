import type { AnnotatedLines, AnnotateOptions } from '../../intake/sites/annotate-task.ts'
import type { SiteDirectory } from '../../intake/sites/site-file.ts'
import type { VariantFile } from '../../intake/vcf/scan/records-at.ts'
import { Fault } from '../../terms/fault.ts'
import { howMany } from '../../terms/how-many.ts'
import { ASSEMBLY, assemblyOfFile } from './assembly-of.ts'
import { toOutput } from './output.ts'
import { OUT, oneVariantFile, THREADS } from './variant-file.ts'
import type { VcfVerb } from './verb.ts'

const USAGE = 'FILE --with SITES ... [--out FILE] [options]'

export const annotate: VcfVerb = {
  name: 'annotate',
  usage: USAGE,
  summary:
    'the VCF again, with what site files know of each ALT at the end of INFO; each ALT is compared in its shortest spelling, exactly',
  options: {
    with: {
      type: 'string',
      multiple: true,
      value: 'SITES',
      help: 'annotate: a file made by "garrod vcf sites"',
    },
    assembly: ASSEMBLY,
    threads: THREADS,
    out: OUT,
    json: { type: 'boolean', help: 'print a summary as JSON on stdout; needs --out' },
  },
  examples: [
    [
      'garrod vcf annotate genome.vcf.gz --with clinvar.sites --with gnomad.sites --out genome.annotated.vcf',
      'one pass',
    ],
  ],
  async run(input, io) {
    const file = await oneVariantFile(input, USAGE)
    const paths = input.texts('with')
    if (paths.length === 0 || (input.flag('json') && input.text('out') === undefined)) {
      throw new Fault(
        'USAGE_ARGUMENT',
        'garrod vcf annotate',
        paths.length === 0 ? 'no --with is given' : '--json needs --out',
        `Usage: garrod vcf annotate ${USAGE}`,
      )
    }
    const sources = await Promise.all(paths.map(directoryOf))
    const { scanLines } = await import('../../intake/scan/scan-lines.ts')
    checkAssembly(file, sources, assemblyOfFile(file, input), paths)
    const header = [...file.header.lines.slice(0, -1), ...newLines(file, sources), file.header.lines.at(-1)!]
    let records = 0
    let annotated = 0
    await toOutput(input, io, async (write) => {
      await write(Buffer.from(`${header.join('\n')}\n`))
      const options: AnnotateOptions = { sources: paths, samples: file.header.samples.length }
      const scan = { name: file.name, threads: input.whole('threads') }
      for await (const lines of scanLines<AnnotatedLines>(
        file.path,
        file.header.start,
        { kind: 'annotate', options },
        scan,
      )) {
        records += lines.records
        annotated += lines.annotated
        await write(lines.text)
      }
    })
    if (input.flag('json'))
      await io.out(
        `${JSON.stringify({ file: file.name, records, annotated, sources: sources.map(named) })}\n`,
      )
    else io.err(`${annotated} of ${howMany(records, 'record')} are known to a source\n`)
    return 0
  },
}

function named({ source, version, assembly, columns }: SiteDirectory) {
  return { source, version, assembly, columns: columns.map(({ id }) => id) }
}

async function directoryOf(path: string): Promise<SiteDirectory> {
  const { SiteFile } = await import('../../intake/sites/site-file.ts')
  const file = new SiteFile(path)
  file.close()
  return file.directory
}

function checkAssembly(
  file: VariantFile,
  sources: readonly SiteDirectory[],
  assembly: string,
  paths: readonly string[],
): void {
  const other = sources.findIndex((one) => one.assembly !== assembly)
  if (other < 0) return
  throw new Fault(
    'BUILD_CONTRADICTS',
    paths[other]!,
    `the sites are of ${sources[other]!.assembly}, ${file.name} is of ${assembly}`,
    'Use a source of the same build.',
  )
}

/** Header lines of what is added. Throws ANNOTATION_TAKEN where the file or another source has the key already. */
function newLines(file: VariantFile, sources: readonly SiteDirectory[]): readonly string[] {
  const taken = new Set(file.header.lines.flatMap((line) => /^##INFO=<ID=([^,>]+)/.exec(line)?.[1] ?? []))
  return sources.flatMap(({ source, version, columns }) =>
    columns.map(({ id, type, description }) => {
      if (taken.has(id)) {
        throw new Fault(
          'ANNOTATION_TAKEN',
          file.name,
          `INFO "${id}" is there already`,
          `Build the site file again under another name: --take FIELD=${id}_2.`,
        )
      }
      taken.add(id)
      const release = version === undefined ? '' : `,Version="${version.replaceAll('"', "'")}"`
      return `##INFO=<ID=${id},Number=A,Type=${type},Description="${description}",Source="${source}"${release}>`
    }),
  )
}
