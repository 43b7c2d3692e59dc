import type { AcmgCriteria } from '../../../knowledge/acmg/criteria.ts'
import type { Criterion, CriterionFact } from '../../finding/germline.ts'
import type { Comparator, VariantEvidence } from '../evidence.ts'
import { changeKind } from './consequence.ts'
import { met, notAssessed, notMet } from './verdict.ts'

function factOf({ id, class: is, source }: Comparator): CriterionFact {
  return { what: `${id} ${is.replace('-', ' ')}`, source }
}

/** Comparators that may be used: nothing known of splicing speaks against the protein being the cause. */
function usable(evidence: VariantEvidence, kind: Comparator['kind']): readonly Comparator[] {
  return (evidence.comparators ?? []).filter(
    (one) => one.kind === kind && one.splicing !== true && one.class.endsWith('pathogenic'),
  )
}

/** PS1: the same amino acid change by other bases is known to be pathogenic; moderate when it is likely so. */
export function ps1(evidence: VariantEvidence): Criterion {
  const kind = changeKind(evidence)
  if (kind === undefined) return notAssessed('PS1', 'the consequence for the protein')
  if (kind !== 'missense') return notMet('PS1', 'Not a missense change.', [])
  if (evidence.comparators === undefined) return notAssessed('PS1', 'other variants of the same amino acid')
  const found = usable(evidence, 'same-change')
  if (found.length === 0)
    return notMet('PS1', 'No pathogenic variant makes the same change by other bases.', [])
  const sure = found.some((one) => one.class === 'pathogenic')
  return met(
    'PS1',
    sure ? 'strong' : 'moderate',
    'The same amino acid change by other bases is pathogenic.',
    found.map(factOf),
  )
}

/** PM5: another amino acid at this place is known to be pathogenic; supporting when it is likely so. Truncating variants do not count. */
export function pm5(evidence: VariantEvidence): Criterion {
  const kind = changeKind(evidence)
  if (kind === undefined) return notAssessed('PM5', 'the consequence for the protein')
  if (kind !== 'missense') return notMet('PM5', 'Not a missense change.', [])
  if (evidence.comparators === undefined) return notAssessed('PM5', 'other variants of the same amino acid')
  const found = usable(evidence, 'same-residue')
  if (found.length === 0) return notMet('PM5', 'No pathogenic missense change at this amino acid.', [])
  const sure = found.some((one) => one.class === 'pathogenic')
  return met(
    'PM5',
    sure ? 'moderate' : 'supporting',
    'Another missense change of this amino acid is pathogenic.',
    found.map(factOf),
  )
}

/** PM1: a hot spot or critical domain, named by the panel of the gene or by the user. */
export function pm1(evidence: VariantEvidence): Criterion {
  const region = evidence.region
  if (region?.hotspot === undefined)
    return notAssessed('PM1', 'whether it lies in a hot spot or critical domain')
  const fact = {
    what: `hot spot or critical domain: ${region.hotspot ? 'yes' : 'no'}`,
    source: region.source,
  }
  const kind = changeKind(evidence)
  return region.hotspot && (kind === 'missense' || kind === 'inframe')
    ? met('PM1', 'moderate', 'In a hot spot or critical domain without benign variation.', [fact])
    : notMet('PM1', region.hotspot ? 'Not a missense or in-frame change.' : 'Not in a hot spot.', [fact])
}

/** PM4: the length of the protein changes outside a repeat; supporting for one amino acid. */
export function pm4(evidence: VariantEvidence): Criterion {
  const kind = changeKind(evidence)
  if (kind === undefined) return notAssessed('PM4', 'the consequence for the protein')
  if (kind !== 'inframe' && kind !== 'stop-lost')
    return notMet('PM4', 'Not an in-frame insertion or deletion, nor a lost stop.', [])
  const repeat = evidence.region?.repeat
  if (kind === 'inframe' && repeat === undefined) return notAssessed('PM4', 'whether it lies in a repeat')
  const { ref, alt } = evidence.variant
  const fact = {
    what: `${kind === 'inframe' ? 'in-frame change' : 'lost stop'} ${ref}>${alt}`,
    source: 'consequence',
  }
  if (repeat === true) return notMet('PM4', 'In a repeat.', [fact])
  const one = kind === 'inframe' && Math.abs(alt.length - ref.length) === 3
  return met(
    'PM4',
    one ? 'supporting' : 'moderate',
    `The protein changes its length${one ? ' by one amino acid' : ''}.`,
    [fact],
  )
}

/** PP2: missense changes are a usual cause, and the gene tolerates few. */
export function pp2(evidence: VariantEvidence, rules: AcmgCriteria): Criterion {
  if (changeKind(evidence) !== 'missense')
    return changeKind(evidence) === undefined
      ? notAssessed('PP2', 'the consequence for the protein')
      : notMet('PP2', 'Not a missense change.', [])
  const { missenseZ, missenseCauses, source = '' } = evidence.gene ?? {}
  if (missenseCauses === undefined || missenseZ === undefined)
    return notAssessed('PP2', 'whether missense changes cause the disease, and how few the gene tolerates')
  const limit = rules.threshold('PP2-constraint').value
  const facts = [{ what: `missense changes ${missenseCauses} a cause; missense Z ${missenseZ}`, source }]
  return missenseCauses === 'usual' && missenseZ >= limit
    ? met('PP2', 'supporting', `The gene tolerates few missense changes (Z at least ${limit}).`, facts)
    : notMet('PP2', 'The gene tolerates missense changes, or they are not a usual cause.', facts)
}

/** BP1: a missense change where only truncating ones cause disease. */
export function bp1(evidence: VariantEvidence): Criterion {
  const kind = changeKind(evidence)
  if (kind === undefined) return notAssessed('BP1', 'the consequence for the protein')
  if (kind !== 'missense') return notMet('BP1', 'Not a missense change.', [])
  const causes = evidence.gene?.missenseCauses
  if (causes === undefined) return notAssessed('BP1', 'whether only truncating changes cause the disease')
  const facts = [{ what: `missense changes ${causes} a cause`, source: evidence.gene?.source ?? '' }]
  return causes === 'never'
    ? met('BP1', 'supporting', 'Only truncating changes of the gene cause the disease.', facts)
    : notMet('BP1', 'Missense changes cause the disease.', facts)
}

/** BP3: in-frame in a repeat without known function. */
export function bp3(evidence: VariantEvidence): Criterion {
  const kind = changeKind(evidence)
  if (kind === undefined) return notAssessed('BP3', 'the consequence for the protein')
  if (kind !== 'inframe') return notMet('BP3', 'Not an in-frame insertion or deletion.', [])
  const region = evidence.region
  if (region?.repeat === undefined) return notAssessed('BP3', 'whether it lies in a repeat')
  const fact = {
    what: `repeat without known function: ${region.repeat ? 'yes' : 'no'}`,
    source: region.source,
  }
  return region.repeat
    ? met('BP3', 'supporting', 'In-frame in a repeat without known function.', [fact])
    : notMet('BP3', 'Not in a repeat.', [fact])
}
