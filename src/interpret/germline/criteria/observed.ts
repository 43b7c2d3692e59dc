import type { AcmgCriteria } from '../../../knowledge/acmg/criteria.ts'
import type { Criterion } from '../../finding/germline.ts'
import type { VariantEvidence } from '../evidence.ts'
import { met, notAssessed, notMet, notUsed } from './verdict.ts'

/** PS3: an assay shows damage; by its odds of pathogenicity, or by how many known variants it was tried on (Brnich 2020). */
export function ps3(evidence: VariantEvidence, rules: AcmgCriteria): Criterion {
  return functional('PS3', evidence, rules)
}

/** BS3: an assay shows normal function. */
export function bs3(evidence: VariantEvidence, rules: AcmgCriteria): Criterion {
  return functional('BS3', evidence, rules)
}

function functional(code: 'PS3' | 'BS3', evidence: VariantEvidence, rules: AcmgCriteria): Criterion {
  const assay = evidence.functional
  if (assay === undefined) return notAssessed(code, 'a functional study')
  const wanted = code === 'PS3' ? 'damaging' : 'normal'
  const odds = assay.oddsPath === undefined ? '' : `, odds of pathogenicity ${assay.oddsPath}`
  const controls = assay.controls && assay.controls.pathogenic + assay.controls.benign
  const facts = [
    {
      what: `assay ${assay.result}${odds}${controls === undefined ? '' : `, ${controls} known variants`}`,
      source: assay.source,
    },
  ]
  if (assay.result !== wanted) return notMet(code, `The assay shows the opposite.`, facts)
  if (assay.oddsPath !== undefined) {
    const value = assay.oddsPath
    // The paper's cut-offs are exceeded, not reached.
    const grade = rules
      .grades('odds')
      .find((one) => one.code === code && (code === 'PS3' ? value > one.from : value < one.to))
    return grade === undefined
      ? notMet(code, 'The odds of pathogenicity decide nothing.', facts)
      : met(code, grade.strength, 'By the odds of pathogenicity of the assay.', facts)
  }
  if (controls === undefined)
    return notAssessed(code, 'how many known variants the assay was tried on', facts)
  if (controls === 0) return notMet(code, 'The assay was tried on no known variant.', facts)
  // Known variants of one kind alone do not show that the assay tells the two apart.
  const both = (assay.controls?.pathogenic ?? 0) > 0 && (assay.controls?.benign ?? 0) > 0
  return met(
    code,
    both && controls >= rules.threshold('PS3-controls').value ? 'moderate' : 'supporting',
    `The assay was tried on ${controls} known variants${both ? '' : ', all of one kind'}.`,
    facts,
  )
}

/** PS4: more frequent in affected people than in controls. Counts of affected people need the thresholds of a panel. */
export function ps4({ cases }: VariantEvidence, rules: AcmgCriteria): Criterion {
  if (cases?.oddsRatio === undefined || cases.oddsRatioLow === undefined)
    return notAssessed('PS4', 'a case-control study')
  const limit = rules.threshold('PS4-odds-ratio').value
  const facts = [{ what: `odds ratio ${cases.oddsRatio}, from ${cases.oddsRatioLow}`, source: cases.source }]
  return cases.oddsRatio > limit && cases.oddsRatioLow > 1
    ? met('PS4', 'strong', `Odds ratio above ${limit}, its confidence interval above 1.`, facts)
    : notMet('PS4', `Odds ratio not above ${limit}, or its confidence interval includes 1.`, facts)
}

/** PP4: features specific for the gene, as an expert judged them. */
export function pp4({ phenotype }: VariantEvidence): Criterion {
  if (phenotype === undefined) return notAssessed('PP4', 'how specific the features are for the gene')
  return met('PP4', phenotype.strength, 'The features are specific for the gene.', [
    { what: `specificity ${phenotype.strength}`, source: phenotype.source },
  ])
}

/** BP5: another cause was found. It says nothing of a person who may be a carrier of a recessive variant. */
export function bp5({ otherCause }: VariantEvidence): Criterion {
  if (otherCause === undefined) return notAssessed('BP5', 'whether another cause was found')
  const facts = [
    { what: `another cause found: ${otherCause.found ? 'yes' : 'no'}`, source: otherCause.source },
  ]
  return otherCause.found
    ? met('BP5', 'supporting', 'Another cause explains the disease of a carrier.', facts)
    : notMet('BP5', 'No other cause was found.', facts)
}

/** PP5 and BP6 are not used: somebody's class without its evidence is no evidence (Biesecker 2018). */
export function pp5(_evidence: VariantEvidence, rules: AcmgCriteria): Criterion {
  return notUsed('PP5', `A class of somebody else is no evidence: ${rules.source('biesecker-2018').title}.`)
}

export function bp6(_evidence: VariantEvidence, rules: AcmgCriteria): Criterion {
  return notUsed('BP6', `A class of somebody else is no evidence: ${rules.source('biesecker-2018').title}.`)
}
