import type { Minor, Topic } from '../model/version.ts'

/**
 * How a rule weighs.
 * `unreadable`: refused in both modes, since reading on would guess a genotype, a position or a person.
 * `broken`: the specification is broken; strict refuses, lenient reads on and says what it assumed.
 * `advice`: a warning in both modes: allowed by the letter, or broken by so many good files that nothing is learnt.
 */
export type Weight = 'unreadable' | 'broken' | 'advice'

export interface Rule {
  readonly title: string
  readonly weight: Weight
  readonly topic: Topic
  /** Only from this minor version the specification says so; before, the rule is advice. */
  readonly since?: Minor
  /** What the reader of the finding can do. */
  readonly mend: string
  /** What lenient reading takes for granted when it reads on. */
  readonly assumed?: string
}

function rule(weight: Weight, topic: Topic, title: string, mend: string, assumed?: string): Rule {
  return { weight, topic, title, mend, ...(assumed === undefined ? {} : { assumed }) }
}

const FILE_RULES = {
  VCF_EMPTY: rule('unreadable', 'fileformat', 'the file is empty', 'Send the file again; nothing arrived.'),
  VCF_BOM: rule('broken', 'encoding', 'byte order mark before the first line', 'Save the file as UTF-8 without a byte order mark.', 'the mark was skipped'),
  VCF_ENCODING: rule('broken', 'encoding', 'bytes that are not UTF-8', 'Convert the file to UTF-8.', 'the bytes were read as Latin-1'),
  VCF_CONTROL_CHARACTER: rule('broken', 'encoding', 'non-printable character', 'Remove the character, or write it with percent encoding.', 'the character was kept'),
  VCF_LINE_END: { ...rule('broken', 'encoding', 'carriage return inside a line', 'End lines with LF or CR LF only.', 'the carriage return was kept as part of the field'), since: 3 },
  VCF_CRLF: rule('advice', 'encoding', 'lines end with CR LF, which VCF 4.1 and 4.2 do not mention', 'End lines with LF.', 'the CR was taken off'),
  VCF_LAST_LINE: { ...rule('broken', 'data', 'the last line has no line end; the file may have been cut', 'End the last line with a line break, after checking that the file is complete.', 'the last line is complete'), since: 3 },
  VCF_BLANK_LINE: rule('broken', 'data', 'empty line', 'Remove the empty line.', 'the line was skipped'),
} satisfies Record<string, Rule>

