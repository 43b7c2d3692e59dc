import type { Resource } from '../../record/resource.ts'

/**
 * Whether the disease is advanced, as the Conditions of the record say: a stage written as I to IV, or a metastasis that is
 * recorded. Stages III stand between early and advanced, and say neither; statements that differ leave it unknown.
 */
export function stageOf(conditions: readonly Resource[]): 'early' | 'advanced' | undefined {
  const found = new Set<'early' | 'advanced'>()
  for (const one of conditions) {
    if (!stands(one)) continue
    if (isMetastasis(one)) found.add('advanced')
    for (const text of stagesOf(one)) {
      const group = /\bstage\s*(?:group\s*)?(0|IV|I{1,3}|[1-4])(?:[ABC]\d?)?\b/i
        .exec(text)?.[1]
        ?.toUpperCase()
      if (group === 'IV' || group === '4') found.add('advanced')
      if (group === '0' || group === 'I' || group === 'II' || group === '1' || group === '2')
        found.add('early')
    }
  }
  return found.size === 1 ? [...found][0] : undefined
}

interface Concept {
  readonly text?: string
  readonly coding?: readonly { readonly system?: string; readonly code?: string; readonly display?: string }[]
}

const conceptOf = (value: unknown) => (value ?? {}) as Concept
const codes = (value: unknown) => (conceptOf(value).coding ?? []).flatMap(({ code }) => code ?? [])

function stands(one: Resource): boolean {
  return (
    one.resourceType === 'Condition' &&
    !codes(one['verificationStatus']).some((code) => code === 'refuted' || code === 'entered-in-error') &&
    !codes(one['clinicalStatus']).some((code) => code === 'inactive' || code === 'resolved')
  )
}

/** Codes of secondary tumours: ICD-10 C77 to C79; profile of mCODE. */
function isMetastasis(one: Resource): boolean {
  const { coding = [] } = conceptOf(one['code'])
  return (
    coding.some(({ system, code }) => /icd-?10/i.test(system ?? '') && /^C7[789]/.test(code ?? '')) ||
    (one.meta?.profile ?? []).some((profile) => /secondary-cancer/.test(profile))
  )
}

function stagesOf(one: Resource): readonly string[] {
  const stages = Array.isArray(one['stage']) ? (one['stage'] as { readonly summary?: unknown }[]) : []
  return stages.flatMap(({ summary }) => {
    const { text, coding = [] } = conceptOf(summary)
    return [text, ...coding.map(({ display }) => display)].flatMap((said) => said ?? [])
  })
}
