import { stretchesOf } from '../../intake/vcf/scan/loci.ts'
import { recordsAt } from '../../intake/vcf/scan/records-at.ts'
import { Fault } from '../../terms/fault.ts'
import { chosenLoci, LOCI } from './chosen-loci.ts'
import { toOutput } from './output.ts'
import { OUT, oneVariantFile, THREADS } from './variant-file.ts'
import type { VcfVerb } from './verb.ts'

const USAGE = 'FILE (--loci FILE | --region REGION ...) [options]'

export const viewRecords: VcfVerb = {
  name: 'view',
  usage: USAGE,
  summary:
    'the records that lie on some loci, by the tabix or CSI index beside the file where there is one (exit 1: none)',
  options: {
    ...LOCI,
    overlap: {
      type: 'string',
      value: 'HOW',
      help: 'span (default): records that cover a base of a locus by REF or END; start: POS is in a locus',
    },
    'no-header': { type: 'boolean', help: 'records only' },
    'no-index': { type: 'boolean', help: 'read the whole file even where an index lies beside it' },
    threads: THREADS,
    out: OUT,
  },
  examples: [
    ['garrod vcf view genome.vcf.gz --region chr13:32315086-32400268', 'the records of one gene'],
    ['garrod vcf view genome.vcf.gz --loci panel.bed --out panel.vcf', 'the records of a panel, as a VCF'],
  ],
  async run(input, io) {
    const overlap = input.text('overlap') ?? 'span'
    if (overlap !== 'span' && overlap !== 'start') {
      throw new Fault(
        'USAGE_OPTION',
        '--overlap',
        `"${overlap}" is not a way to overlap`,
        'Use span or start.',
      )
    }
    const file = await oneVariantFile(input, USAGE)
    const loci = await chosenLoci(input, 'view', file)
    let records = false
    await toOutput(input, io, async (write) => {
      if (!input.flag('no-header')) await write(Buffer.from(`${file.header.lines.join('\n')}\n`))
      const options = { overlap, index: !input.flag('no-index'), threads: input.whole('threads') } as const
      for await (const text of recordsAt(file, stretchesOf(loci), options)) {
        records = true
        await write(text)
      }
    })
    return records ? 0 : 1
  },
}
