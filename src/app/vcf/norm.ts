import { NORM_USAGE } from './usage.ts'
import { OUT } from './variant-file.ts'
import type { VcfVerb } from './verb.ts'

export const norm: VcfVerb = {
  name: 'norm',
  usage: NORM_USAGE,
  summary:
    'left-align and trim alleles, check REF, split or join ALTs, drop duplicates, as bcftools norm does',
  options: {
    'fasta-ref': {
      type: 'string',
      short: 'f',
      value: 'FASTA',
      help: 'reference; without it nothing is aligned',
    },
    'check-ref': {
      type: 'string',
      short: 'c',
      value: 'e|w|x|s',
      help: 'REF that is not the reference: stop (e, default), keep and say (w), leave out (x), set (s)',
    },
    'do-not-normalize': { type: 'boolean', short: 'N', help: 'check or set REF only, align nothing' },
    multiallelics: {
      type: 'string',
      short: 'm',
      value: '-|+[TYPE]',
      dashed: /^-(?:snps|indels|both|any)?$/,
      help: 'split (-) or join (+) ALTs of snps, indels, both (default) or any',
    },
    'keep-sum': {
      type: 'string',
      value: 'TAG,..',
      help: 'when splitting, count the other ALTs of these with REF',
    },
    'strict-filter': {
      type: 'boolean',
      short: 's',
      help: 'what bcftools 1.16 does under this name when joining: a later PASS wins over filters that failed',
    },
    atomize: { type: 'boolean', short: 'a', help: 'one record for each smallest change' },
    'atom-overlaps': {
      type: 'string',
      value: '*|.',
      help: 'how an allele is written that overlaps one (default *)',
    },
    'rm-dup': {
      type: 'string',
      short: 'd',
      value: 'TYPE',
      help: 'one record a position: snps, indels, both, any (or all), exact (or none)',
    },
    'remove-duplicates': { type: 'boolean', short: 'D', help: 'as --rm-dup exact' },
    'old-rec-tag': { type: 'string', value: 'TAG', help: 'INFO key that names the record as it was' },
    'site-win': {
      type: 'string',
      short: 'w',
      value: 'N',
      help: 'put in order within so many bases (default 1000)',
    },
    force: {
      type: 'boolean',
      help: 'leave out fields whose count of values is wrong instead of refusing the file',
    },
    'keep-numbers': {
      type: 'boolean',
      help: 'numbers as the file writes them; otherwise single precision of six digits, as bcftools',
    },
    'no-version': { type: 'boolean', help: 'no header line that says who normalised it' },
    out: OUT,
    json: { type: 'boolean', help: 'print what was done as JSON on stdout; the VCF then needs --out' },
  },
  examples: [
    ['garrod vcf norm sample.vcf.gz -f GRCh38.fa -m - --out sample.norm.vcf', 'split, then left-align'],
    ['garrod vcf norm split.vcf -m +any', 'one record a position again'],
  ],
  async run(input, io) {
    // Loaded here: the other verbs of the command start without it.
    const { normalise } = await import('./norm-file.ts')
    return normalise(input, io)
  },
}
