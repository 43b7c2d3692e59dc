import type { Level } from '../../knowledge/guideline/guideline-rule.ts'
import { plainNumber, range } from './quantity.ts'

/**
 * A concentration to measure, as a remark: "trough, 2–4 hours after the dose; act below 200 ng/mL; target 150–300 ng/mL;
 * toxic above 500 ng/mL". Substances that the monitored thing already names are not repeated.
 */
export function levelText(level: Level, monitor: readonly string[] = []): string {
  const parts: string[] = []
  const when =
    level.hoursAfterDose === undefined
      ? ''
      : `${range(level.hoursAfterDose.from, level.hoursAfterDose.to)} hours after the dose`
  const sample =
    level.sample === 'any' ? '' : `${level.sample === 'steady-state' ? 'steady state' : level.sample}`
  if (sample !== '' || when !== '') parts.push([sample, when].filter((one) => one !== '').join(', '))
  const named = (level.of ?? []).length === 1 && monitor.some((code) => code.endsWith(`:${level.of![0]}`))
  const sum = (level.of ?? []).join(' + ')
  const what = sum === '' || named ? '' : `${sum} `
  const unit = level.unit.replace('ug', 'µg')
  const numbers: string[] = []
  if (level.actBelow !== undefined) numbers.push(`act below ${plainNumber(level.actBelow)} ${unit}`)
  if (level.aim !== undefined) numbers.push(`target ${what}${aim(level.aim)} ${unit}`)
  if (level.toxicAbove !== undefined)
    numbers.push(`${level.aim === undefined ? what : ''}toxic above ${plainNumber(level.toxicAbove)} ${unit}`)
  return [...parts, ...numbers].join('; ')
}

function aim({ from, to }: { readonly from: number; readonly to?: number | undefined }): string {
  if (to === undefined) return `above ${plainNumber(from)}`
  if (from === 0) return `below ${plainNumber(to)}`
  return from === to ? `about ${plainNumber(from)}` : range(from, to)
}
