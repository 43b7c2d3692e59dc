import type { SomaticVariant } from '../../../record/tumor-profile.ts'
import { formatHgvs } from '../../../variant/hgvs/format.ts'
import { parseHgvs } from '../../../variant/hgvs/parse.ts'

/**
 * Calls of one place and change are one variant, and so is one without a place under the name of one that has it. The call that
 * knows the protein is kept, and takes what it lacks from the other.
 */
export function withoutDoubles(all: readonly SomaticVariant[]): {
  readonly variants: SomaticVariant[]
  readonly twice: number
} {
  const kept = new Map<string, SomaticVariant>()
  const placeless: SomaticVariant[] = []
  for (const one of all) {
    const { place } = one
    if (place === undefined) placeless.push(one)
    else put(kept, `${one.assembly} ${place.chromosome}:${place.position}:${place.ref}:${place.alt}`, one)
  }
  if (placeless.length > 0) {
    const keys = new Map<string, string>()
    for (const [key, one] of kept) {
      const name = nameOf(one)
      if (name !== undefined && !keys.has(name)) keys.set(name, key)
    }
    for (const [i, one] of placeless.entries()) {
      const name = nameOf(one)
      put(kept, (name === undefined ? undefined : keys.get(name)) ?? name ?? `#${i}`, one)
    }
  }
  return { variants: [...kept.values()], twice: all.length - kept.size }
}

function put(kept: Map<string, SomaticVariant>, key: string, one: SomaticVariant): void {
  const before = kept.get(key)
  if (before === undefined) kept.set(key, one)
  else
    kept.set(
      key,
      one.hgvsP !== undefined && before.hgvsP === undefined
        ? { ...before, ...one, place: before.place ?? one.place }
        : { ...one, ...before, place: before.place ?? one.place },
    )
}

/** "KRAS p.Gly12Asp", however the protein is spelled. */
function nameOf({ gene, hgvsP }: SomaticVariant): string | undefined {
  if (gene === undefined || hgvsP === undefined) return undefined
  const text = hgvsP.replace(/^.*?:(?=p\.)/, '').replaceAll('%3D', '=')
  try {
    return `${gene} ${formatHgvs(parseHgvs(text)).replace(/[()]/g, '')}`
  } catch {
    // A name that HGVS does not know is only ever equal to itself.
    return `${gene} ${text}`
  }
}
