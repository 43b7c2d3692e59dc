import type { Declarations, DeclaredField } from '../../../variant/normalise/variant-record.ts'

/** Fields per allele that the specification reserves (VCF 4.3, tables 1 and 2; local ones 4.5), for a header that leaves them out. */
const RESERVED_INFO = { AC: 'A', AF: 'A', AD: 'R', ADF: 'R', ADR: 'R' }
const RESERVED_FORMAT = {
  ...{ AD: 'R', ADF: 'R', ADR: 'R', EC: 'A', GL: 'G', GP: 'G', PL: 'G', PP: 'G' },
  ...{ LAD: 'LR', LADF: 'LR', LADR: 'LR', LEC: 'LA', LGL: 'LG', LGP: 'LG', LPL: 'LG', LPP: 'LG' },
}

/** Collects what "##INFO" and "##FORMAT" lines declare. */
export class DeclaredFields implements Declarations {
  readonly info = reserved(RESERVED_INFO)
  readonly format = reserved(RESERVED_FORMAT)
  readonly #said = new Set<string>()

  meta(text: string): void {
    const match = /^##(INFO|FORMAT)=<(.*)>\s*$/.exec(text)
    if (match === null) return
    const id = /(?:^|,)ID=([^,>]+)/.exec(match[2]!)?.[1]
    // Of two lines the first counts, as "vcf check" says and bcftools does.
    if (id === undefined || this.#said.has(`${match[1]} ${id}`)) return
    this.#said.add(`${match[1]} ${id}`)
    const number = /(?:^|,)Number=([^,>]+)/.exec(match[2]!)?.[1] ?? '.'
    const type = /(?:^|,)Type=([^,>]+)/.exec(match[2]!)?.[1] ?? 'String'
    const fields = match[1] === 'INFO' ? this.info : this.format
    fields.set(id, { number, type })
  }
}

function reserved(numbers: Readonly<Record<string, string>>): Map<string, DeclaredField> {
  const type = (key: string): string => (/^(AF|L?GL|L?GP|PP)$/.test(key) ? 'Float' : 'Integer')
  return new Map(Object.entries(numbers).map(([key, number]) => [key, { number, type: type(key) }]))
}
