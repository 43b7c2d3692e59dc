import { indicationText } from '../../decide/target/indication.ts'
import { alternativesOf, type Literal, patternText, readCategory } from '../../interpret/tumor/tumor.ts'
import { Facts } from '../../knowledge/facts.ts'
import { type Approval, type Approvals, approvals } from '../../knowledge/tumor/approvals.ts'
import { partsOf } from '../../knowledge/tumor/combination.ts'
import { oncoTree } from '../../knowledge/tumor/oncotree.ts'
import { packRefText } from '../../terms/evidence.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, ExitCode, Io } from '../command.ts'
import { readConfig } from '../config.ts'
import { readDiagnosis } from './case/diagnosis.ts'
import { agencyOf } from './case/situation.ts'

/** `garrod tumor approvals`: what regulators approved for a biomarker, as knowledge, without a patient. */
export async function listApprovals(input: Arguments, io: Io): Promise<ExitCode> {
  if (input.positionals.length > 1)
    throw new Fault(
      'USAGE_APPROVALS',
      'garrod tumor approvals',
      `"${input.positionals[1]}" is not asked for`,
      'Filter with --drug, --biomarker, --disease and --agency. See "garrod tumor --help".',
    )
  const facts = Facts.find(readConfig().factFolders, input.texts('pin'))
  const book = approvals(facts)
  const fits = [drugFilter(input.texts('drug'), book), biomarkerFilter(input.text('biomarker'))]
  const { code } = readDiagnosis(input.text('disease') ?? input.text('diagnosis'), '--disease', facts)
  const agency = agencyOf(input, facts)
  const tree = oncoTree(facts)
  const found = book.all.filter(
    (one) =>
      fits.every((fit) => fit(one)) &&
      (agency === undefined || one.agency === agency) &&
      (code === undefined ||
        (one.disease.solid && tree.isLiquid(code) === false) ||
        one.disease.oncotree.some((type) => tree.lineage(code).has(type) || tree.lineage(type).has(code))),
  )
  if (input.flag('json'))
    await io.out(
      `${JSON.stringify({ schema: 'garrod-approvals/1', facts: packRefText(book.pack), approvals: found.map(documentOf) })}\n`,
    )
  else {
    for (const one of found)
      await io.out(
        `${one.id}  ${indicationText(one)} [${one.agency}${one.approved === undefined ? '' : ` ${one.approved}`}${one.basis === 'regular' ? '' : `, ${one.basis}`}${one.checked === undefined ? ', not verified' : ''}]${one.testRequired ? `\n    approved test required${one.tests.length === 0 ? '' : `: ${[...new Set(one.tests.map(({ name }) => name))].join(', ')}`}` : ''}\n`,
      )
    await io.out(`${found.length} of ${book.all.length} approvals in ${packRefText(book.pack)}.\n`)
  }
  return 0
}

/** Brand, salt or generic name. Throws DRUG_WITHOUT_APPROVAL: a misspelt name must not look like a drug without approval. */
function drugFilter(names: readonly string[], book: Approvals): (one: Approval) => boolean {
  if (names.length === 0) return () => true
  const wanted = new Set(
    names.flatMap((name) => {
      const found = book.drugsNamed(name)
      const parts = book.all.filter(({ drug }) => partsOf(drug).includes(name.toLowerCase()))
      if (found.length === 0 && parts.length === 0)
        throw new Fault(
          'DRUG_WITHOUT_APPROVAL',
          '--drug',
          `no approval for a biomarker is known of "${name}"`,
          'Check the spelling; a drug approved without a biomarker is not listed here.',
        )
      return [...found, ...parts.map(({ drug }) => drug)]
    }),
  )
  return ({ drug }) => wanted.has(drug)
}

/** A part of the biomarker's text, in any case: "EGFR", "HER2 low", "PD-L1". */
function biomarkerFilter(text: string | undefined): (one: Approval) => boolean {
  if (text === undefined) return () => true
  const wanted = text.toLowerCase()
  return (one) =>
    one.biomarker.toLowerCase().includes(wanted) ||
    literalsOf(one).some((way) => way.some((literal) => nameOf(literal).toLowerCase().includes(wanted)))
}

function documentOf(one: Approval) {
  return {
    id: one.id,
    agency: one.agency,
    drug: one.drug,
    brands: one.brands,
    otherNames: one.otherNames,
    // A fixed combination is its parts; what only carries a drug under the skin is none of them.
    regimens: one.regimens.map((regimen) => [
      ...partsOf(one.drug).filter((part) => part !== 'hyaluronidase'),
      ...regimen,
    ]),
    biomarker: one.biomarker,
    /** Ways to be eligible; in each, everything holds together. */
    alternatives: literalsOf(one).map((way) =>
      way.map((literal) => ({
        text: patternText(literal.pattern),
        present: literal.present,
        ...literal.pattern,
      })),
    ),
    disease: one.disease.words,
    oncotree: one.disease.oncotree,
    anySolidTumour: one.disease.solid,
    setting: one.setting,
    line: one.line,
    detail: one.detail,
    population: one.population,
    approved: one.approved ?? null,
    basis: one.basis,
    role: one.role,
    testRequired: one.testRequired,
    tests: one.tests.map(({ name, manufacturer, specimens, finds }) => ({
      name,
      manufacturer,
      specimens,
      finds,
    })),
    indication: indicationText(one),
    label: one.label,
    /** What the row was compared with; null: nothing yet. */
    checked: one.checked ?? null,
  }
}

function literalsOf(one: Approval): readonly (readonly Literal[])[] {
  return alternativesOf(readCategory(one.biomarker, one.id)) ?? []
}

function nameOf({ pattern, present }: Literal): string {
  return `${present ? '' : 'not '}${patternText(pattern)}`
}
