import { Fault } from '../../terms/fault.ts'
import type { Command } from '../command.ts'
import { oncogenicity } from '../tumor/oncogenicity.ts'

export const tumor: Command = {
  name: 'tumor',
  summary: 'somatic variants of a tumour: oncogenicity by the ClinGen/CGC/VICC standard',
  usage: 'oncogenicity (--criteria LIST | TABLE) [options]',
  details: `oncogenicity combines the codes of the ClinGen/CGC/VICC standard of 2022 (Horak 2022): points are added after the standard's
own exclusions (OM2 does not count beside OVS1, OS3 not beside OS1, and so on; the sum without exclusions is told too).
TABLE is tab-separated with a header; codes are in a column named criteria, codes or codes_met, or the one --column names.`,
  options: {
    criteria: { type: 'string', value: 'LIST', help: 'codes that are met: "OS3,OS2,OP4"' },
    column: { type: 'string', value: 'NAME', help: 'the column of the table that holds the codes' },
    pin: {
      type: 'string',
      multiple: true,
      value: 'PACK',
      help: 'use this fact pack, as id@version, instead of the newest',
    },
    json: { type: 'boolean', help: 'print JSON; of a table one object per row' },
  },
  examples: [
    ['garrod tumor oncogenicity --criteria "OVS1,OM2"', 'the class of two codes, and why one does not count'],
    ['garrod tumor oncogenicity variants.tsv --column codes --json', 'every row of a table'],
  ],
  async run(input, io) {
    const [verb] = input.positionals
    if (verb === 'oncogenicity') return oncogenicity(input, io)
    throw new Fault(
      'USAGE_VERB',
      'garrod tumor',
      verb === undefined ? 'nothing was asked' : `"${verb}" is not a question that it answers`,
      'Use: oncogenicity. See "garrod tumor --help".',
    )
  },
}
