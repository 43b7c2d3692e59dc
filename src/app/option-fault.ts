import { editDistance } from '../decide/edit-distance.ts'
import { Fault } from '../terms/fault.ts'

/** Letters by which a misspelt word may differ from what is offered for it. */
const FAR = 3

/** The word that was probably meant; undefined where none is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const limit = Math.min(FAR, Math.floor(word.length / 2))
  return words
    .map((one) => ({ one, far: editDistance(word, one, limit) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far)[0]?.one
}

/** What node:util parseArgs refuses, in our words; `names` are the options of the command, without dashes. */
export function optionFault(error: unknown, command: string, names: readonly string[]): unknown {
  const { code = '', message = '' } = error as NodeJS.ErrnoException
  if (!code.startsWith('ERR_PARSE_ARGS')) return error
  const where = `garrod ${command}`
  const help = `See "garrod ${command} --help".`
  const given = /'(?:-\w, )?(--?[^'\s=]+)/.exec(message)?.[1] ?? ''
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const near = nearest(given.replace(/^-+/, ''), names)
    const mend = near === undefined ? help : `Did you mean --${near}? ${help}`
    return new Fault('USAGE_OPTION', where, `there is no option ${given}`, mend)
  }
  if (/does not take an argument/.test(message))
    return new Fault('USAGE_OPTION', where, `${given} takes no value`, `Write ${given} alone. ${help}`)
  if (/ambiguous/.test(message))
    return new Fault(
      'USAGE_OPTION',
      where,
      `${given} is followed by another option, not by a value`,
      `Give the value; one that begins with a dash is written ${given}=-VALUE. ${help}`,
    )
  return new Fault('USAGE_OPTION', where, `${given} has no value`, `Give the value after it. ${help}`)
}
