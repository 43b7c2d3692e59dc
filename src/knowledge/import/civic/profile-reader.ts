import { translateProfile } from './profile-name.ts'
import { cell } from './release-rows.ts'
import { type Lift, type NamedVariant, type Translation, translateVariant } from './variant-name.ts'

type Row = Readonly<Record<string, string>>

/** Variants of 2019-2021 and molecular profiles of later releases, each as a category or with the reason why not. */
interface ProfileReader {
  /** "variant-12" or "profile-12" of a row of evidence or assertions; undefined: it names none. */
  idOf(row: Row): string | undefined
  /** id, name, category, reason. */
  rows(): (readonly string[])[]
}

export function profileReader(
  variants: readonly Row[],
  profiles: readonly Row[],
  lift: Lift,
  readable: (category: string) => boolean,
): ProfileReader {
  const made = new Map<string, readonly string[]>()
  const byName = new Map(variants.map((row) => [`${geneOf(row)} ${cell(row, 'variant')}`, row]))
  const liftHere = withReleaseOffsets(variants, lift)
  const keep = (id: string, name: string, found: Translation) => {
    const clear =
      'category' in found && !readable(found.category) ? { reason: 'the name is not understood' } : found
    made.set(id, 'category' in clear ? [id, name, clear.category, ''] : [id, name, '', clear.reason])
  }
  const single = (gene: string, name: string): Translation =>
    translateVariant(namedVariant(gene, name, byName.get(`${gene} ${name}`)), liftHere)
  const addProfile = (id: string, name: string) => {
    if (!made.has(id)) keep(id, name, translateProfile(name, single))
  }
  const later =
    profiles.length > 0 || variants.some((row) => row['single_variant_molecular_profile_id'] !== undefined)
  for (const row of profiles) addProfile(`profile-${cell(row, 'molecular_profile_id')}`, cell(row, 'name'))
  if (!later)
    for (const row of variants) {
      const [gene, name] = [geneOf(row), cell(row, 'variant')]
      keep(`variant-${cell(row, 'variant_id')}`, `${gene} ${name}`, single(gene, name))
    }
  return {
    idOf(row) {
      const profile = cell(row, 'molecular_profile_id')
      if (profile !== '') {
        addProfile(`profile-${profile}`, cell(row, 'molecular_profile'))
        return `profile-${profile}`
      }
      const variant = cell(row, 'variant_id')
      if (variant === '') return undefined
      const id = `variant-${variant}`
      const [gene, name] = [geneOf(row), cell(row, 'variant')]
      if (!made.has(id))
        keep(id, `${gene} ${name}`, translateVariant(namedVariant(gene, name, row), liftHere))
      return id
    },
    rows: () => [...made.values()],
  }
}

function geneOf(row: Row): string {
  return cell(row, 'gene', 'feature_name', 'feature')
}

function namedVariant(gene: string, name: string, row: Row | undefined): NamedVariant {
  const list = (...names: readonly string[]) => (row === undefined ? [] : cell(row, ...names).split(/,\s*/))
  const [from, to] = row === undefined ? [0, 0] : [Number(cell(row, 'start')), Number(cell(row, 'stop'))]
  const single =
    row !== undefined && cell(row, 'chromosome') !== '' && from > 0 && cell(row, 'chromosome2') === ''
  const build = row === undefined ? '' : cell(row, 'reference_build')
  const [ref, alt] = row === undefined ? ['', ''] : [cell(row, 'reference_bases'), cell(row, 'variant_bases')]
  const bases = /^[ACGT]*$/.test(ref) && /^[ACGT]*$/.test(alt)
  return {
    // A fusion of 2024 and later is its own feature: the gene is the partner that is named.
    gene: /::/.test(gene) ? (gene.split('::').find((one) => one !== 'v') ?? gene) : gene,
    name: /::/.test(gene) ? fusionText(gene, name) : name,
    types: list('variant_types'),
    hgvs: list('hgvs_expressions', 'hgvs_descriptions'),
    place:
      single && bases && (build === '' || build === 'GRCh37')
        ? { chromosome: cell(row, 'chromosome'), from, to: Math.max(from, to), ref, alt }
        : undefined,
  }
}

/** "v::ALK Fusion" is a fusion of ALK with any partner; "EML4::ALK e6-e20" names its exons. */
function fusionText(feature: string, name: string): string {
  const any = /^v::|::v$/.test(feature)
  const exons = /e(\d+)\s*[-:;]+\s*[ae](\d+)/i.exec(name)
  if (any) return 'fusion'
  return exons === null
    ? `${feature}${/^fusion$/i.test(name) ? '' : ` ${name}`}`
    : `${feature} E${exons[1]};A${exons[2]}`
}

/** Places that the release itself names on both builds lift the rest of their gene, where all of them agree. */
function withReleaseOffsets(variants: readonly Row[], lift: Lift): Lift {
  const spans = new Map<string, { from: number; to: number; offset: number | undefined }>()
  for (const row of variants) {
    const [start, chromosome] = [Number(cell(row, 'start')), cell(row, 'chromosome')]
    const found = /NC_0000\d\d\.\d+:g\.(\d+)[ACGT]>/g
    for (const [name, position] of cell(row, 'hgvs_expressions', 'hgvs_descriptions').matchAll(found)) {
      if (Number(position) === start || cell(row, 'start') === '' || !NEW[chromosome]?.test(name)) continue
      const [key, offset] = [`${chromosome} ${geneOf(row)}`, Number(position) - start]
      const known = spans.get(key) ?? { from: start, to: start, offset }
      spans.set(key, {
        from: Math.min(known.from, start),
        to: Math.max(known.to, start),
        offset: known.offset === offset ? offset : undefined,
      })
    }
  }
  const list = [...spans].map(([key, span]) => ({ chromosome: key.split(' ')[0]!, ...span }))
  return (chromosome, position) => {
    const direct = lift(chromosome, position)
    if (direct !== undefined) return direct
    const span = list.find(
      (one) => one.chromosome === chromosome && position >= one.from && position <= one.to,
    )
    return span?.offset === undefined ? undefined : position + span.offset
  }
}

/** RefSeq versions of GRCh38 by chromosome. */
const NEW: Readonly<Record<string, RegExp>> = Object.fromEntries(
  (
    [
      ['1', 11],
      ['2', 12],
      ['3', 12],
      ['4', 12],
      ['5', 10],
      ['6', 12],
      ['7', 14],
      ['8', 11],
      ['9', 12],
      ['10', 11],
      ['11', 10],
      ['12', 12],
      ['13', 11],
      ['14', 9],
      ['15', 10],
      ['16', 10],
      ['17', 11],
      ['18', 10],
      ['19', 10],
      ['20', 11],
      ['21', 9],
      ['22', 11],
      ['X', 11],
      ['Y', 10],
    ] as const
  ).map(([chromosome, version]) => [
    chromosome,
    new RegExp(
      `^NC_0000${chromosome === 'X' ? '23' : chromosome === 'Y' ? '24' : chromosome.padStart(2, '0')}\\.${version}:`,
    ),
  ]),
)