const META_RULES = {
  VCF_FILEFORMAT: rule('unreadable', 'fileformat', 'the first line is not ##fileformat=VCFv4.x', 'Write "##fileformat=VCFv4.2" (the version used) as the first line.'),
  VCF_VERSION: rule('broken', 'fileformat', 'a version other than 4.1 to 4.5', 'Convert the file, for example with bcftools view.', 'the file follows VCF 4.2'),
  VCF_FILEFORMAT_REPEATED: rule('broken', 'fileformat', '##fileformat more than once', 'Keep the first one only.', 'the first one counts'),
  VCF_META_SYNTAX: rule('broken', 'meta', 'a line of the header that is not ##key=value', 'Write meta-information as "##key=value".', 'the line was skipped'),
  VCF_META_KEY: rule('broken', 'meta', 'unusable key of a meta-information line', 'Use letters, digits, "_", "." and "-" in the key.', 'the line was skipped'),
  VCF_META_VALUE: rule('broken', 'meta', 'meta-information without a value', 'Give a value or remove the line.', 'the line was skipped'),
  VCF_META_BRACKETS: rule('broken', 'meta', '"<...>" that is not closed', 'End the line with ">".', 'the line ends where it breaks'),
  VCF_META_QUOTES: rule('broken', 'meta', 'double quotes that do not match', 'Close the quotes; write a quote inside as \\".', 'the text ends where it breaks'),
  VCF_META_ATTRIBUTE: rule('broken', 'meta', 'an attribute that is not key=value', 'Write key=value, separated by commas; put values with commas in double quotes.', 'the attribute was skipped'),
  VCF_META_ATTRIBUTE_REPEATED: rule('broken', 'meta', 'an attribute that stands twice in one line', 'Keep one of them.', 'the first one counts'),
  VCF_META_REQUIRED: rule('broken', 'meta', 'a required attribute is missing', 'Add the attribute.', 'the line defines nothing that needs it'),
  VCF_META_UNSTRUCTURED: rule('broken', 'meta', 'a line that must be "<key=value,...>" is plain text', 'Write it as ##KEY=<ID=...>.', 'the line was skipped'),
  VCF_META_ID_REPEATED: rule('broken', 'meta', 'the same ID is defined twice', 'Keep one definition.', 'the first definition counts'),
  VCF_META_ID: rule('broken', 'meta', 'unusable ID', 'Use a name of letters, digits, "_" and "." that begins with a letter or "_".', 'the ID was taken as it is'),
  VCF_META_DESCRIPTION: rule('broken', 'meta', 'text that must be in double quotes is not', 'Put the text in double quotes.', 'the text ends at the next comma'),
  VCF_META_NUMBER: rule('broken', 'info-meta', 'unknown Number', 'Use a whole number, A, R, G or "." (and the letters of the version in FORMAT).', 'any number of values'),
  VCF_META_TYPE: rule('broken', 'info-meta', 'unknown Type', 'Use Integer, Float, Flag (INFO only), Character or String.', 'values are text'),
  VCF_META_FLAG: rule('broken', 'info-meta', 'Flag and Number=0 belong together', 'Give Number=0 with Type=Flag, and another Number otherwise.', 'the key has no value'),
  VCF_RESERVED_NUMBER: rule('broken', 'fixed', 'Number of a reserved key differs from the specification', 'Define the key as the specification does, or name it otherwise.', 'the definition of the file'),
  VCF_RESERVED_TYPE: rule('broken', 'fixed', 'Type of a reserved key differs from the specification', 'Define the key as the specification does, or name it otherwise.', 'the definition of the file'),
  VCF_ALT_ID: rule('broken', 'alt-meta', 'unusable ID of a symbolic allele', 'Begin with DEL, INS, DUP, INV or CNV, parts joined by ":", no whitespace, comma or angle brackets.', 'the ID was taken as it is'),
  VCF_ALT_TYPE: rule('advice', 'alt-meta', 'a symbolic allele of a type that the specification does not list', 'Begin with DEL, INS, DUP, INV or CNV where one of them fits.'),
  VCF_URL: rule('broken', 'assembly', 'not a usable URL', 'Give a URL with a scheme and a host, such as ftp://host/path.', 'the value was taken as text'),
  VCF_CONTIG_ID: rule('broken', 'contig', 'unusable name of a contig', 'Use printable characters other than whitespace , < > [ ] ( ) { } \\ " \' `; do not begin with * or =.', 'the name was taken as it is'),
  VCF_CONTIG_LENGTH: rule('broken', 'contig', 'length of a contig that is not a positive whole number', 'Give the length in bases.', 'the length is unknown'),
  VCF_META_VALUES: rule('broken', 'sample-meta', 'Values of ##META is not a list in square brackets', 'Write Values=[a, b].', 'the value was taken as text'),
  VCF_PEDIGREE_NAME: rule('broken', 'pedigree', 'unusable name of a genome', 'Use a name without whitespace, ":", ";" or "=".', 'the name was taken as it is'),
  VCF_META_LATE: rule('broken', 'meta', 'meta-information after the #CHROM line', 'Move the line above #CHROM.', 'the line was skipped'),
} satisfies Record<string, Rule>

