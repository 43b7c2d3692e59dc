import { type Rule, rule } from './rule.ts'

export const HEADER_RULES = {
  VCF_HEADER_MISSING: rule(
    'unreadable',
    'header',
    'there is no #CHROM line before the records',
    'Send the file with its whole header.',
  ),
  VCF_HEADER_COLUMN: rule(
    'unreadable',
    'header',
    'a column of the #CHROM line is not what it must be',
    'Name the columns #CHROM POS ID REF ALT QUAL FILTER INFO [FORMAT sample...], separated by tabs.',
  ),
  VCF_HEADER_FORMAT: rule(
    'broken',
    'header',
    'FORMAT column without a sample',
    'Add the samples, or remove the FORMAT column.',
    'the file has no genotypes',
  ),
  VCF_HEADER_REPEATED: rule(
    'broken',
    'header',
    'a second #CHROM line',
    'Remove it; files were probably joined with cat (use bcftools concat).',
    'the line was skipped',
  ),
  VCF_SAMPLE_NAME: rule(
    'broken',
    'header',
    'unusable sample name',
    'Give every sample a name without leading or trailing spaces.',
    'the name was taken as it is',
  ),
  VCF_SAMPLE_REPEATED: rule(
    'unreadable',
    'header',
    'two samples of the same name',
    'Give every sample its own name; it cannot be told whose genotypes these are.',
  ),
} satisfies Record<string, Rule>
