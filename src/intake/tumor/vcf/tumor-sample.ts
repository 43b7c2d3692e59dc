import { Fault } from '../../../terms/fault.ts'

/** Which columns of a VCF are tumours, and which is the matched normal. */
export interface SampleRoles {
  readonly tumors: readonly string[]
  readonly normal: string | undefined
  /** In words: how that is known. */
  readonly because: string
  /** undefined: nothing tells whether the caller had a matched normal. */
  readonly design: 'tumour-normal' | 'tumour-only' | undefined
}

/** What header lines say of samples: Mutect2 and DRAGEN name them, VCF 4.1 has PEDIGREE. */
export class SampleClaims {
  readonly tumors = new Set<string>()
  readonly normals = new Set<string>()
  somaticCaller = false

  meta(line: string): void {
    const [, kind, name] = /^##(tumou?r|normal)_sample=(.+)$/i.exec(line) ?? []
    if (kind !== undefined && name !== undefined)
      (kind.toLowerCase() === 'normal' ? this.normals : this.tumors).add(name.trim())
    const pedigree = /^##PEDIGREE=<(?:ID=[^,]*,)?Derived=([^,>]+),Original=([^,>]+)>/.exec(line)
    if (pedigree !== null) {
      this.tumors.add(pedigree[1]!)
      this.normals.add(pedigree[2]!)
    }
    if (/^##(source=Mutect2|MutectVersion|DRAGENCommandLine)/i.test(line)) this.somaticCaller = true
  }
}

const TUMOR = /(^|[^a-z])(tumou?r|cancer|metastasis)([^a-z]|$)/i
const NORMAL = /(^|[^a-z])(normal|germline|control|blood)([^a-z]|$)/i
/** Sample type of a TCGA barcode: 01 to 09 are tumours, 10 to 14 normals. */
const TCGA = /^TCGA-\w{2}-\w{4}-(\d{2})[A-Z]?(-|$)/

/**
 * Which column is the tumour: by --tumor-sample, by the header, by the names of the columns (TUMOR, NORMAL, TCGA barcodes).
 * Throws TUMOR_SAMPLE_UNKNOWN when a file has several columns and nothing tells.
 */
export function sampleRoles(
  samples: readonly string[],
  claims: SampleClaims,
  named: string | undefined,
  file: string,
): SampleRoles {
  const fault = (what: string) =>
    new Fault(
      'TUMOR_SAMPLE_UNKNOWN',
      file,
      what,
      `Name the column of the tumour with --tumor-sample. Columns: ${samples.slice(0, 20).join(', ')}.`,
    )
  const normalIn = (taken: readonly string[]) => {
    const others = samples.filter((one) => !taken.includes(one))
    const said = others.filter((one) => claims.normals.has(one) || isNormal(one))
    return said.length === 1 ? said[0] : samples.length === 2 && !isTumor(others[0]!) ? others[0] : undefined
  }
  const designOf = (normal: string | undefined): SampleRoles['design'] =>
    normal !== undefined || claims.normals.size > 0
      ? 'tumour-normal'
      : claims.somaticCaller || claims.tumors.size > 0
        ? 'tumour-only'
        : undefined
  const roles = (tumors: readonly string[], because: string): SampleRoles => {
    const normal = normalIn(tumors)
    return { tumors, normal, because, design: designOf(normal) }
  }
  if (named !== undefined) {
    if (!samples.includes(named)) throw fault(`the file has no column "${named}"`)
    return roles([named], 'named by --tumor-sample')
  }
  if (samples.length === 0)
    return { tumors: [], normal: undefined, because: 'no columns of samples', design: undefined }
  const claimed = samples.filter((one) => claims.tumors.has(one))
  if (claimed.length > 0) return roles(claimed, 'named by the header')
  const notNormal = samples.filter((one) => !claims.normals.has(one))
  if (claims.normals.size > 0 && notNormal.length > 0 && notNormal.length < samples.length)
    return roles(notNormal, 'the header names the normal')
  const [only, ...more] = samples
  if (more.length === 0) {
    if (isNormal(only!) && !isTumor(only!))
      throw fault(`the only column, "${only}", is a normal sample by its name`)
    return roles([only!], 'the only column')
  }
  const byName = samples.filter((one) => isTumor(one) && !isNormal(one))
  if (byName.length > 0) return roles(byName, 'by the names of the columns')
  const normals = samples.filter((one) => isNormal(one))
  if (normals.length === 1 && samples.length === 2)
    return roles(
      samples.filter((one) => one !== normals[0]),
      'by the names of the columns',
    )
  throw fault(`the file has ${samples.length} columns of samples, and nothing tells which is the tumour`)
}

function isTumor(name: string): boolean {
  const type = Number(TCGA.exec(name)?.[1])
  return TUMOR.test(name) || (type >= 1 && type <= 9)
}

function isNormal(name: string): boolean {
  const type = Number(TCGA.exec(name)?.[1])
  return NORMAL.test(name) || (type >= 10 && type <= 14)
}