const HEADER_RULES = {
  VCF_HEADER_MISSING: rule('unreadable', 'header', 'there is no #CHROM line before the records', 'Send the file with its whole header.'),
  VCF_HEADER_COLUMN: rule('unreadable', 'header', 'a column of the #CHROM line is not what it must be', 'Name the columns #CHROM POS ID REF ALT QUAL FILTER INFO [FORMAT sample...], separated by tabs.'),
  VCF_HEADER_FORMAT: rule('broken', 'header', 'FORMAT column without a sample', 'Add the samples, or remove the FORMAT column.', 'the file has no genotypes'),
  VCF_HEADER_REPEATED: rule('broken', 'header', 'a second #CHROM line', 'Remove it; files were probably joined with cat (use bcftools concat).', 'the line was skipped'),
  VCF_SAMPLE_NAME: rule('broken', 'header', 'unusable sample name', 'Give every sample a name without leading or trailing spaces.', 'the name was taken as it is'),
  VCF_SAMPLE_REPEATED: rule('unreadable', 'header', 'two samples of the same name', 'Give every sample its own name; it cannot be told whose genotypes these are.'),
} satisfies Record<string, Rule>

const FIXED_RULES = {
  VCF_COLUMNS: rule('unreadable', 'data', 'a record with more or fewer columns than the #CHROM line', 'Write one tab between columns and none at the end; a short line was perhaps cut.'),
  VCF_COLUMN_EMPTY: rule('broken', 'data', 'empty column', 'Write "." for a missing value.', 'the value is missing'),
  VCF_CHROM: rule('broken', 'fixed', 'unusable CHROM', 'Use the name of a contig without whitespace or ":", or <ID> of the assembly file.', 'the name was taken as it is'),
  VCF_CHROM_SPLIT: rule('broken', 'fixed', 'records of one CHROM are not one block', 'Sort the file: bcftools sort.', 'order does not matter'),
  VCF_CONTIG_UNDECLARED: rule('advice', 'contig', 'a CHROM that no ##contig line declares', 'Declare the contig, with its length.'),
  VCF_POS: rule('unreadable', 'fixed', 'POS is not a position', 'Give a whole number from 0 (telomere) to 2147483647.'),
  VCF_POS_ORDER: rule('broken', 'fixed', 'positions are not in increasing order', 'Sort the file: bcftools sort.', 'order does not matter'),
  VCF_POS_BEYOND: rule('broken', 'fixed', 'POS lies beyond the end of the contig', 'Check the build: the ##contig length and the records do not fit.', 'the length of the header is wrong'),
  VCF_ID: rule('broken', 'fixed', 'unusable ID', 'Separate identifiers with one ";" and use no whitespace.', 'empty identifiers were skipped'),
  VCF_ID_REPEATED: { ...rule('broken', 'fixed', 'the same identifier twice in one record', 'Give each identifier once.', 'they count once'), since: 3 },
  VCF_REF: rule('unreadable', 'fixed', 'REF is not made of A, C, G, T, N', 'Write the reference bases; an ambiguous base becomes its first base in the alphabet.'),
  VCF_ALT: rule('unreadable', 'fixed', 'an ALT allele that cannot be read', 'Use bases A, C, G, T, N, "*", <ID> or a breakend; "." alone when there is none; commas between alleles only.'),
  VCF_ALT_STAR: { ...rule('broken', 'fixed', '"*" is an allele from VCF 4.2 on', 'Declare a later version in ##fileformat.', 'an overlapping deletion'), },
  VCF_ALT_IS_REF: rule('broken', 'fixed', 'an ALT allele equals REF', 'List non-reference alleles only.', 'the allele is reference'),
  VCF_ALT_REPEATED: rule('broken', 'fixed', 'the same ALT allele twice in one record', 'List each allele once and renumber the genotypes.', 'both mean the same'),
  VCF_ALT_UNDECLARED: rule('advice', 'alt-meta', 'a symbolic ALT that no ##ALT line declares', 'Declare it: ##ALT=<ID=...,Description="...">.'),
  VCF_BREAKEND_BASE: rule('advice', 'breakend', 'the bases of a breakend do not hold the REF base at the join', 'Begin (or end) the replacement with the REF base.'),
  VCF_QUAL: rule('broken', 'fixed', 'QUAL is not a number', 'Give a Phred-scaled number, or ".".', 'the quality is missing'),
  VCF_QUAL_NEGATIVE: rule('broken', 'fixed', 'QUAL is negative, which a Phred-scaled probability cannot be', 'Give a number of 0 or more, or ".".', 'the quality is 0'),
  VCF_FILTER: rule('broken', 'fixed', 'unusable FILTER', 'Write PASS, ".", or filter names joined by ";" without whitespace.', 'the filter was taken as failed'),
  VCF_FILTER_ZERO: rule('broken', 'fixed', '"0" is reserved and no filter', 'Write PASS, or the name of the filter.', 'the filter was taken as failed'),
  VCF_FILTER_PASS: rule('broken', 'fixed', 'PASS or "." together with a failed filter', 'Write PASS alone, or the failed filters alone.', 'the filter was taken as failed'),
  VCF_FILTER_REPEATED: { ...rule('broken', 'fixed', 'the same filter twice', 'Name each filter once.', 'they count once'), since: 3 },
  VCF_FILTER_UNDECLARED: rule('advice', 'filter-meta', 'a filter that no ##FILTER line declares', 'Declare it: ##FILTER=<ID=...,Description="...">.'),
  VCF_DUPLICATE_VARIANT: rule('broken', 'fixed', 'the same variant stands in the file twice', 'Keep one record: bcftools norm -d exact, after finding out which is right.', 'both records are kept; a position with two different genotypes is not answered'),
} satisfies Record<string, Rule>

