import { type GeneNames, geneKey } from '../../../knowledge/trials/trial-genes.ts'
import { type Change, changesAfter, changeWritten } from './change-words.ts'

/** Genes named in a text. */
export interface GeneMention {
  /** More than one where the text names a group ("BRCA", "DNA damage repair genes"). */
  readonly genes: readonly string[]
  readonly group: boolean
  /** Characters of the text, from 0: [start, end). */
  readonly start: number
  readonly end: number
  /** A change written onto the name: "KRASG12C", "EGFR-mutant". */
  readonly change?: Change
}

/** A name as genes have them: it begins with a letter, and "BRCA1/2" or "CDK4/6" is one. */
const NAME =
  /(?<![A-Za-z0-9])[A-Za-z](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])|::(?=[A-Za-z])){1,20}(?:\/(?:neu|[0-9][A-Za-z]?)(?![A-Za-z0-9]))*/g
/** What makes a name a gene's in this sentence. */
const CONTEXT =
  /mutat|mutant|alter(?:ed|ation)|aberrat|variant|amplif|delet|fusion|transloc|rearrang|\bgenes?\b|genotyp|wild[- ]?type|over-?express|express(?:ion|ing)|loss of|inactivat|\bLOF\b|defici|defect|copy number|germline|somatic|::|\bexon\b|codon|truncat|pathogenic|carrier|positive|negative|[A-Z]\d{2,4}(?:[A-Z*]|fs|X)?\b|\bITD\b|FISH|\bIHC\b|sequenc/i
/** Behind a name: it is the target of a drug, not what a tumour has. */
const TARGETED =
  /^[- ]?(?:\/[A-Za-z0-9-]+)*[- ]?(?:\b(?:and|or|and\/or) [A-Za-z0-9-]+ ?)?(?:kinase |small[- ]molecule |pathway |checkpoint )*(?:inhibit|antagon|agonist|antibod|block|targeted|targeting|directed|degrader|substrate|inducer|vaccine|CAR\b|TKI\b)/i
/** "KRAS G12C inhibitor": the change belongs to the target. */
const WRITTEN_BEHIND = /^[- ](?:[A-Z]\d{2,4}[A-Z*]?|exon \d{1,2}(?: \w+)?|mutant|fusion)(?=[- ])/
const BEFORE_TARGET =
  /(?:anti-?|inhibit(?:ors?|ion) of |targeting |against |isoenzymes? |isozymes? |cytochrome |enzymes? )$/i
