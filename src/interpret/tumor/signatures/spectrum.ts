import type { SomaticVariant } from '../../../record/tumor-profile.ts'
import { mutationEvents } from '../burden/events.ts'
import { CHANNELS, type ContextOf, channelOf } from './channel.ts'

/** Substitutions by channel. */
interface Spectrum {
  /** One count for each of CHANNELS. */
  readonly counts: readonly number[]
  readonly used: number
  readonly withoutContext: number
  /** Calls whose reference base the sequence does not have. */
  readonly mismatches: number
}

const PLACE = new Map(CHANNELS.map((name, at) => [name, at]))

/** Counts single substitutions; those side by side are one change of several bases and belong to other spectra. */
export function spectrumOf(variants: readonly SomaticVariant[], contextOf: ContextOf): Spectrum {
  const counts = CHANNELS.map(() => 0)
  let [used, withoutContext, mismatches] = [0, 0, 0]
  for (const [variant, ...more] of mutationEvents(variants)) {
    const { place, origin, tagged } = variant
    if (place === undefined || more.length > 0 || origin === 'germline' || tagged !== undefined) continue
    if (!/^[ACGT]$/i.test(place.ref) || !/^[ACGT]$/i.test(place.alt)) continue
    const channel = channelOf(
      place.ref.toUpperCase(),
      place.alt.toUpperCase(),
      contextOf(variant)?.toUpperCase(),
    )
    const at = PLACE.get(channel ?? '')
    if (channel === 'mismatch') mismatches++
    else if (at === undefined) withoutContext++
    else {
      counts[at]!++
      used++
    }
  }
  return { counts, used, withoutContext, mismatches }
}