const INFO_RULES = {
  VCF_INFO_SYNTAX: rule('broken', 'fixed', 'INFO is not key[=value] joined by ";"', 'Remove empty fields and a ";" at the end; write "." when there is no INFO.', 'empty fields were skipped'),
  VCF_INFO_KEY: { ...rule('broken', 'fixed', 'unusable INFO key', 'Use letters, digits, "_" and "."; begin with a letter or "_".', 'the key was taken as it is') },
  VCF_INFO_KEY_REPEATED: rule('broken', 'fixed', 'the same INFO key twice in one record', 'Give the key once, with its values joined by commas.', 'the first one counts'),
  VCF_INFO_SPACE: rule('broken', 'fixed', 'whitespace in INFO', 'Write another character, such as "_" (spaces are allowed in values from VCF 4.3 on).', 'the space belongs to the value'),
  VCF_INFO_EQUALS: rule('broken', 'fixed', '"=" inside an INFO value', 'Write %3D (from VCF 4.3 on) or another character.', 'the first "=" ends the key'),
  VCF_INFO_NUMBER: rule('broken', 'info-meta', 'another number of INFO values than defined', 'Give as many values as the definition says, or mend the definition.', 'the values of this key are not matched to alleles'),
  VCF_INFO_TYPE: rule('broken', 'info-meta', 'an INFO value that is not of the defined type', 'Give values of the type, or "." for a missing one.', 'the value is missing'),
  VCF_INFO_FLAG: rule('broken', 'info-meta', 'a flag with a value', 'Write the key alone.', 'the flag is set'),
  VCF_INFO_FLAG_DIGIT: rule('advice', 'info-meta', 'a flag written as =0 or =1', 'Write the key alone, or leave it out.', 'set when 1, not set when 0'),
  VCF_INFO_VALUE_MISSING: rule('broken', 'fixed', 'an INFO key that needs a value has none', 'Give the value, or leave the key out.', 'the value is missing'),
  VCF_INFO_RANGE: rule('broken', 'fixed', 'an INFO value that its meaning rules out', 'Check the program that wrote it.', 'the value is missing'),
  VCF_INFO_END: rule('broken', 'fixed', 'END lies before POS', 'Give the last position of the variant, 1-based.', 'the record ends where REF ends'),
  VCF_INFO_UNDECLARED: rule('advice', 'info-meta', 'an INFO key that no ##INFO line declares', 'Declare it: ##INFO=<ID=...,Number=...,Type=...,Description="...">.'),
  VCF_CONFIDENCE: rule('broken', 'sv-info', 'a confidence interval that does not hold its own position', 'Give a first value of 0 or less and a second of 0 or more.', 'the interval is unknown'),
} satisfies Record<string, Rule>

