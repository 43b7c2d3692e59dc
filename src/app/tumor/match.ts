import { matchCategory, readCategory } from '../../interpret/tumor/tumor.ts'
import { Facts } from '../../knowledge/facts.ts'
import { proteinPlaces } from '../../knowledge/tumor/protein-places.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, ExitCode, Io } from '../command.ts'
import { readConfig } from '../config.ts'
import { assemblyOf } from './assembly.ts'
import { coveredBy } from './covered.ts'
import { withCurrentGenes } from './current-genes.ts'
import { misnamedGenes } from './gene-suggestions.ts'
import { receivedTumors } from './received.ts'
import { tumorCuts } from './tumor-cuts.ts'

/** `garrod tumor match`: which tumours of a table belong to a category, in three values with reasons. */
export async function match(input: Arguments, io: Io): Promise<ExitCode> {
  const [, file, ...more] = input.positionals
  const texts = input.texts('category')
  if (file === undefined || more.length > 0 || texts.length === 0)
    throw new Fault(
      'USAGE_MATCH',
      'garrod tumor match',
      texts.length === 0 ? 'no category was given' : 'one table is needed',
      'Give a table and --category "BRAF V600 not E". See "garrod tumor --help".',
    )
  const categories = texts.map((text) => ({ text, category: readCategory(text, '--category') }))
  const facts = Facts.find(readConfig().factFolders, input.texts('pin'))
  const places = proteinPlaces(facts)
  const read = await receivedTumors([file], input, assemblyOf(input), { cuts: tumorCuts(facts) })
  const tumors = read.map((one) => withCurrentGenes(one, facts))
  let exit: ExitCode = 0
  for (const one of misnamedGenes(coveredBy(input), facts)) {
    exit = 1
    io.err(`${one}\n`)
  }
  for (const { profile } of tumors)
    for (const { text, category } of categories) {
      const found = matchCategory(profile, category, places)
      if (found.state === 'unknown') exit = 1
      await io.out(
        input.flag('json')
          ? `${JSON.stringify({ sample: profile.sample, category: text, ...found })}\n`
          : `${[profile.sample ?? '', text, found.state.replace('-', ' '), found.because.join('; '), found.missing.map((one) => `missing: ${one}`).join('; ')].join('\t').trimEnd()}\n`,
      )
    }
  return exit
}
