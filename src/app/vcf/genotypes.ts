import type { GenotypeLines, GenotypesOptions } from '../../intake/vcf/scan/genotypes-task.ts'
import { toOutput } from './output.ts'
import { OUT, oneVariantFile, samplesOf, THREADS } from './variant-file.ts'
import type { VcfVerb } from './verb.ts'

const USAGE = 'FILE [--sample NAME ...] [options]'

export const genotypes: VcfVerb = {
  name: 'genotypes',
  usage: USAGE,
  summary:
    'every genotype as a table: CHROM, POS, REF, ALT, then GT:DP:GQ of each sample, "." where the file does not say',
  options: {
    sample: {
      type: 'string',
      multiple: true,
      value: 'NAME',
      help: 'this sample; without it, all of the file',
    },
    'no-header': { type: 'boolean', help: 'no line of column names' },
    threads: THREADS,
    out: OUT,
  },
  examples: [
    ['garrod vcf genotypes genome.vcf.gz --out genotypes.tsv', 'genotype, depth and quality of every record'],
  ],
  async run(input, io) {
    const file = await oneVariantFile(input, USAGE)
    const { samples } = file.header
    const places = samplesOf(file, input.texts('sample'))
    const options: GenotypesOptions = { samples: places, columns: samples.length }
    const { scanLines } = await import('../../intake/scan/scan-lines.ts')
    await toOutput(input, io, async (write) => {
      if (!input.flag('no-header')) {
        const names = places.map((place) => `\t${samples[place]}`).join('')
        await write(Buffer.from(`#CHROM\tPOS\tREF\tALT${names}\n`))
      }
      const scan = { name: file.name, threads: input.whole('threads') }
      const order = { kind: 'genotypes', options }
      for await (const { text } of scanLines<GenotypeLines>(file.path, file.header.start, order, scan))
        await write(text)
    })
    return 0
  },
}
