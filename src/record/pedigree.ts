/** One member of a family as a PED file names it. */
export interface PedigreeMember {
  readonly family: string
  /** Name of the member, which is the name of the sample in a file of genotypes. */
  readonly id: string
  /** Name of the parent, who need not be a member; undefined: not named. */
  readonly father: string | undefined
  readonly mother: string | undefined
  readonly sex: 'male' | 'female' | 'unknown'
  /** undefined: not known. */
  readonly affected: boolean | undefined
}

export interface Pedigree {
  readonly members: readonly PedigreeMember[]
}
