import type { SomaticVariant } from '../../../record/tumor-profile.ts'
import type { Field } from './somatic-reads.ts'

/** What a caller says of the origin of a record beside FILTER. */
interface SomaticStatus {
  readonly origin: SomaticVariant['origin']
  readonly tagged?: SomaticVariant['tagged']
  /** Why the record is not of the tumour alone. */
  readonly leaveOut: string | undefined
}

/** VarScan SS: 0 reference, 1 germline, 2 somatic, 3 loss of heterozygosity, 5 unknown. */
const VARSCAN: Readonly<Record<string, SomaticStatus>> = {
  '0': { origin: undefined, leaveOut: 'the caller says reference (SS=0)' },
  '1': { origin: 'germline', leaveOut: 'the caller says germline (SS=1)' },
  '2': { origin: 'somatic', leaveOut: undefined },
  '3': {
    origin: 'germline',
    leaveOut: 'the caller says loss of heterozygosity of a germline variant (SS=3)',
  },
}

/** VarDict STATUS, VarScan SS, DRAGEN GermlineStatus, and the flag SOMATIC. */
export function statusOf(info: Field, sample: Field): SomaticStatus {
  const status = info('STATUS')
  if (status !== undefined && /somatic/i.test(status)) return { origin: 'somatic', leaveOut: undefined }
  if (status !== undefined && /^(germline|strongloh|likelyloh|deletion)$/i.test(status))
    return { origin: 'germline', leaveOut: `the caller says ${status}` }
  const varScan = info('SS') ?? sample('SS')
  if (varScan !== undefined && Object.hasOwn(VARSCAN, varScan)) return VARSCAN[varScan]!
  // Without a matched normal DRAGEN tags what population data make look inherited; it stays in view as such.
  if (/^Germline/.test(info('GermlineStatus') ?? ''))
    return { origin: undefined, tagged: 'inherited', leaveOut: undefined }
  if (info('SOMATIC') !== undefined) return { origin: 'somatic', leaveOut: undefined }
  return { origin: undefined, leaveOut: undefined }
}
