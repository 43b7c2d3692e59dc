/** A file of another kind than the one that is wanted: what it is, and what its sender can do. */
export interface ForeignFile {
  readonly what: string
  readonly mend: string
}

const KINDS: readonly (readonly [readonly string[], string, string])[] = [
  [['BCF\x02'], 'this is BCF, the binary form', 'Convert it with "bcftools view".'],
  [
    ['PK\x03\x04'],
    'this is a ZIP archive',
    'Unpack it and send the file inside; of a spreadsheet, save the sheet as text with tabs.',
  ],
  [['CRAM\x02', 'CRAM\x03', 'BAM\x01'], 'this holds reads, not genotypes', 'Call variants first.'],
  [
    ['%PDF'],
    'this is a PDF',
    "Send a laboratory's report under Documents (POST /api/patients/ID/documents), where a person confirms what is read; here send the laboratory's data file.",
  ],
  [['PAR1'], 'this is a Parquet file', 'Export it as text.'],
  [['\xff\xfe', '\xfe\xff'], 'this is text in UTF-16', 'Save it as UTF-8 (plain text) and send it again.'],
]

/** By the first bytes, after unpacking gzip; undefined for text, `what` alone for any other binary file. */
export function foreignFile(head: Uint8Array): ForeignFile | undefined {
  const start = Buffer.from(head.subarray(0, 8)).toString('latin1')
  const [, what, mend] = KINDS.find(([signs]) => signs.some((sign) => start.startsWith(sign))) ?? []
  if (what !== undefined && mend !== undefined) return { what, mend }
  return head.includes(0) ? { what: 'this is not a text file', mend: 'Send the text.' } : undefined
}
