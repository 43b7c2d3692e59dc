import type { Approval } from '../../knowledge/tumor/approvals.ts'

const SETTINGS: Readonly<Record<string, string>> = {
  new: 'newly diagnosed',
  mrd: 'in remission with minimal residual disease',
  relapsed: 'relapsed or refractory',
  'unresectable-stage-iii': 'unresectable stage III',
}

/** The approval in a sentence of our own, from its codes: no label is quoted. */
export function indicationText(one: Approval): string {
  const setting = SETTINGS[one.setting] ?? one.setting.replaceAll('-', ' ')
  const line = { '': '', '1': 'first line', '2+': 'second line or later', '3+': 'third line or later' }[
    one.line
  ]
  return [
    `${one.drug}${regimensText(one.regimens)}`,
    `: ${one.disease.words}`,
    ...[setting, line, one.biomarker, one.detail, one.population]
      .filter((part) => part !== '')
      .map((part) => `, ${part}`),
  ].join('')
}

/** " with tamoxifen, or with letrozole"; empty when it is given alone. */
export function regimensText(regimens: readonly (readonly string[])[]): string {
  return regimens
    .map((one, place) =>
      one.length === 0
        ? place === 0
          ? ''
          : ', or alone'
        : `${place === 0 ? '' : ', or'} with ${one.join(' + ')}`,
    )
    .join('')
}
