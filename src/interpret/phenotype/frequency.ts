import type { StatedFrequency } from '../finding/phenotype.ts'

/** What the calculation takes where no annotation says how often: even odds. Never told as a count or a statement. */
const UNSTATED = 0.5

interface Band {
  readonly middle: number
  /** Both ends are in the band. */
  readonly least: number
  readonly most: number
}

/** What each HPO frequency term spans (HP:0040279, "Frequency"), and the middle that the calculation takes. */
const WORDS: Readonly<Record<string, Band>> = {
  '0040280': { middle: 1, least: 1, most: 1 },
  '0040281': { middle: 0.9, least: 0.8, most: 0.99 },
  '0040282': { middle: 0.55, least: 0.3, most: 0.79 },
  '0040283': { middle: 0.17, least: 0.05, most: 0.29 },
  '0040284': { middle: 0.025, least: 0.01, most: 0.04 },
  '0040285': { middle: 0, least: 0, most: 0 },
}

/** What the annotations of one feature of one disease say about its frequency. */
export interface FrequencyTally {
  /** People seen with the feature, over all papers that counted. */
  having: number
  /** People who were looked at in those papers. */
  counted: number
  /** Sum and number of frequencies given in words or percent. */
  said: number
  sayings: number
  /** The ends of what those span together. */
  least: number
  most: number
}

export function emptyTally(): FrequencyTally {
  return { having: 0, counted: 0, said: 0, sayings: 0, least: 1, most: 0 }
}

/** Adds one annotation ("3/7", "45%", "0040281", ""). Counts of several papers are pooled. */
export function addFrequency(tally: FrequencyTally, text: string): void {
  if (text === '') return
  const slash = text.indexOf('/')
  if (slash > 0) {
    const having = Number(text.slice(0, slash))
    const counted = Number(text.slice(slash + 1))
    if (having >= 0 && counted > 0 && having <= counted) {
      tally.having += having
      tally.counted += counted
    }
    return
  }
  const band = text.endsWith('%') ? percentBand(Number(text.slice(0, -1)) / 100) : WORDS[text]
  if (band === undefined) return
  tally.said += band.middle
  tally.sayings++
  tally.least = Math.min(tally.least, band.least)
  tally.most = Math.max(tally.most, band.most)
}

function percentBand(share: number): Band | undefined {
  return share >= 0 && share <= 1 ? { middle: share, least: share, most: share } : undefined
}

/**
 * 0..1, as the calculation takes it. Counted people go before words; a count is drawn towards one half by one person, so
 * that 1/1 is not certainty. Nobody of those who were looked at (0/3) makes no feature of the disease: 0. What is told to a
 * reader is `statedOf`.
 */
export function frequencyOf({ having, counted, said, sayings }: FrequencyTally): number {
  if (counted > 0 && having === 0) return sayings > 0 ? said / sayings : 0
  if (counted > 0) return (having + 0.5) / (counted + 1)
  return sayings > 0 ? said / sayings : UNSTATED
}

/** What the annotations say, as they say it: the pooled count where people were counted, else what the words span. */
export function statedOf({ having, counted, sayings, least, most }: FrequencyTally): StatedFrequency {
  if (counted > 0 && (having > 0 || sayings === 0)) return { kind: 'counted', having, counted }
  return sayings > 0 ? { kind: 'said', least, most } : { kind: 'unstated' }
}
