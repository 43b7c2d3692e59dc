import { howMany } from '../../terms/how-many.ts'
import type { CarrierSearch } from './known-carriers.ts'

/** What a search for carriers could not look at, for whoever reads the job. About no person by name. */
export function notSearched({ searched, unsearched }: CarrierSearch): readonly string[] {
  const told: string[] = []
  const [own] = searched
  if (own !== undefined && searched.length === 1)
    told.push(`calls and genomes not on ${own.assembly} were not searched: the place there is not known`)
  for (const { assembly, lacks } of searched) {
    if (lacks === 'no-reference')
      told.push(
        `an insertion or deletion that a file on ${assembly} spells at another place of a repeat was not searched: set GARROD_REFERENCE`,
      )
    if (lacks === 'repeat')
      told.push(
        `on ${assembly} the repeat is too long, or not known to its ends: searched as it is spelled alone`,
      )
    if (lacks === 'other-bases')
      told.push(`the sequence of ${assembly} has not REF there: searched as it is spelled alone`)
  }
  const counts = new Map<string, number>()
  for (const { why } of unsearched) counts.set(why, (counts.get(why) ?? 0) + 1)
  for (const [why, count] of counts) {
    const things = `${howMany(count, why === 'no-file' ? 'result' : 'file')}`
    told.push(`not searched: ${things} ${WORDS[why] ?? `that cannot be read (${why})`}`)
  }
  return told
}

const WORDS: Readonly<Record<string, string>> = {
  array: 'of genotyping arrays',
  'no-file': 'without the file it was read from',
}
