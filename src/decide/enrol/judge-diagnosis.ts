import type { OncoTree } from '../../knowledge/tumor/oncotree.ts'
import type { DiagnosisLeaf } from './criterion.ts'
import { missing, onValue, type Ruling } from './ruling.ts'

/** A person's diagnosis, found in OncoTree or not. */
export interface PersonsDiagnosis {
  /** As it was sent; undefined when none was. */
  readonly sent: string | undefined
  readonly code: string | undefined
  /** It itself and everything broader. */
  readonly lineage: ReadonlySet<string>
}

export function findDiagnosis(sent: string | undefined, tree: OncoTree): PersonsDiagnosis {
  const code = sent === undefined ? undefined : tree.find(sent)?.code
  return { sent, code, lineage: code === undefined ? NOTHING : tree.lineage(code) }
}
const NOTHING: ReadonlySet<string> = new Set()

/**
 * Met by the type itself and anything narrower. A broader diagnosis than the trial asks for ("lung" for "lung
 * adenocarcinoma") is unknown: the histology would decide.
 */
export function judgeDiagnosis(
  leaf: DiagnosisLeaf,
  { sent, code, lineage }: PersonsDiagnosis,
  tree: OncoTree,
): Ruling {
  if (sent === undefined) return missing('diagnosis', 'no diagnosis is recorded')
  const wanted = leaf.in
  if (typeof wanted === 'object' && 'names' in wanted && wanted.names.has(sent))
    return onValue(true, 'diagnosis', sent)
  if (code === undefined) return judgeFormer(wanted, sent, tree)
  if (wanted === 'solid' || wanted === 'liquid') {
    const liquid = tree.isLiquid(code)
    return liquid === undefined
      ? missing('histology', `"${sent}" does not say whether the tumour is solid`)
      : onValue(liquid === (wanted === 'liquid'), 'diagnosis', sent)
  }
  if ('names' in wanted) return missing('diagnosis', `"${leaf.name}" is no longer a type of OncoTree`)
  if (lineage.has(wanted.code)) return onValue(true, 'diagnosis', sent)
  if (tree.lineage(wanted.code).has(code)) {
    return missing('histology', `the diagnosis "${sent}" is broader than "${leaf.name}"`)
  }
  return onValue(false, 'diagnosis', sent)
}

/** A name of an older release: placed where it stood then; between narrower types of today it cannot choose. */
function judgeFormer(wanted: DiagnosisLeaf['in'], sent: string, tree: OncoTree): Ruling {
  const unknown = missing('diagnosis', `the diagnosis "${sent}" is not in OncoTree ${tree.version}`)
  const place = tree.formerPlace(sent)
  if (place === undefined || (typeof wanted === 'object' && 'names' in wanted)) return unknown
  if (typeof wanted === 'object' && place.lineage.has(wanted.code)) return onValue(true, 'diagnosis', sent)
  if (place.liquid === undefined) return unknown
  const liquid = typeof wanted === 'object' ? tree.isLiquid(wanted.code) : wanted === 'liquid'
  if (liquid === undefined) return unknown
  if (liquid !== place.liquid) return onValue(false, 'diagnosis', sent)
  return typeof wanted === 'object' ? unknown : onValue(true, 'diagnosis', sent)
}
