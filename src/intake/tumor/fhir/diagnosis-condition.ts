import { codingsOf, hasCode, type Json, objectOf, objectsOf, textOf } from './elements.ts'

const HISTOLOGY = /histology-morphology-behavior$/

/**
 * Codes of a Condition that is a cancer, as "system|code", several separated by ";"; morphology and site of ICD-O-3 together.
 * undefined: it is not known to be one. A cancer that is only suspected, refuted or a metastasis is none.
 */
export function diagnosisOf(condition: Json): string | undefined {
  const profiles = objectOf(condition['meta'])?.['profile']
  const urls = Array.isArray(profiles) ? profiles.map(String) : []
  if (urls.some((url) => /secondary-cancer/.test(url))) return undefined
  if (hasCode(condition['verificationStatus'], 'refuted', 'entered-in-error', 'differential', 'provisional'))
    return undefined
  const codes = codingsOf(condition['code'])
  const morphologies = objectsOf(condition['extension'])
    .filter((one) => HISTOLOGY.test(textOf(one['url']) ?? ''))
    .flatMap((one) => codingsOf(one['valueCodeableConcept']))
  const sites = objectsOf(condition['bodySite'])
    .flatMap((one) => codingsOf(one))
    .filter(({ code }) => /^C\d\d(\.\d)?$/.test(code))
  const morphology = morphologies.find(({ code }) => /^\d{4}\/\d$/.test(code))
  const isCancer =
    urls.some((url) => /primary-cancer-condition/.test(url)) ||
    morphology !== undefined ||
    codes.some(({ system, code }) => /icd-10/.test(system) && /^(C\d|D0|D3[7-9]|D4[0-8])/.test(code)) ||
    codes.some(({ system }) => /icd-o|oncotree|ncicb|ncithesaurus/i.test(system))
  if (!isCancer) return undefined
  const told = [
    ...(morphology === undefined
      ? []
      : [`${sites[0] === undefined ? '' : `${sites[0].code} `}${morphology.code}`]),
    ...codes.map(({ system, code }) => (/oncotree/i.test(system) ? code : `${system}|${code}`)),
    ...morphologies.filter((one) => one !== morphology).map(({ system, code }) => `${system}|${code}`),
  ]
  return told.length === 0 ? undefined : [...new Set(told)].join('; ')
}
