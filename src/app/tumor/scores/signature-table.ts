import { CHANNELS, type SignatureMatrix } from '../../../interpret/tumor/tumor.ts'
import { Fault } from '../../../terms/fault.ts'
import { tableRows } from '../../command-line/table-rows.ts'

/** More signatures than this in one table are refused: the reference set of 2024 has fewer than a hundred. */
const MOST_SIGNATURES = 300

/**
 * Signatures of single base substitutions: a column with the channel ("A[C>A]A"), and one column of probabilities for each signature, as
 * COSMIC and SigProfiler write them. Throws SIGNATURES_UNREADABLE and the faults of tables.
 */
export async function readSignatures(path: string | undefined): Promise<SignatureMatrix | undefined> {
  if (path === undefined) return undefined
  const fault = (line: number, what: string) =>
    new Fault(
      'SIGNATURES_UNREADABLE',
      `${path}:${line}`,
      what,
      'Give a table with a column of the 96 channels ("A[C>A]A") and one column of probabilities, summing to 1, for each signature.',
    )
  let names: { readonly name: string; readonly place: number }[] = []
  let at = -1
  const shares = new Map<string, readonly number[]>()
  for await (const { line, cells } of tableRows(path)) {
    if (at < 0) {
      at = Math.max(
        0,
        cells.findIndex((name) => /^(somatic mutation type|mutation ?types?|type|channel)$/.test(name)),
      )
      names = cells.flatMap((name, place) =>
        place === at || /^(substitution type|trinucleotide|subtype)$/.test(name)
          ? []
          : [{ name: named(name), place }],
      )
      if (names.length === 0 || names.length > MOST_SIGNATURES)
        throw fault(line, `the table has ${names.length} signatures`)
      continue
    }
    const channel = cells[at] ?? ''
    if (!CHANNELS.includes(channel))
      throw fault(line, `"${channel}" is no channel of single base substitutions`)
    if (shares.has(channel)) throw fault(line, `${channel} has two rows`)
    const values = names.map(({ place }) => (cells[place] === '' ? Number.NaN : Number(cells[place])))
    const wrong = values.findIndex((value) => !(value >= 0 && value <= 1))
    if (wrong >= 0) throw fault(line, `${names[wrong]!.name} of ${channel} is no probability`)
    shares.set(channel, values)
  }
  const absent = CHANNELS.find((channel) => !shares.has(channel))
  if (absent !== undefined) throw fault(1, `the channel ${absent} has no row`)
  return {
    name: path.replace(/^.*[/\\]/, ''),
    signatures: names.map(({ name }, place) => {
      const values = CHANNELS.map((channel) => shares.get(channel)![place]!)
      const sum = values.reduce((a, b) => a + b, 0)
      if (Math.abs(sum - 1) > 0.02) throw fault(1, `the probabilities of ${name} sum to ${sum.toFixed(3)}`)
      return { name, shares: values.map((value) => value / sum) }
    }),
  }
}

/** Headers of tables are read in small letters; signatures are written SBS7a. */
function named(name: string): string {
  return name.replace(/^sbs(?=\d)/, 'SBS').replace(/^signature/, 'Signature')
}
