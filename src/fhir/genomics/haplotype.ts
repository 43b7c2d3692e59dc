import type { Resource } from '../../record/resource.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { codings, isCoded, values } from './component.ts'
import { isPresent } from './stored-variant.ts'

/** Genotype and haplotype Observations: star alleles, HLA types. */
export function isHaplotype(observation: Resource): boolean {
  return isCoded(observation, GENOMIC.genotype, GENOMIC.haplotype) && isPresent(observation)
}

/** "http://…|HGNC:2625", "HGNC:2625" or "CYP2D6": whether the Observation is of that gene. */
export function isOfGene(observation: Resource, token: string): boolean {
  const code = token.slice(token.lastIndexOf('|') + 1)
  return (
    values(observation, GENOMIC.geneStudied).some((one) => one.code === code || one.display === code) ||
    names(observation).some((name) => geneIn(name) === code)
  )
}

/**
 * Whether the Observation holds a named haplotype or diplotype: "CYP2C19" (any of the gene), "CYP2C19 *1/*17" (the whole),
 * "CYP2C19 *17" or "HLA-B*08" (one of its alleles, or an allele of that group).
 */
export function holds(observation: Resource, token: string): boolean {
  const bar = token.lastIndexOf('|')
  const [system, asked] = bar < 0 ? [undefined, token] : [token.slice(0, bar), token.slice(bar + 1)]
  if (!/[*/\s]/.test(asked)) return isOfGene(observation, asked)
  return names(observation, system).some(
    (name) => name === asked || alleles(name).some((one) => isAllele(one, asked)),
  )
}

function names(observation: Resource, system?: string): readonly string[] {
  return codings(observation['valueCodeableConcept'])
    .filter((one) => system === undefined || one.system === system)
    .flatMap((one) => [one.code, one.display])
    .filter((one) => one !== undefined)
}

function geneIn(name: string): string {
  return alleles(name)[0]?.split(/[\s*]/, 1)[0] ?? name
}

/** Alleles of a diplotype or GL string, each with its gene: "CYP2C19 *1/*17" gives "CYP2C19*1" and "CYP2C19*17". */
function alleles(name: string): readonly string[] {
  const list = name.slice(name.lastIndexOf('#') + 1)
  let gene = ''
  return list.split(/[/+~^|]/).map((part) => {
    const one = part.trim().replace(/\s+(?=\*)/, '')
    const star = one.indexOf('*')
    if (star > 0) gene = one.slice(0, star)
    return star === 0 ? `${gene}${one}` : one
  })
}

/**
 * "HLA-B*08" asks for every allele of the group. An allele typed only to its group, or by a code for several alleles
 * ("DRB1*13:AKBAR"), may be the one asked for, and is given: the Observation shows how far it was typed.
 */
function isAllele(allele: string, asked: string): boolean {
  const wanted = asked.replace(/\s+(?=\*)/, '').replace(/^HLA-/, '')
  const had = allele.replace(/^HLA-/, '')
  if (had === wanted || had.startsWith(`${wanted}:`)) return true
  const [group = '', second] = had.split(':')
  return second !== undefined && /^[A-Z]{2,}$/.test(second) && wanted.startsWith(`${group}:`)
}
