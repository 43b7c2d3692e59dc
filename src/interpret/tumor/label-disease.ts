import type { LabelDisease } from '../../knowledge/tumor/approvals.ts'
import type { OncoTree } from '../../knowledge/tumor/oncotree.ts'
import type { Judged } from '../finding/therapy.ts'

/** Whether a tumour type is the disease of a label: the types it names and everything narrower; a broader one leaves it open. */
function judgeDisease(disease: LabelDisease, code: string | undefined, tree: OncoTree): Judged {
  if (code === undefined) return open('no diagnosis was given', 'the diagnosis')
  const type = tree.types.get(code)
  const name = type?.name ?? code
  const judged = (fits: boolean): Judged => ({
    state: fits ? 'met' : 'not-met',
    because: [`${name} is ${fits ? '' : 'not '}${disease.words}`],
    missing: [],
  })
  const above = tree.lineage(code)
  if (disease.except.some((one) => above.has(one))) return { ...judged(false), refused: true }
  if (disease.except.some((one) => tree.lineage(one).has(code)))
    return open(`${name} does not say whether it is ${disease.words}`, 'a narrower diagnosis')
  if (disease.solid) {
    const liquid = tree.isLiquid(code)
    return liquid === undefined
      ? open(`${name} does not say whether the tumour is solid`, 'a narrower diagnosis')
      : judged(!liquid)
  }
  if (disease.oncotree.length === 0)
    return open(`OncoTree has no type for ${disease.words}`, `whether it is ${disease.words}`)
  if (disease.oncotree.some((one) => above.has(one))) return judged(true)
  return disease.oncotree.some((one) => tree.lineage(one).has(code))
    ? open(`${name} is broader than ${disease.words}`, 'a narrower diagnosis')
    : judged(false)
}

/** Several types at once ("breast cancer"): decided where all of them agree. */
export function judgeAll(
  disease: LabelDisease,
  codes: string | readonly string[] | undefined,
  tree: OncoTree,
): Judged {
  if (typeof codes === 'string' || codes === undefined) return judgeDisease(disease, codes, tree)
  const all = codes.map((code) => judgeDisease(disease, code, tree))
  const [first = judgeDisease(disease, undefined, tree)] = all
  if (all.every(({ state }) => state === first.state)) return first
  return open(`part of the diagnosis is ${disease.words}, part is not`, 'a narrower diagnosis')
}

function open(because: string, missing: string): Judged {
  return { state: 'unknown', because: [because], missing: [missing] }
}
