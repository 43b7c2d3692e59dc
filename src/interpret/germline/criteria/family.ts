import type { AcmgCriteria } from '../../../knowledge/acmg/criteria.ts'
import type { Criterion } from '../../finding/germline.ts'
import type { VariantEvidence } from '../evidence.ts'
import { met, notAssessed, notMet, notUsed } from './verdict.ts'

/** PS2: de novo with both parents proven; points of all cases (SVI 1.1). Where one case is proven, all count here and none in PM6. */
export function ps2(evidence: VariantEvidence, rules: AcmgCriteria): Criterion {
  return deNovo('PS2', evidence, rules)
}

/** PM6: de novo with parents not proven. */
export function pm6(evidence: VariantEvidence, rules: AcmgCriteria): Criterion {
  return deNovo('PM6', evidence, rules)
}

function deNovo(code: 'PS2' | 'PM6', { deNovo: cases }: VariantEvidence, rules: AcmgCriteria): Criterion {
  if (cases === undefined) return notAssessed(code, 'the genotypes of both parents')
  const confirmed = cases.some(({ parents }) => parents === 'confirmed')
  if (cases.length > 0 && confirmed !== (code === 'PS2'))
    return notUsed(code, `${confirmed ? 'PS2' : 'PM6'} speaks for the same cases.`)
  const told = cases.map((one) => ({
    kind: `${one.parents} ${one.phenotype}`,
    points:
      one.phenotype === 'none' || one.phenotype === 'unknown'
        ? undefined
        : rules.casePoints('de-novo', `${one.parents} ${one.phenotype}`),
    fact: { what: `de novo, parents ${one.parents}, phenotype ${one.phenotype}`, source: one.source },
  }))
  const verdict = byPoints(code, 'de-novo', told, rules)
  return verdict.state === 'not-met' && cases.some(({ phenotype }) => phenotype === 'unknown')
    ? notAssessed(code, 'how well the features fit the gene', verdict.facts)
    : verdict
}

/** PM3: seen in trans with a pathogenic variant in people with the recessive disease; points of all cases (SVI 1.0). */
export function pm3(evidence: VariantEvidence, rules: AcmgCriteria): Criterion {
  const { inTrans } = evidence
  if (inTrans === undefined)
    return notAssessed('PM3', 'what lies on the other copy of the gene in affected people')
  // As given for the disease in question: a gene of a dominant disease can have a recessive one too (BRCA2, Fanconi anemia).
  const ways = evidence.gene?.inheritance ?? []
  if (ways.length > 0 && ways.every((way) => way === 'AD' || way === 'MT'))
    return notUsed(
      'PM3',
      `The disease is not recessive (${ways.join(', ')}): the other copy says nothing for it.`,
    )
  const told = inTrans.map((one) => {
    // Of parents who are related, both copies are the same by descent: it weighs as a rare uncertain variant (SVI 1.0).
    const kind =
      one.other !== 'same'
        ? `${one.other} ${one.phase}`
        : one.consanguineous === true
          ? 'uncertain confirmed'
          : 'homozygous'
    return {
      kind,
      points: kind === 'uncertain unknown' ? undefined : rules.casePoints('in-trans', kind),
      fact: {
        what:
          one.other === 'same'
            ? `homozygous${one.consanguineous === true ? ', parents related' : ''}`
            : `with a ${one.other} variant, phase ${one.phase}`,
        source: one.source,
      },
    }
  })
  return byPoints('PM3', 'in-trans', told, rules)
}

function byPoints(
  code: 'PS2' | 'PM6' | 'PM3',
  kind: 'de-novo' | 'in-trans',
  cases: readonly {
    readonly kind: string
    readonly points: { readonly points: number; readonly most: number } | undefined
    readonly fact: { readonly what: string; readonly source: string }
  }[],
  rules: AcmgCriteria,
): Criterion {
  const sums = new Map<string, number>()
  for (const one of cases)
    if (one.points !== undefined)
      sums.set(one.kind, Math.min(one.points.most, (sums.get(one.kind) ?? 0) + one.points.points))
  const points = [...sums.values()].reduce((a, b) => a + b, 0)
  const facts = cases.map(({ fact }) => fact)
  const graded = rules.caseStrength(kind, points)
  return graded === undefined
    ? notMet(code, `The cases give ${points} points.`, facts)
    : met(code, graded.strength, `The cases give ${points} points.`, facts)
}

/** BP2: in cis with a pathogenic variant, or in trans with one of a dominant disease of full penetrance. */
export function bp2(evidence: VariantEvidence): Criterion {
  const beside = evidence.besidePathogenic
  if (beside === undefined)
    return notAssessed('BP2', 'whether it was seen beside a pathogenic variant, and its phase')
  const ways = evidence.gene?.inheritance ?? []
  if (beside.phase === 'in-trans-dominant' && ways.length > 0 && ways.every((way) => way === 'AR'))
    return notUsed(
      'BP2',
      'The disease is recessive: a pathogenic variant on the other copy is evidence of PM3.',
    )
  return met('BP2', 'supporting', 'Seen beside a pathogenic variant.', [
    { what: beside.phase.replaceAll('-', ' '), source: beside.source },
  ])
}

/** PP1: variant and disease go together in a family; the chance of that is ½ per informative meiosis (Jarvik 2016). */
export function pp1({ segregation }: VariantEvidence, rules: AcmgCriteria): Criterion {
  if (segregation === undefined) return notAssessed('PP1', 'how it goes with the disease in the family')
  const { meioses, families, affectedWithout, source } = segregation
  const facts = [{ what: `${meioses} informative meioses in ${families} families`, source }]
  if (affectedWithout > 0)
    return notMet('PP1', `${affectedWithout} affected relatives do not carry it.`, facts)
  const graded = rules.segregation(0.5 ** meioses, families > 1)
  return graded === undefined
    ? notMet('PP1', 'Too few meioses.', facts)
    : met('PP1', graded.strength, 'Goes with the disease in the family.', facts)
}

/** BS4: affected relatives who do not carry it; one alone may be ill of another cause. */
export function bs4({ segregation }: VariantEvidence): Criterion {
  if (segregation === undefined) return notAssessed('BS4', 'how it goes with the disease in the family')
  const { affectedWithout, phenocopyExcluded, source } = segregation
  const facts = [{ what: `${affectedWithout} affected relatives without it`, source }]
  if (affectedWithout === 0) return notMet('BS4', 'Every affected relative carries it.', facts)
  return affectedWithout > 1 || phenocopyExcluded === true
    ? met('BS4', 'strong', 'Affected relatives do not carry it.', facts)
    : notAssessed('BS4', 'whether the affected relative without it is ill of another cause', facts)
}
