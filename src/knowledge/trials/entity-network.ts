import { Fault } from '../../terms/fault.ts'
import type { OpenPack } from '../fact-pack.ts'
import { readTable } from '../table.ts'

/** A matrix of weights, [row * columns + column], all of them whole multiples of the step. */
export interface Weights {
  readonly rows: number
  readonly columns: number
  readonly step: number
  readonly values: Float64Array
}

/** Parts of a network, in the order in which learning writes them. */
export const PARTS = [
  'input',
  'input-bias',
  'forward-input',
  'forward-state',
  'forward-bias',
  'backward-input',
  'backward-state',
  'backward-bias',
  'inner',
  'inner-bias',
  'outer',
  'outer-bias',
  'transitions',
  'letters',
  'words',
] as const
export type PartName = (typeof PARTS)[number]

/** One bidirectional network that scores the labels of each word of a line; src/decide/enrol/entities/network.ts runs it. */
export type EntityNetwork = Readonly<Record<PartName, Weights>>

/** Networks whose opinions are averaged, and the words that have a row of their own in the part "words". */
export interface EntityNetworks {
  readonly networks: readonly EntityNetwork[]
  readonly words: readonly string[]
}

/** Reads networks.tsv and words.tsv of the tagger's pack. Throws TAGGER_MALFORMED where a part is missing or cut short. */
export function entityNetworks(pack: Pick<OpenPack, 'text' | 'folder'>): EntityNetworks {
  const table = <C extends string>(file: string, columns: readonly C[]) =>
    readTable(pack.text(file), columns, `${pack.folder}/${file}`)
  const networks = new Map<string, Partial<Record<PartName, Weights>>>()
  for (const row of table('networks.tsv', ['network', 'part', 'rows', 'columns', 'step', 'values'])) {
    const bytes = new Int8Array(Buffer.from(row.values, 'base64'))
    const [rows, columns, step] = [Number(row.rows), Number(row.columns), Number(row.step)]
    if (!PARTS.includes(row.part as PartName) || bytes.length !== rows * columns || !(step > 0))
      throw malformed(row)
    const parts = networks.get(row.network) ?? {}
    parts[row.part as PartName] = {
      rows,
      columns,
      step,
      values: Float64Array.from(bytes, (one) => one * step),
    }
    networks.set(row.network, parts)
  }
  const words = table('words.tsv', ['row', 'word']).map(({ word }) => word)
  const whole = [...networks].map(([network, parts]) => {
    const shapes = shapesOf(parts, words.length)
    for (const part of PARTS) {
      const [rows, columns] = shapes[part]
      if (parts[part]?.rows !== rows || parts[part]?.columns !== columns) throw malformed({ network, part })
    }
    return parts as EntityNetwork
  })
  return { networks: whole, words }
}

/** Rows and columns that the parts must have to fit together; layers and states are whole fours. */
function shapesOf(
  { input, 'forward-state': memory, outer, letters, words: own }: Partial<EntityNetwork>,
  words: number,
): Readonly<Record<PartName, readonly [rows: number | undefined, columns: number | undefined]>> {
  const layer = input !== undefined && input.rows % 4 === 0 ? input.rows : Number.NaN
  const state = memory !== undefined && memory.columns % 4 === 0 ? memory.columns : Number.NaN
  const labels = outer?.rows ?? Number.NaN
  const [gates, joined] = [4 * state, 2 * state + layer]
  return {
    input: [layer, input?.columns],
    'input-bias': [1, layer],
    'forward-input': [gates, layer],
    'forward-state': [gates, state],
    'forward-bias': [1, gates],
    'backward-input': [gates, layer],
    'backward-state': [gates, state],
    'backward-bias': [1, gates],
    inner: [layer, joined],
    'inner-bias': [1, layer],
    outer: [labels, layer],
    'outer-bias': [1, labels],
    transitions: [labels, labels],
    letters: [letters?.rows, letters?.columns],
    words: [words, own?.columns],
  }
}

function malformed({ network, part }: { network: string; part: string }): Fault {
  return new Fault(
    'TAGGER_MALFORMED',
    'networks.tsv',
    `part "${part}" of network "${network}" is missing or not whole`,
    'Install the pack again.',
  )
}
