import type { Assemblies } from '../../knowledge/assemblies.ts'
import type { ChromosomeArms } from '../../knowledge/tumor/chromosome-arms.ts'
import type { ScoreFacts } from '../../knowledge/tumor/score-facts.ts'
import type { TumorProfile } from '../../record/tumor-profile.ts'
import type { TumorScores } from '../finding/tumor-scores.ts'
import { type BurdenOptions, mutationalBurden } from './burden/burden.ts'
import { haematopoiesisFlags } from './clonal-haematopoiesis.ts'
import { microsatellites } from './microsatellites/microsatellites.ts'
import { variantOrigins } from './origin/variant-origin.ts'
import { recombinationScars } from './scars/scars.ts'
import type { ContextOf } from './signatures/channel.ts'
import type { SignatureMatrix } from './signatures/refit.ts'
import { mutationalSignatures } from './signatures/signatures.ts'

/** What the scores of a tumour rest on beside its profile. */
interface ScoreInputs {
  readonly facts: ScoreFacts
  readonly arms: ChromosomeArms
  readonly assemblies: Assemblies
  /** Build of the segments; undefined: not told. */
  readonly assembly: 'GRCh37' | 'GRCh38' | undefined
  readonly burden?: BurdenOptions
  readonly contextOf?: ContextOf
  readonly signatures?: SignatureMatrix
}

/** Burden, microsatellites, scars, signatures, origins and clonal haematopoiesis of one tumour. */
export function tumorScores(profile: TumorProfile, inputs: ScoreInputs): TumorScores {
  const { facts, arms, assemblies, assembly } = inputs
  return {
    kind: 'tumor-scores',
    sample: profile.sample,
    burden: mutationalBurden(profile, facts, inputs.burden),
    microsatellites: microsatellites(profile, facts),
    scars: recombinationScars(
      profile,
      assembly,
      arms,
      facts,
      (build, chromosome) => assemblies.of(build, chromosome)?.length,
    ),
    signatures: mutationalSignatures(profile, facts, inputs.contextOf, inputs.signatures),
    origins: variantOrigins(profile, facts),
    haematopoiesis: haematopoiesisFlags(profile, facts),
    facts: [facts.pack, arms.pack],
  }
}
