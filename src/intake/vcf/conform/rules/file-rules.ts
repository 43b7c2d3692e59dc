import { type Rule, rule } from './rule.ts'

export const FILE_RULES = {
  VCF_EMPTY: rule('unreadable', 'fileformat', 'the file is empty', 'Send the file again; nothing arrived.'),
  VCF_BOM: rule(
    'broken',
    'encoding',
    'byte order mark before the first line',
    'Save the file as UTF-8 without a byte order mark.',
    'the mark was skipped',
  ),
  VCF_ENCODING: rule(
    'broken',
    'encoding',
    'bytes that are not UTF-8',
    'Convert the file to UTF-8.',
    'the bytes were read as Latin-1',
  ),
  VCF_CONTROL_CHARACTER: rule(
    'broken',
    'encoding',
    'non-printable character',
    'Remove the character, or write it with percent encoding.',
    'the character was kept',
  ),
  VCF_LINE_END: {
    ...rule(
      'broken',
      'encoding',
      'carriage return inside a line',
      'End lines with LF or CR LF only.',
      'the carriage return was kept as part of the field',
    ),
    since: 3,
  },
  VCF_CRLF: {
    ...rule(
      'advice',
      'encoding',
      'lines end with CR LF, which VCF 4.1 and 4.2 do not mention',
      'End lines with LF.',
      'the CR was taken off',
    ),
    until: 2,
  },
  VCF_LAST_LINE: {
    ...rule(
      'broken',
      'data',
      'the last line has no line end; the file may have been cut',
      'End the last line with a line break, after checking that the file is complete.',
      'the last line is complete',
    ),
    since: 3,
  },
  VCF_BLANK_LINE: rule('broken', 'data', 'empty line', 'Remove the empty line.', 'the line was skipped'),
  VCF_BLANK_END: rule('advice', 'data', 'empty lines at the end', 'Remove the empty lines.'),
} satisfies Record<string, Rule>
