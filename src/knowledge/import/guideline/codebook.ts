import * as z from 'zod'
import type { OpenPack } from '../../fact-pack.ts'
import { Action, ActionCode, Effect, Population } from '../../guideline/guideline-rule.ts'
import { mainText, plainText, textHash } from './guideline-text.ts'

/** An action as coded for a text that may serve several drugs. */
export const CodedAction = Action.extend({
  /** The action holds for these drugs of the text only. */
  onlyFor: z.array(z.string()).min(1).optional(),
  /** Of a consideration: completes the first action with this code, where there is one. */
  into: ActionCode.optional(),
  /** Of a consideration: stands before the first action with this code instead of at the end. */
  before: ActionCode.optional(),
})
export type CodedAction = z.infer<typeof CodedAction>

const Hash = z.string().regex(/^[0-9a-f]{16}$/)

/** What one text of the publisher was read to mean. The text itself is not kept, only its hashes. */
export const CodedText = z.strictObject({
  textSha256: Hash,
  /** Of the text with white space normalized. */
  plainSha256: Hash,
  /** Of the part before "Other Considerations", white space normalized. */
  mainSha256: Hash,
  actions: z.array(CodedAction).min(1),
  /** From "Other Considerations". */
  considerations: z.array(CodedAction).optional(),
  /** Replaces what interruptOf would derive, where the codes cannot show the harm. */
  interrupt: z.enum(['critical', 'warning', 'info', 'none']).optional(),
})
export type CodedText = z.infer<typeof CodedText>

/** What one implication text says the gene result does. `gene` "*" means every gene of the row that has a result. */
const CodedImplication = z.strictObject({
  implicationSha256: Hash,
  plainSha256: Hash,
  effects: z.array(Effect).min(1),
})
type CodedImplication = z.infer<typeof CodedImplication>

/** The publisher's name of a population, and ours. null: the publisher names none. */
export const CodedPopulation = z.strictObject({ name: z.string().nullable(), population: Population })

/** Looks texts up by hash: exactly, then with white space normalized, then (reported) by the recommendation alone. */
export class Codebook {
  readonly #texts = new Map<string, CodedText>()
  readonly #mains = new Map<string, CodedText>()
  readonly #implications = new Map<string, CodedImplication>()
  readonly #populations = new Map<string | null, Population>()

  constructor(
    texts: readonly CodedText[],
    implications: readonly CodedImplication[],
    populations: readonly z.infer<typeof CodedPopulation>[],
  ) {
    for (const one of texts) this.#texts.set(one.plainSha256, one).set(one.textSha256, one)
    for (const one of texts) this.#mains.set(one.mainSha256, one)
    for (const one of implications)
      this.#implications.set(one.plainSha256, one).set(one.implicationSha256, one)
    for (const one of populations) this.#populations.set(one.name, one.population)
  }

  text(text: string): CodedText | undefined {
    return this.#texts.get(textHash(text)) ?? this.#texts.get(textHash(plainText(text)))
  }

  /**
   * The codes of the recommendation alone, when its considerations were changed or left out by the release; those are
   * not carried over.
   */
  main(text: string): CodedText | undefined {
    const found = this.#mains.get(textHash(plainText(mainText(text))))
    if (found === undefined) return undefined
    const { considerations: _left, ...main } = found
    return main
  }

  implication(text: string): CodedImplication | undefined {
    return this.#implications.get(textHash(text)) ?? this.#implications.get(textHash(plainText(text)))
  }

  population(name: string | undefined): Population | undefined {
    return this.#populations.get(name ?? null)
  }
}

/** The files of a pack that hold its codebook; they go along into every pack made with it. */
export const CODEBOOK_FILES = ['codebook.jsonl', 'effects.jsonl', 'populations.jsonl'] as const

export function readCodebook(pack: OpenPack): Codebook {
  return new Codebook(
    readLines(CodedText, pack.text('codebook.jsonl')),
    readLines(CodedImplication, pack.text('effects.jsonl')),
    readLines(CodedPopulation, pack.text('populations.jsonl')),
  )
}

function readLines<T>(schema: z.ZodType<T>, text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => schema.parse(JSON.parse(line)))
}
