import { Fault } from '../../terms/fault.ts'
import type { Command } from '../command.ts'
import { oncogenicity } from '../tumor/oncogenicity.ts'

export const tumor: Command = {
  name: 'tumor',
  summary: 'somatic variants of a tumour: oncogenicity by the ClinGen/CGC/VICC standard',
  usage: 'oncogenicity (--criteria LIST | TABLE) [options]',
  details: `oncogenicity combines the codes of the ClinGen/CGC/VICC standard of 2022 (Horak 2022): points are added after the standard's
own exclusions (OM2 does not count beside OVS1, OS3 not beside OS1, and so on; the sum without exclusions is told too).
TABLE is tab-separated with a header. With codes in a column (criteria, codes, codes_met, or the one --column names) they are
combined. Else each row is a variant (gene with protein change or consequence; position, alleles, exon, gnomAD frequencies,
scores such as REVEL, functional, diagnosis where known), and each code is met, not met, or not assessed with what is
missing. Hotspot counts and lists of established variants are the user's own: without them their codes are not assessed. An
empty cell under gnomAD means that there is no record, "." or NA that it is not known.`,
  options: {
    criteria: { type: 'string', value: 'LIST', help: 'codes that are met: "OS3,OS2,OP4"' },
    column: { type: 'string', value: 'NAME', help: 'the column of the table that holds the codes' },
    hotspots: {
      type: 'string',
      multiple: true,
      value: 'FILE',
      help: 'counts of samples: gene, residue, alt_aa, samples; or gene, region, change, samples (OS3, OM3, OP3)',
    },
    established: {
      type: 'string',
      value: 'FILE',
      help: 'variants that this standard called oncogenic: gene, change (OS1, OM4)',
    },
    diagnosis: { type: 'string', value: 'TEXT', help: 'the malignancy, for OP2' },
    assembly: {
      type: 'string',
      value: 'BUILD',
      help: 'GRCh38 (default) or GRCh37, for rules of single bases',
    },
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
    ['garrod tumor oncogenicity variants.tsv --column codes --json', 'codes in every row of a table'],
    [
      'garrod tumor oncogenicity variants.tsv --hotspots residues.tsv --hotspots indels.tsv --json',
      'each code of each variant, and what is missing',
    ],
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
