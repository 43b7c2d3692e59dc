import type { Contradiction, ReceivedTumor } from '../../../record/tumor-part.ts'
import type { TumorAssay } from '../../../record/tumor-profile.ts'

const OPTION = {
  name: '--assay',
  design: '--design',
  specimen: '--specimen',
  codingMegabases: '--megabases',
  calledMegabases: '--called-megabases',
  detectionLimit: '--detection-limit',
} as const

/** The tumour with what the user says of its assay. It goes before what files say; where they differ, both are shown as a contradiction. */
export function withAssay(received: ReceivedTumor, stated: Partial<TumorAssay>): ReceivedTumor {
  if (Object.keys(stated).length === 0) return received
  const { profile, parts, contradictions } = received
  const keys = Object.keys(OPTION) as (keyof typeof OPTION)[]
  const found = keys.flatMap((key): Contradiction[] => {
    const [here, there] = [stated[key], profile.assay?.[key]]
    if (here === undefined || there === undefined || here === there) return []
    const file = parts.find(({ said }) => said.assay?.[key] === there)?.file ?? 'files'
    return [
      {
        about: `assay (${OPTION[key]})`,
        statements: [
          { says: String(here), file: OPTION[key] },
          { says: String(there), file },
        ],
      },
    ]
  })
  return {
    ...received,
    profile: { ...profile, assay: { name: undefined, design: undefined, ...profile.assay, ...stated } },
    contradictions: [...found, ...contradictions],
  }
}
