import { Fault } from '../../terms/fault.ts'
import type { Command } from '../command.ts'
import { match } from '../tumor/match.ts'
import { oncogenicity } from '../tumor/oncogenicity.ts'

export const tumor: Command = {
  name: 'tumor',
  summary:
    'somatic variants of a tumour: oncogenicity by the ClinGen/CGC/VICC standard, categories of alterations',
  usage: 'oncogenicity (--criteria LIST | TABLE) [options] | match TABLE --category TEXT [options]',
  details: `oncogenicity combines the codes of the ClinGen/CGC/VICC standard of 2022 (Horak 2022): points are added after the standard's
own exclusions (OM2 does not count beside OVS1, OS3 not beside OS1, and so on; the sum without exclusions is told too).
TABLE is tab-separated with a header. With codes in a column (criteria, codes, codes_met, or the one --column names) they are
combined. Else each row is a variant (gene with protein change or consequence; position, alleles, exon, gnomAD frequencies,
scores such as REVEL, functional, diagnosis where known), and each code is met, not met, or not assessed with what is
missing. Hotspot counts and lists of established variants are the user's own: without them their codes are not assessed. An
empty cell under gnomAD means that there is no record, "." or NA that it is not known.

match asks of each tumour of a table (a MAF, or gene with protein change or consequence; copy number calls in a column
copy_number, fusions in a column fusion) whether it belongs to a category: "BRAF V600 not E", "EGFR exon 19 deletion",
"NF1 truncating", "KIT kinase domain", "ERBB2 amplification", "ALK fusion", "KRAS wild type", "PTEN biallelic loss", joined
with AND, OR, NOT and parentheses. The answer is met, not met, or unknown with what is missing: a gene that --genes does not
name was not tested, and is never wild type.`,
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
    category: {
      type: 'string',
      multiple: true,
      value: 'TEXT',
      help: 'match: "BRAF V600 not E AND NOT KRAS mutation"',
    },
    genes: {
      type: 'string',
      value: 'LIST',
      help: 'match: genes that were tested for small variants, or all; left out, a gene without a variant is unknown',
    },
    'genes-copy-number': {
      type: 'string',
      value: 'LIST',
      help: 'match: genes whose copy number was tested, or all',
    },
    'genes-fusion': {
      type: 'string',
      value: 'LIST',
      help: 'match: genes that were tested for fusions, or all',
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
    [
      'garrod tumor match tumour.maf --category "FLT3 kinase domain AND NOT TP53 mutation" --genes all',
      'tumours of a MAF in a category',
    ],
  ],
  async run(input, io) {
    const [verb] = input.positionals
    if (verb === 'oncogenicity') return oncogenicity(input, io)
    if (verb === 'match') return match(input, io)
    throw new Fault(
      'USAGE_VERB',
      'garrod tumor',
      verb === undefined ? 'nothing was asked' : `"${verb}" is not a question that it answers`,
      'Use oncogenicity or match. See "garrod tumor --help".',
    )
  },
}
