import type { AcmgCriteria } from '../../../knowledge/acmg/criteria.ts'
import type { Criterion, CriterionFact, Strength } from '../../finding/germline.ts'
import type { VariantEvidence } from '../evidence.ts'
import { changeKind, isNull } from './consequence.ts'
import { met, notAssessed, notMet, notUsed } from './verdict.ts'

/** A leaf of the decision tree: a strength, or that the criterion does not apply. */
type Leaf = Exclude<Strength, 'stand-alone'> | 'none'
const WEAKEST_FIRST: readonly Leaf[] = ['none', 'supporting', 'moderate', 'strong', 'very-strong']

/** What the tree asks and nobody answered. */
interface Open {
  /** The weakest of the leaves that are still possible was taken. */
  readonly asked: string[]
  /** Whether the criterion applies at all: taken as it usually is, and told. */
  readonly presumed: string[]
}

/**
 * PVS1 by the decision tree of Abou Tayoun 2018. Where a question about the strength has no answer, the weakest of the leaves that
 * are still possible is used; where one about whether it applies has none, what is usual is taken. Both are named.
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
  const open: Open = { asked: [], presumed: [] }
  const leaves = leavesOf(kind, evidence, rules, open)
  const leaf = leaves.reduce((a, b) => (WEAKEST_FIRST.indexOf(b) < WEAKEST_FIRST.indexOf(a) ? b : a))
  const facts = [consequence, mechanismFact, ...lossFacts(evidence)]
  if (leaf === 'none')
    return open.asked.length === 0
      ? notMet('PVS1', 'The decision tree ends at "not applicable".', facts)
      : notAssessed('PVS1', open.asked.join('; '), facts)
  const strength = mechanism === 'likely' ? weaker(leaf) : leaf
  if (strength === 'none')
    return notMet('PVS1', 'The mechanism is only likely, and the loss is small.', facts)
  const told = [
    'Null variant by the PVS1 decision tree.',
    ...(open.asked.length === 0 ? [] : [`Weakest branch, because not known: ${open.asked.join('; ')}.`]),
    ...(open.presumed.length === 0 ? [] : [`Not known and taken as given: ${open.presumed.join('; ')}.`]),
    ...(mechanism === 'likely' ? ['One step down: the mechanism is only likely.'] : []),
  ]
  return met('PVS1', strength, told.join(' '), facts)
}

function leavesOf(
  kind: ReturnType<typeof changeKind>,
  { loss, population, variant: { gene } }: VariantEvidence,
  rules: AcmgCriteria,
  { asked, presumed }: Open,
): Leaf[] {
  if (kind === 'gene-deleted') return ['very-strong']
  if (loss?.inRelevantTranscript === false) return ['none']
  const use = gene === undefined ? undefined : rules.exonUse(gene)
  if (loss?.inRelevantTranscript === undefined) {
    if (use !== undefined) {
      asked.push(use.question)
      return ['none']
    }
    const { lost = 0, of = 0 } = loss?.transcripts ?? {}
    if (lost < of) {
      asked.push(
        `which transcript matters for the disease: it is a loss in ${lost} of ${of} that the file names`,
      )
      return ['none']
    }
    presumed.push('that the exon is in a transcript that matters for the disease')
  }
  if (kind === 'start-lost') {
    if (loss?.otherTranscriptStart === true) return ['none']
    if (loss?.otherTranscriptStart === undefined)
      presumed.push('that no other transcript that matters begins elsewhere')
    const upstream = loss?.pathogenicUpstreamOfNextStart
    if (upstream === undefined) asked.push('pathogenic variants before the next start in frame')
    return upstream === undefined ? ['moderate', 'supporting'] : [upstream ? 'moderate' : 'supporting']
  }
  const limit = rules.threshold('PVS1-protein-share').value
  const shortened = (): Leaf[] => {
    if (loss?.criticalRegion === true) return ['strong']
    const share = loss?.proteinShare
    const own = population?.filteringFrequency ?? population?.frequency ?? 0
    const tolerated = share !== undefined && share <= limit && own > rules.threshold('PVS1-frequent').value
    if (loss?.frequentTruncations ?? tolerated) return ['none']
    if (loss?.frequentTruncations === undefined)
      presumed.push('that truncating changes of the exon are not frequent in the population')
    if (share !== undefined) return [share > limit ? 'strong' : 'moderate']
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
  // A question that both branches ask is asked once.
  const both = [...(keeps === true ? [] : broken()), ...(keeps === false ? [] : shortened())]
  for (const list of [asked, presumed]) list.splice(0, list.length, ...new Set(list))
  return both
}

function weaker(leaf: Leaf): Leaf {
  return WEAKEST_FIRST[Math.max(0, WEAKEST_FIRST.indexOf(leaf) - 1)]!
}

function lossFacts({ loss, population }: VariantEvidence): CriterionFact[] {
  const own = population?.filteringFrequency ?? population?.frequency
  const frequency =
    own === undefined ? [] : [{ what: `its own frequency ${own}`, source: population!.source }]
  if (loss === undefined) return frequency
  const told = [
    loss.nmd === undefined
      ? undefined
      : `nonsense-mediated decay ${loss.nmd === 'escapes' ? 'escaped' : 'predicted'}`,
    loss.proteinShare === undefined ? undefined : `${Math.round(loss.proteinShare * 100)} % of the protein`,
    loss.criticalRegion === undefined ? undefined : `critical region ${loss.criticalRegion ? 'yes' : 'no'}`,
    loss.skipKeepsFrame === undefined
      ? undefined
      : `skipped exon keeps the frame: ${loss.skipKeepsFrame ? 'yes' : 'no'}`,
    loss.frequentTruncations === undefined
      ? undefined
      : `truncating changes of the exon frequent: ${loss.frequentTruncations ? 'yes' : 'no'}`,
    loss.inRelevantTranscript === undefined
      ? undefined
      : `in a transcript that matters: ${loss.inRelevantTranscript ? 'yes' : 'no'}`,
  ].filter((one) => one !== undefined)
  return [...told.map((what) => ({ what, source: loss.source })), ...frequency]
}