const SAMPLE_RULES = {
  VCF_FORMAT_SYNTAX: rule('broken', 'genotype', 'FORMAT is not keys joined by ":"', 'Join keys with one ":"; no empty key.', 'empty keys were skipped'),
  VCF_FORMAT_KEY: rule('broken', 'genotype', 'unusable FORMAT key', 'Use letters, digits, "_" and "."; begin with a letter or "_".', 'the key was taken as it is'),
  VCF_FORMAT_KEY_REPEATED: rule('unreadable', 'genotype', 'the same FORMAT key twice', 'Give each key once; it cannot be told which value counts.'),
  VCF_FORMAT_GT_FIRST: rule('broken', 'genotype', 'GT is not the first FORMAT key', 'Put GT first.', 'GT was read where it stands'),
  VCF_FORMAT_LAA: rule('broken', 'genotype', 'local-allele fields without LAA before them', 'Put LAA after GT and before the others.', 'local fields are not read'),
  VCF_FORMAT_UNDECLARED: rule('advice', 'format-meta', 'a FORMAT key that no ##FORMAT line declares', 'Declare it: ##FORMAT=<ID=...,Number=...,Type=...,Description="...">.'),
  VCF_SAMPLE_FIELDS: rule('unreadable', 'genotype', 'a sample with more fields than FORMAT has keys', 'Give one value per key, joined by ":".'),
  VCF_SAMPLE_EMPTY: rule('broken', 'genotype', 'empty value in a sample', 'Write "." for a missing value.', 'the value is missing'),
  VCF_GENOTYPE: rule('unreadable', 'genotype', 'GT that is not a genotype', 'Write allele numbers or "." joined by "/" or "|".'),
  VCF_GENOTYPE_ALLELE: rule('unreadable', 'genotype', 'GT names an allele that the record does not have', 'Use 0 for REF and 1 to the number of ALT alleles.'),
  VCF_SAMPLE_NUMBER: rule('broken', 'format-meta', 'another number of values in a sample than defined', 'Give as many values as the definition says; likelihoods need one value per genotype of the ploidy of GT.', 'the values of this key are not matched to alleles'),
  VCF_SAMPLE_TYPE: rule('broken', 'format-meta', 'a value in a sample that is not of the defined type', 'Give values of the type, or "." for a missing one.', 'the value is missing'),
  VCF_SAMPLE_RANGE: rule('broken', 'genotype', 'a value in a sample that its meaning rules out', 'Check the program that wrote it.', 'the value is missing'),
  VCF_INTEGER_RANGE: { ...rule('broken', 'types', 'an Integer outside the 32 bits that VCF allows', 'Use -2147483640 to 2147483647, or Type=Float or String.', 'the value was read as a larger number'), since: 3 },
  VCF_PERCENT: { ...rule('broken', 'encoding', '"%" that is not percent encoding', 'Write %25 for a percent sign, and two capital hexadecimal digits after "%".', 'the text was kept as it is'), since: 3 },
} satisfies Record<string, Rule>

/** Every rule by its identifier. Identifiers never change; a rule that is dropped keeps its name unused. */
export const RULES = {
  ...FILE_RULES,
  ...META_RULES,
  ...HEADER_RULES,
  ...FIXED_RULES,
  ...INFO_RULES,
  ...SAMPLE_RULES,
} satisfies Record<string, Rule>

export type RuleId = keyof typeof RULES

export function ruleOf(id: RuleId): Rule {
  return RULES[id]
}

/** The weight of a rule in a file of this version. */
export function weightOf(id: RuleId, minor: Minor): Weight {
  const { weight, since } = ruleOf(id)
  return weight === 'broken' && since !== undefined && minor < since ? 'advice' : weight
}
