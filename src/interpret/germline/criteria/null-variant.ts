import type { AcmgCriteria } from '../../../knowledge/acmg/criteria.ts'
import type { Criterion, CriterionFact, Strength } from '../../finding/germline.ts'
import type { LossEvidence, VariantEvidence } from '../evidence.ts'
import { changeKind, isNull } from './consequence.ts'
import { met, notAssessed, notMet, notUsed } from './verdict.ts'

/** A leaf of the decision tree: a strength, or that the criterion does not apply. */
type Leaf = Exclude<Strength, 'stand-alone'> | 'none'
const WEAKEST_FIRST: readonly Leaf[] = ['none', 'supporting', 'moderate', 'strong', 'very-strong']

/**
 * PVS1 by the decision tree of Abou Tayoun 2018. Where a question of the tree has no answer, the weakest of the leaves that
 * are still possible is used, and the questions are named.
 */
export function pvs1(evidence: VariantEvidence, rules: AcmgCriteria): Criterion {
  const kind = changeKind(evidence)
  if (kind === undefined) return notAssessed('PVS1', 'the consequence for the protein')
  const consequence = {
    what: evidence.variant.consequences.join(', '),
    source: evidence.variant.transcript ?? 'consequence of the file',
  }
  if (!isNull(evidence)) return notMet('PVS1', 'Not a null variant.', [consequence])
  const known = evidence.variant.gene === undefined ? undefined : rules.gene(evidence.variant.gene)
  const mechanism = evidence.gene?.lossOfFunction ?? known?.lossOfFunction
  if (mechanism === undefined)
    return notAssessed('PVS1', 'whether loss of function of the gene causes the disease', [consequence])
  const mechanismFact: CriterionFact = {
    what: `loss of function ${mechanism}${evidence.gene?.lossOfFunction === undefined && known !== undefined ? `: ${known.because}` : ''}`,
    source:
      evidence.gene?.lossOfFunction !== undefined
        ? evidence.gene.source
        : rules.source(known?.source ?? 'garrod').title,
  }
  if (mechanism === 'no')
    return notUsed('PVS1', 'Loss of function is not how the gene causes disease.', [
      consequence,
      mechanismFact,
    ])
  const asked: string[] = []
  const leaves = leavesOf(kind, evidence.loss, rules.threshold('PVS1-protein-share').value, asked)
  const leaf = leaves.reduce((a, b) => (WEAKEST_FIRST.indexOf(b) < WEAKEST_FIRST.indexOf(a) ? b : a))
  const facts = [consequence, mechanismFact, ...lossFacts(evidence.loss)]
  if (leaf === 'none')
    return asked.length === 0
      ? notMet('PVS1', 'The decision tree ends at "not applicable".', facts)
      : notAssessed('PVS1', asked.join('; '), facts)
  const strength = mechanism === 'likely' ? weaker(leaf) : leaf
  if (strength === 'none')
    return notMet('PVS1', 'The mechanism is only likely, and the loss is small.', facts)
  const open = asked.length === 0 ? '' : ` Weakest branch, because not known: ${asked.join('; ')}.`
  const mind = mechanism === 'likely' ? ' One step down: the mechanism is only likely.' : ''
  return met('PVS1', strength, `Null variant by the PVS1 decision tree.${open}${mind}`, facts)
}

function leavesOf(
  kind: ReturnType<typeof changeKind>,
  loss: LossEvidence | undefined,
  share: number,
  asked: string[],
): Leaf[] {
  if (kind === 'gene-deleted') return ['very-strong']
  if (loss?.inRelevantTranscript === false) return ['none']
  if (kind === 'start-lost') {
    const upstream = loss?.pathogenicUpstreamOfNextStart
    if (upstream === undefined) asked.push('pathogenic variants before the next start in frame')
    return upstream === undefined ? ['moderate', 'supporting'] : [upstream ? 'moderate' : 'supporting']
  }
  const shortened = (): Leaf[] => {
    if (loss?.criticalRegion === true) return ['strong']
    if (loss?.proteinShare !== undefined) return [loss.proteinShare > share ? 'strong' : 'moderate']
    asked.push('the share of the protein that is lost')
    return ['strong', 'moderate']
  }
  const broken = (): Leaf[] => {
    if (loss?.nmd === 'predicted') return ['very-strong']
    if (loss?.nmd === 'escapes') return shortened()
    asked.push('whether nonsense-mediated decay follows')
    return ['very-strong', ...shortened()]
  }
  if (kind === 'nonsense' || kind === 'frameshift') return broken()
  const keeps = loss?.skipKeepsFrame
  if (keeps === undefined) asked.push('whether the lost exon keeps the frame')
  return [...(keeps === true ? [] : broken()), ...(keeps === false ? [] : shortened())]
}

function weaker(leaf: Leaf): Leaf {
  return WEAKEST_FIRST[Math.max(0, WEAKEST_FIRST.indexOf(leaf) - 1)]!
}

function lossFacts(loss: LossEvidence | undefined): CriterionFact[] {
  if (loss === undefined) return []
  const told = [
    loss.nmd === undefined
      ? undefined
      : `nonsense-mediated decay ${loss.nmd === 'escapes' ? 'escaped' : 'predicted'}`,
    loss.proteinShare === undefined ? undefined : `${Math.round(loss.proteinShare * 100)} % of the protein`,
    loss.criticalRegion === undefined ? undefined : `critical region ${loss.criticalRegion ? 'yes' : 'no'}`,
    loss.skipKeepsFrame === undefined
      ? undefined
      : `skipped exon keeps the frame: ${loss.skipKeepsFrame ? 'yes' : 'no'}`,
  ].filter((one) => one !== undefined)
  return told.map((what) => ({ what, source: loss.source }))
}