/** Beside a name that is a word too, within a few words. */
const CLOSE =
  /^(?:[-\s,/()]*(?:and|or|gene|genes|exon|kinase)?){0,4}\s*[-(]?\s*(?:mutat|mutant|alter|aberrat|variant|amplif|delet|fusion|transloc|rearrang|gene\b|exon \d|wild|overexpress|loss|positive|negative|[A-Z]\d{2,4}[A-Z*]?\b)/i
const CLOSE_BEFORE =
  /(?:mutat\w*|mutant|alterations?|aberrations?|amplifications?|fusions?|rearrangements?|deletions?|loss|genes?)\s+(?:in|of|for)\s+(?:the\s+)?(?:[A-Z0-9]+(?:,\s*|\s+(?:or|and)\s+|\/))*$/
const DRUG_ENZYME = /^(?:CYP\d|UGT\d|ABCB|ABCG|SLCO|OATP|PGP|P450)/
const MOST_CHARACTERS = 20_000

/**
 * Genes named in a criterion, in the order of the text. A name counts where the text speaks of changes, expression or genes;
 * a name that is a word, a test or a disease too ("MET", "ALL", "CRP") only in capitals and right beside such a word. The
 * target of a drug ("PARP inhibitor", "anti-PD-1") and enzymes that break drugs down are left out.
 */
export function geneMentions(whole: string, names: GeneNames): readonly GeneMention[] {
  const text = whole.slice(0, MOST_CHARACTERS)
  if (!CONTEXT.test(text)) return []
  const found: GeneMention[] = [...groupPhrases(text, names)]
  for (const { 0: name, index } of text.matchAll(NAME)) {
    const end = index + name.length
    if (found.some((one) => one.start < end && index < one.end)) continue
    const [before, after] = [text.slice(Math.max(0, index - 60), index), text.slice(end, end + 80)]
    const one = namedGenes(name, names)
    if (one === undefined) continue
    if (one.risky && !(CLOSE.test(after) || CLOSE_BEFORE.test(before))) continue
    if (TARGETED.test(after.replace(WRITTEN_BEHIND, '')) || BEFORE_TARGET.test(before)) continue
    const { risky: _risky, ...mention } = one
    found.push({ ...mention, start: index, end })
  }
  for (const mention of lettersAfter(text, found, names)) found.push(mention)
  return found.sort((a, b) => a.start - b.start)
}

interface Named {
  readonly genes: readonly string[]
  readonly group: boolean
  readonly change?: Change
  readonly risky: boolean
}

const WRITTEN_ON = /-(?:ITD|mutant|mutated|positive|negative|amplified|rearranged|altered|deficient)$/i

/** "EGFR-sensitizing mutation" */
const DRIVING = /-(?:activating|sensiti[sz]ing|driver|inactivating)$/i

function namedGenes(name: string, names: GeneNames): Named | undefined {
  const [suffix] = WRITTEN_ON.exec(name) ?? []
  if (suffix !== undefined) {
    const named = namedGenes(name.slice(0, -suffix.length), names)
    const [change] = changesAfter(suffix.slice(1)).changes
    return named === undefined || change === undefined ? named : { ...named, change, risky: false }
  }
  const [adjective] = DRIVING.exec(name) ?? []
  if (adjective !== undefined) return namedGenes(name.slice(0, -adjective.length), names)
  const fusion = fusionOf(name, names)
  if (fusion !== undefined) return fusion
  const bare = name
  const group = names.groups.get(bare.toLowerCase())
  const capitals = bare === bare.toUpperCase()
  if (group !== undefined && (capitals || /\d|^c-|^p\d/i.test(bare) || bare.endsWith('x')))
    return { genes: group, group: group.length > 1, risky: names.ordinary.has(geneKey(bare)) }
  const slashes = bare.split('/')
  if (slashes.length > 1) return slashedGenes(slashes, names)
  const gene = geneOf(bare, names)
  if (gene !== undefined) {
    return DRUG_ENZYME.test(bare.toUpperCase())
      ? undefined
      : { genes: [gene], group: false, risky: names.ordinary.has(geneKey(bare)) || bare.length < 3 }
  }
  // "KRASG12C", "BRAFV600E"; "KRASG12" leaves the new amino acid open.
  const [, glued, change] =
    /^([A-Z][A-Z0-9]{2,7}?)([ACDEFGHIKLMNPQRSTVWY]\d{1,4}[ACDEFGHIKLMNPQRSTVWXY*]?)$/.exec(bare) ?? []
  const owner = glued === undefined ? undefined : geneOf(glued, names)
  return owner === undefined || names.ordinary.has(glued!)
    ? undefined
    : { genes: [owner], group: false, change: changeWritten(change!), risky: false }
}

/** "EML4-ALK", "BCR::ABL1": one gene fused to the other. */
function fusionOf(name: string, names: GeneNames): Named | undefined {
  const [first, second, more] = name.split(/::|-/)
  if (first === undefined || second === undefined || more !== undefined || geneOf(name, names) !== undefined)
    return undefined
  const [left, right] = [geneOf(first, names), geneOf(second, names)]
  if (left === undefined || right === undefined || first.length < 3 || second.length < 3) return undefined
  return { genes: [right], group: false, change: { kind: 'fusion', partner: left }, risky: false }
}

/** The gene of a name in capitals; names with lower case letters must be as the catalogue has them, "c-Met". */
function geneOf(name: string, names: GeneNames): string | undefined {
  const found = names.symbols.get(geneKey(name))
  if (found === undefined) return undefined
  return name === name.toUpperCase() || /^(?:c-?[A-Z]|[A-Z][a-z]{1,2}[A-Z]?\d|C\d+orf)/.test(name)
    ? found
    : undefined
}

/** "BRCA1/2", "CDK4/6", "CDKN2A/B": the last sign of the first name is exchanged. */
function slashedGenes([first, ...rest]: readonly string[], names: GeneNames): Named | undefined {
  const start = geneOf(first!, names)
  if (start === undefined) return undefined
  const others = rest.flatMap((part) => geneOf(`${first!.slice(0, -part.length)}${part}`, names) ?? [])
  return { genes: [start, ...others], group: false, risky: false }
}

/** Groups that are named in words: "homologous recombination repair genes". */
function* groupPhrases(text: string, names: GeneNames): Generator<GeneMention> {
  const lower = text.toLowerCase()
  for (const [name, genes] of names.groups) {
    if (!name.includes(' ')) continue
    for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + name.length)) {
      const after = text.slice(at + name.length, at + name.length + 80)
      if (TARGETED.test(after)) continue
      yield { genes, group: true, start: at, end: at + name.length }
    }
  }
}

/** "CDKN2A/B or C", "AKT1, 2 or 3", "FANCA, -B, -C": signs that stand for the end of the name before. */
function* lettersAfter(
  text: string,
  found: readonly GeneMention[],
  names: GeneNames,
): Generator<GeneMention> {
  for (const { genes, start, end, group } of found) {
    const name = text.slice(start, end).split('/')[0]!
    if (group || genes.length === 0) continue
    const [tail] =
      /^(?:(?:\s*,\s*|\s+(?:or|and|and\/or)\s+|\s*\/\s*)-?[A-Z0-9](?![A-Za-z0-9]))+/.exec(
        text.slice(end, end + 60),
      ) ?? []
    if (tail === undefined) continue
    const more = [...tail.matchAll(/[A-Z0-9](?![A-Za-z0-9])/g)].flatMap(
      ([sign]) => geneOf(`${name.slice(0, -1)}${sign}`, names) ?? [],
    )
    if (more.length > 0) yield { genes: more, group: false, start: end, end: end + tail.length }
  }
}
