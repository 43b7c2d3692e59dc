import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { garrod } from '../../support/command-line.ts'

/** One tumour as a board reads it, and what every board would expect of the answer. */
export interface BoardCase {
  readonly name: string
  readonly diagnosis: string
  /** "EGFR L858R", "BRCA1 Q1756fs 50%" (of 100 reads), "MET splice exon 14", "KRAS G12=". */
  readonly changes?: readonly string[]
  /** "ERBB2 amplification". */
  readonly copies?: readonly string[]
  /** "EML4::ALK", "KIF5B::RET out-of-frame". */
  readonly fusions?: readonly string[]
  /** "PD-L1 60 TPS": marker, value, scale. */
  readonly markers?: readonly string[]
  /** Options of the command line; left out, every gene was tested for everything. */
  readonly options?: string
  readonly expect: Expectation
}

/** An assay of all genes, for every kind of alteration. */
export const EVERYTHING = '--genes all --genes-fusion all --genes-copy-number all'

/** Every list names some, never all. A drug is offered where an approval of this disease is met and nothing blocks it. */
export interface Expectation {
  readonly offered?: readonly string[]
  readonly notOffered?: readonly string[]
  /** The same by the id of the approval. */
  readonly offeredIds?: readonly string[]
  readonly notOfferedIds?: readonly string[]
  /** The option that stands first is one of these. */
  readonly first?: readonly string[]
  /** Pairs of approvals, of which the first stands before the second. */
  readonly order?: readonly (readonly [string, string])[]
  /** What is said to be missing of a drug that is open. */
  readonly missing?: Readonly<Record<string, RegExp>>
  /** What has to be said against a drug. */
  readonly against?: Readonly<Record<string, RegExp>>
  /** Met in this disease, but defeated by a change of the tumour. */
  readonly blocked?: readonly string[]
  /** Held open by a missing datum, in this disease. */
  readonly open?: readonly string[]
  readonly notOpen?: readonly string[]
  /** An approval of this disease that the tumour excludes. */
  readonly excluded?: readonly string[]
  /** Approved for another disease only. */
  readonly elsewhere?: readonly string[]
  /** Alteration to tier and level: "I-A", "II-C", "III". */
  readonly tiers?: Readonly<Record<string, string>>
  /** Alteration to drugs that it is not sensitive to on tier I. */
  readonly notTierOne?: Readonly<Record<string, readonly string[]>>
  /** Change to class of oncogenicity. */
  readonly oncogenicity?: Readonly<Record<string, string>>
  /** Score to its call. */
  readonly scores?: Readonly<Record<string, string>>
}

const CLASSES: readonly (readonly [RegExp, string])[] = [
  [/^splice/, 'Splice_Site'],
  [/=$/, 'Silent'],
  [/fs/, 'Frame_Shift_Del'],
  [/del(ins)?[A-Z]*$/, 'In_Frame_Del'],
  [/(ins[A-Z]+|dup)$/, 'In_Frame_Ins'],
  [/\*$/, 'Nonsense_Mutation'],
]

/** The files of a case as laboratories send them. */
function filesOf(one: BoardCase): Readonly<Record<string, string>> {
  const rows = (one.changes ?? []).map((text) => {
    const [gene = '', ...words] = text.split(' ')
    const share = words.find((word) => word.endsWith('%'))
    const change = words.filter((word) => word !== share && !/^(exon|\d+)$/.test(word)).join(' ')
    const exon = / exon (\d+)/.exec(text)?.[1]
    const type = CLASSES.find(([shape]) => shape.test(change))?.[1] ?? 'Missense_Mutation'
    const reads = Number.parseInt(share ?? '30', 10)
    const protein = type === 'Splice_Site' ? '' : `p.${change}`
    return [gene, protein, type, exon === undefined ? '' : `${exon}/21`, 100 - reads, reads].join('\t')
  })
  return {
    ...(one.changes === undefined
      ? {}
      : {
          'calls.maf': `Hugo_Symbol\tHGVSp_Short\tVariant_Classification\tEXON\tt_ref_count\tt_alt_count\n${rows.map((row) => `${row}\n`).join('')}`,
        }),
    ...(one.copies === undefined
      ? {}
      : { 'copies.tsv': `gene\tcall\n${one.copies.map((text) => `${text.replace(' ', '\t')}\n`).join('')}` }),
    ...(one.fusions === undefined
      ? {}
      : {
          'fusions.tsv': `gene1\tgene2\treading_frame\n${one.fusions.map((text) => `${text.replace('::', '\t').replace(' ', '\t')}\n`).join('')}`,
        }),
    ...(one.markers === undefined
      ? {}
      : {
          'markers.tsv': `marker\tvalue\tscale\tassay\n${one.markers.map((text) => `${text.split(' ').join('\t')}\n`).join('')}`,
        }),
  }
}

interface Option {
  readonly id: string
  readonly drug: string
  readonly standing: string
  readonly blocked: boolean
  readonly against: readonly string[]
  readonly missing: readonly string[]
}

export interface BoardAnswer {
  readonly oncogenicity: {
    readonly variants: readonly {
      readonly variant: { readonly hgvsP?: string }
      readonly oncogenicity: { readonly class: string }
    }[]
  }
  readonly scores: Readonly<Record<string, { readonly state?: string }>>
  readonly tiers: {
    readonly alterations: readonly {
      readonly name: string
      readonly tier: string
      readonly level?: string
      readonly statements: readonly {
        readonly effect: string
        readonly therapies: readonly string[]
        readonly tier: string
      }[]
    }[]
  }
  readonly therapies: {
    readonly options: readonly Option[]
    readonly open: readonly Option[]
    readonly excluded: readonly Option[]
  }
}

/** The tumour of a case, as `garrod tumor --json` answers it. Throws what the command printed where it could not. */
export async function askBoard(one: BoardCase): Promise<BoardAnswer> {
  const folder = await mkdtemp(join(tmpdir(), 'garrod-board-'))
  try {
    const paths: string[] = []
    for (const [name, text] of Object.entries(filesOf(one))) {
      await writeFile(join(folder, name), text)
      paths.push(join(folder, name))
    }
    const words = (one.options ?? EVERYTHING).split(' ')
    const { exit, out, err } = await garrod(
      'tumor',
      ...paths,
      '--diagnosis',
      one.diagnosis,
      ...words,
      '--json',
    )
    if (exit > 1) throw new Error(`exit ${exit}: ${err}`)
    return (JSON.parse(out) as { tumors: readonly BoardAnswer[] }).tumors[0]!
  } finally {
    await rm(folder, { recursive: true })
  }
}
