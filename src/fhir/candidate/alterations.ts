import type { Alteration, AlterationKind } from '../../record/candidate.ts'
import type { Resource } from '../../record/resource.ts'
import { codings, components, isCoded, LOINC, list, text, values } from '../genomics/component.ts'
import { isPresent } from '../genomics/stored-variant.ts'
import { claims, quantityOf, stands } from './observed.ts'
import { classificationOf, shortProteinName } from './protein-name.ts'

const PROTEIN = '48005-3'
const REGION_NAME = '47999-8'
/** Of LOINC's and the Sequence Ontology's words for what changed. */
const COPY_NUMBER = new Set(['LA14033-7', 'LA14034-5', 'SO:0001019', 'SO:0001742', 'SO:0001743'])
const FUSION = new Set(['SO:0001565', 'SO:0000806', 'SO:0001882', 'SO:0001886'])
const GERMLINE = new Set(['LA6683-2', 'LA18194-3', 'LA26807-0', 'LA10429-1', 'LA18196-8'])
const SOMATIC = new Set(['LA6684-0', 'LA18195-0'])

/** Whether a variant is said to be of the tumour; undefined when nobody says it. */
export function isSomatic(observation: Resource): boolean | undefined {
  const classes = values(observation, LOINC.sourceClass).flatMap(({ code }) => code ?? [])
  const somatic =
    classes.some((one) => SOMATIC.has(one)) || claims(observation, /^mcode-cancer-genetic-variant/)
  const germline = classes.some((one) => GERMLINE.has(one))
  return somatic === germline ? undefined : somatic
}

/**
 * Changes of the tumour of variant Observations (Genomics Reporting, 69548-6). Those that a person was born with are left
 * out; of those that do not say it, that is noted. A change that leaves the protein as it is counts as none.
 */
export function alterationsOf(resources: readonly Resource[]): readonly Alteration[] {
  return resources
    .filter((one) => stands(one) && isCoded(one, LOINC.variant) && isPresent(one))
    .flatMap((one) => {
      const somatic = isSomatic(one)
      return somatic === false ? [] : alterationOf(one, somatic === true)
    })
}

function alterationOf(observation: Resource, somatic: boolean): readonly Alteration[] {
  const genes = genesOf(observation)
  const [gene, other, third] = genes
  const kind = kindOf(observation, genes.length)
  const origin = somatic ? {} : { origin: 'unstated' as const }
  // Which of several genes has what is not said.
  if (gene === undefined || third !== undefined || (other !== undefined && kind !== 'fusion'))
    return [{ kind, gene: '', ...origin }]
  if (kind === 'fusion')
    return [{ kind, gene, ...(other === undefined ? {} : { partner: other }), ...origin }]
  if (kind === 'copy-number') return [{ kind, gene, ...copyNumberOf(observation), ...origin }]
  const proteinChange = [...values(observation, PROTEIN), { code: undefined, display: undefined }].flatMap(
    ({ code, display }) => shortProteinName(code ?? display ?? '') ?? [],
  )[0]
  const classification = proteinChange === undefined ? undefined : classificationOf(proteinChange)
  if (classification === 'Silent') return []
  const exon = exonOf(observation)
  return [
    {
      kind,
      gene,
      ...(proteinChange === undefined ? {} : { proteinChange }),
      ...(classification === undefined ? {} : { classification }),
      ...(exon === undefined ? {} : { exon }),
      ...origin,
    },
  ]
}

/** HGNC symbols of the genes studied, each once. */
export function genesOf(observation: Resource): readonly string[] {
  const symbols = components(observation, LOINC.gene).flatMap((one) => {
    const its = codings(one['valueCodeableConcept'])
    const symbol = its.flatMap(({ code, display }) => [display, code]).find((name) => isSymbol(name))
    return symbol ?? []
  })
  return [...new Set(symbols)]
}

/** HGNC symbol, and no HGNC id or place. */
export function isSymbol(name: string | undefined): boolean {
  return name !== undefined && /^[A-Z][A-Z0-9-]*(orf\d+)?$/.test(name) && !/^HGNC/.test(name)
}

function kindOf(observation: Resource, genes: number): AlterationKind {
  const types = values(observation, LOINC.changeType)
  const words = types.map(({ display }) => display ?? '').join(' ')
  if (types.some(({ code }) => FUSION.has(code ?? '')) || /fusion/i.test(words)) return 'fusion'
  if (genes === 2 && /transloc|rearrange/i.test(words)) return 'fusion'
  if (
    types.some(({ code }) => COPY_NUMBER.has(code ?? '')) ||
    components(observation, LOINC.copyNumber).length > 0
  )
    return 'copy-number'
  return 'mutation'
}

/** Only what any laboratory means by the number of copies; where amplification begins is each one's own. */
function copyNumberOf(observation: Resource): Pick<Alteration, 'copyNumber'> {
  const [component] = components(observation, LOINC.copyNumber)
  const copies = quantityOf(component?.['valueQuantity'])
  if (copies === undefined || copies.beyond !== undefined) return {}
  if (copies.value === 0) return { copyNumber: 'homozygous-deletion' }
  return copies.value === 2 ? { copyNumber: 'neutral' } : {}
}

function exonOf(observation: Resource): number | undefined {
  const said = list(observation['component'])
    .filter((one) => codings(one['code']).some(({ code }) => code === REGION_NAME))
    .flatMap(
      (one) =>
        text(one['valueString']) ??
        codings(one['valueCodeableConcept']).flatMap(({ display }) => display ?? []),
    )
  const [, exon] = /^exon\s*(\d{1,3})$/i.exec(said[0] ?? '') ?? []
  return exon === undefined ? undefined : Number(exon)
}
