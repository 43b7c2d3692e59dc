import { eligibilityTagger } from '../../decide/enrol/entities/tagger.ts'
import type { Facts } from '../../knowledge/facts.ts'
import type { ExitCode, Io } from '../command.ts'
import { readText } from './trial-files.ts'

/** What the annotated files have in front of a line: "1:6:gender,45:63:pregnancy". */
const ANNOTATION = /^(?:\d+:\d+:\w+(?:,(?=\d)|$))*$/
/** Characters that are put out at once. */
const BATCH = 1 << 16

/**
 * Prints the entities of each line: "start:end:kind,… TAB line", 1-based with the end exclusive, or JSON. What stands before
 * a tab is left out where it is such a list itself, so that annotated files can be read as they are.
 */
export async function tagLines(
  paths: readonly string[],
  facts: Facts,
  json: boolean,
  io: Io,
): Promise<ExitCode> {
  const tagger = eligibilityTagger(facts)
  for (const path of paths) {
    const lines = (await readText(path)).split('\n')
    if (lines.at(-1) === '') lines.pop()
    let batch = ''
    for (const whole of lines) {
      const sent = whole.replace(/\r$/, '')
      const tab = sent.indexOf('\t')
      const line = tab >= 0 && ANNOTATION.test(sent.slice(0, tab)) ? sent.slice(tab + 1) : sent
      const entities = tagger.entities(line)
      batch += json
        ? `${JSON.stringify({
            text: line,
            entities: entities.map(({ start, end, kind, probability }) => ({
              start: start + 1,
              end: end + 1,
              kind,
              text: line.slice(start, end),
              probability: Number(probability.toFixed(3)),
            })),
          })}\n`
        : `${entities.map(({ start, end, kind }) => `${start + 1}:${end + 1}:${kind}`).join(',')}\t${line}\n`
      if (batch.length > BATCH) {
        await io.out(batch)
        batch = ''
      }
    }
    if (batch !== '') await io.out(batch)
  }
  return 0
}
