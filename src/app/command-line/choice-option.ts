import { Fault } from '../../terms/fault.ts'
import type { Arguments } from '../command.ts'

/** An option that takes one of some words; undefined: it was not given. Throws USAGE_CHOICE. */
export function choiceOption<T extends string>(
  input: Arguments,
  option: string,
  words: readonly T[],
): T | undefined {
  const text = input.text(option)
  if (text === undefined) return undefined
  const found = words.find((word) => word === text)
  if (found !== undefined) return found
  throw new Fault('USAGE_CHOICE', `--${option}`, `"${text}" is not a choice`, `Use ${words.join(' or ')}.`)
}
