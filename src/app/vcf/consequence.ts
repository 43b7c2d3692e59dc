import { CONSEQUENCE_USAGE } from './usage.ts'
import { OUT } from './variant-file.ts'
import type { VcfVerb } from './verb.ts'

export const consequence: VcfVerb = {
  name: 'consequence',
  usage: CONSEQUENCE_USAGE,
  summary:
    'what each allele does to each transcript, alleles of one haplotype told together (exit 1: something not told)',
  options: {
    'fasta-ref': { type: 'string', short: 'f', value: 'FASTA', help: 'reference sequence' },
    'gff-annot': {
      type: 'string',
      short: 'g',
      value: 'GFF3',
      help: 'transcripts: Ensembl, GENCODE or NCBI, plain or gzip',
    },
    'local-csq': { type: 'boolean', short: 'l', help: 'each record alone, whatever its haplotype carries' },
    phase: {
      type: 'string',
      short: 'p',
      value: 'HOW',
      help: 'unphased heterozygotes: known (default) tells them alone; r refuses, a takes as written, m merges, R makes homozygous, s skips',
    },
    samples: {
      type: 'string',
      value: '-',
      help: '"-": leave samples aside, all first ALTs are one haplotype',
    },
    'custom-tag': { type: 'string', value: 'TAG', help: 'name of the INFO and FORMAT field (default BCSQ)' },
    json: { type: 'boolean', help: 'one JSON object a line for each record, instead of a VCF' },
    'no-version': { type: 'boolean', help: 'no header line that says who annotated it' },
    out: OUT,
  },
  examples: [
    [
      'garrod vcf consequence phased.vcf.gz -f GRCh38.fa -g genes.gff3.gz --out annotated.vcf',
      'haplotype-aware',
    ],
    ['garrod vcf consequence sites.vcf -f GRCh38.fa -g genes.gff3 --local-csq --json', 'a list of sites'],
  ],
  async run(input, io) {
    // Loaded here: the other verbs of the command start without it.
    const { tellConsequences } = await import('./consequence-file.ts')
    return tellConsequences(input, io)
  },
}
