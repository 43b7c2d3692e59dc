/** Minor version of VCF 4: 1 to 5. */
export type Minor = 1 | 2 | 3 | 4 | 5

/** What a section of the specification is about; the numbers of sections differ between versions. */
export type Topic =
  | 'encoding'
  | 'types'
  | 'meta'
  | 'fileformat'
  | 'info-meta'
  | 'filter-meta'
  | 'format-meta'
  | 'alt-meta'
  | 'assembly'
  | 'contig'
  | 'sample-meta'
  | 'pedigree'
  | 'header'
  | 'data'
  | 'fixed'
  | 'genotype'
  | 'sv-info'
  | 'breakend'

/** Sections of VCF 4.3 to 4.5; 4.1 and 4.2 lack 1.2 (encoding) and 1.3 (types), so later ones stand two lower. */
const SECTIONS: Readonly<Record<Topic, readonly [upTo42: string, from43: string]>> = {
  encoding: ['1', '1.2'],
  types: ['1.2', '1.3'],
  meta: ['1.2', '1.4'],
  fileformat: ['1.2.1', '1.4.1'],
  'info-meta': ['1.2.2', '1.4.2'],
  'filter-meta': ['1.2.3', '1.4.3'],
  'format-meta': ['1.2.4', '1.4.4'],
  'alt-meta': ['1.2.5', '1.4.5'],
  assembly: ['1.2.6', '1.4.6'],
  contig: ['1.2.7', '1.4.7'],
  'sample-meta': ['1.2.8', '1.4.8'],
  pedigree: ['1.2.9', '1.4.9'],
  header: ['1.3', '1.5'],
  data: ['1.4', '1.6'],
  fixed: ['1.4.1', '1.6.1'],
  genotype: ['1.4.2', '1.6.2'],
  'sv-info': ['3', '3'],
  breakend: ['5.4', '5.4'],
}

/** "VCF 4.3 section 1.6.1". */
export function sectionOf(topic: Topic, minor: Minor): string {
  return `VCF 4.${minor} section ${SECTIONS[topic][minor < 3 ? 0 : 1]}`
}

/** The minor version of a "##fileformat" line, "other" when it is VCF of another version, undefined when it is neither. */
export function minorOf(line: string): Minor | 'other' | undefined {
  const found = /^##fileformat=VCFv(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(line)
  if (found === null) return undefined
  const minor = Number(found[2])
  return found[1] === '4' && minor >= 1 && minor <= 5 ? (minor as Minor) : 'other'
}
