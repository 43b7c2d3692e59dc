/** How often people with a disease have a feature, where the annotation does not say: even odds. */
export const UNSTATED = 0.5

/** The middle of what each HPO frequency term spans (HP:0040279, "Frequency"). */
const WORDS: Readonly<Record<string, number>> = {
  '0040280': 1,
  '0040281': 0.9,
  '0040282': 0.55,
  '0040283': 0.17,
  '0040284': 0.025,
  '0040285': 0,
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
  const said = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : WORDS[text]
  if (said !== undefined && said >= 0 && said <= 1) {
    tally.said += said
    tally.sayings++
  }
}

/** 0..1. Counted people go before words; a count is drawn towards one half by one person, so that 1/1 is not certainty. */
export function frequencyOf({ having, counted, said, sayings }: FrequencyTally): number {
  if (counted > 0) return (having + 0.5) / (counted + 1)
  return sayings > 0 ? said / sayings : UNSTATED
}
