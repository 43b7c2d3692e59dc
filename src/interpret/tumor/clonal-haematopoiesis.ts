import type { ScoreFacts } from '../../knowledge/tumor/score-facts.ts'
import type { SomaticVariant, TumorProfile } from '../../record/tumor-profile.ts'
import type { HaematopoiesisFlag } from '../finding/tumor-scores.ts'
import { codingEffectOf } from './burden/coding-effect.ts'
import { hasMatchedNormal } from './burden/count.ts'

const ANSWER = 'sequencing of white blood cells at the same depth'

/** Changes in genes of clonal haematopoiesis that may come from blood cells. A specimen of blood or marrow is not flagged: there it is the disease that is looked at. */
export function haematopoiesisFlags(profile: TumorProfile, facts: ScoreFacts): HaematopoiesisFlag[] {
  const specimen = profile.assay?.specimen
  if (specimen === 'blood' || specimen === 'bone-marrow') return []
  const paired = hasMatchedNormal(profile) === true
  return profile.variants.flatMap((variant) => {
    const gene = facts.listed('clonal-haematopoiesis', variant.gene)
    const effect = codingEffectOf(variant)
    if (gene === undefined || effect === 'silent' || effect === 'non-coding') return []
    const answer = flagOf(variant, paired, specimen === 'plasma', facts)
    const why = `${gene.gene}: ${gene.note} in clonal haematopoiesis (${gene.source}).`
    return [{ variant, ...answer, because: [...answer.because, why] }]
  })
}

function flagOf(
  variant: SomaticVariant,
  paired: boolean,
  plasma: boolean,
  facts: ScoreFacts,
): Omit<HaematopoiesisFlag, 'variant'> {
  const settled = { missing: [], wouldChange: [] }
  const open = { missing: [ANSWER], wouldChange: [ANSWER] }
  const [inTumor, inNormal] = [variant.tumor?.fraction, variant.normal?.fraction]
  if (inNormal !== undefined && (variant.normal?.depth ?? 0) > 0)
    return inNormal >= facts.threshold('haematopoiesis-fraction') / 2
      ? {
          ...settled,
          state: 'suspected',
          because: [
            `The normal sample carries it in ${percent(inNormal)} of reads${inTumor === undefined ? '' : `, the tumour in ${percent(inTumor)}`}.`,
          ],
        }
      : {
          ...settled,
          state: 'not-suspected',
          because: [`The normal sample carries it in ${percent(inNormal)} of reads.`],
        }
  if (paired)
    return {
      ...settled,
      state: 'not-suspected',
      because: ['A matched normal was subtracted; if that was not blood, this does not hold.'],
    }
  if (plasma)
    return {
      ...open,
      state: 'suspected',
      because: ['Most DNA of plasma comes from blood cells, and no blood sample was read beside it.'],
    }
  if (inTumor === undefined)
    return { ...open, state: 'unknown', because: ['Its allele fraction is not known.'] }
  const low = facts.threshold('haematopoiesis-low')
  return inTumor < low
    ? {
        ...open,
        state: 'suspected',
        because: [
          `${percent(inTumor)} of reads, and no blood sample was read: blood cells in the specimen may carry it.`,
        ],
      }
    : {
        ...settled,
        state: 'not-suspected',
        because: [
          `${percent(inTumor)} of reads is more than blood cells in a tissue specimen usually bring.`,
        ],
        wouldChange: [ANSWER],
      }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
