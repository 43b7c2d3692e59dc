import { phasedAlleles } from '../model/genotype-text.ts'
import { shown } from './findings.ts'
import { piecesOf } from './pieces.ts'
import type { RecordUnderCheck } from './record-under-check.ts'

/** PS and PSL of a sample, as VCF 4.4 and 4.5 join them with GT (section 1.6.2). */
export function checkPhaseSets(
  keys: readonly { readonly name: string }[],
  fields: readonly string[],
  column: string,
  { report }: RecordUnderCheck,
): void {
  const list = at(keys, fields, 'PSL')
  if (list === undefined) return
  const set = at(keys, fields, 'PS')
  const values = piecesOf(list, ',')
  if (values.every((one) => one === '.')) return
  if (set !== undefined)
    report('VCF_PHASE_SET', column, 'PSL', () => `PS is ${shown(set)} and PSL ${shown(list)}`)
  const genotype = at(keys, fields, 'GT')
  if (genotype === undefined) return
  const alleles = phasedAlleles(genotype)
  // Another number of values is a finding of its own.
  if (alleles.length !== values.length) return
  const wrong = alleles.findIndex(({ phased }, i) => !phased && values[i] !== '.')
  if (wrong >= 0)
    report(
      'VCF_PHASE_SET',
      column,
      'PSL',
      () => `allele ${wrong + 1} of GT ${shown(genotype)} is not phased, PSL is ${shown(list)}`,
    )
}

/** Undefined where the key is not there or its value missing. */
function at(
  keys: readonly { readonly name: string }[],
  fields: readonly string[],
  name: string,
): string | undefined {
  const i = keys.findIndex((key) => key.name === name)
  const text = i < 0 ? undefined : fields[i]
  return text === '.' || text === '' ? undefined : text
}
