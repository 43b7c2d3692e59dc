// Writes docs/evidence/tumor.md: oncogenicity beside expert labels and a peer, and categories of a knowledge base in real tumours.
// Run with the evaluation data beside the checkout: node_modules/.bin/node scripts/evidence/tumor.ts
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { assertionRows } from '../../test/peers/tumor/assertions.ts'
import { AML, brafRetrieval, civicMatches } from '../../test/peers/tumor/civic.ts'
import { realScores, scarComparison } from '../../test/peers/tumor/scores.ts'
import { hotspotRows, sopRows } from '../../test/peers/tumor/sop.ts'

const rows = await sopRows()
const labelled = rows.filter(({ label }) => label !== undefined)
const exact = (of: (row: (typeof rows)[number]) => string) =>
  labelled.filter((row) => of(row) === row.label).length
const same = rows.filter(
  ({ combined, peer }) => combined.points === peer.points && combined.class === peer.class,
).length
const codes = (row: (typeof rows)[number]) =>
  row.assessed.criteria
    .filter(({ state }) => state === 'met')
    .map(({ code }) => code)
    .join(', ')
/** Why we differ from the expert, read one by one. */
const WHY: Readonly<Record<string, string>> = {
  'BRAF p.Lys601Glu':
    '38 samples at the residue: below the 50 of OS3, and OM1 takes the place of OM3. OS1 would make 10 points; it needs a list of established variants that is not this record itself.',
  'PTEN p.His123Arg':
    'OS2, OM1, OP1 and OP4 are 8 points. OS1 would make 10 points; it needs a list of established variants.',
}
const civic = await civicMatches()
const assertions = assertionRows()
const braf = brafRetrieval()
const agree = (of: (row: (typeof assertions)[number]) => string) =>
  assertions.filter((row) => of(row) === row.expected).length
const scars = scarComparison()
const sameScars = scars.filter(({ ours, peer }) => ours.join() === peer.join()).length
const sameAsFiles = scars.filter(({ ours, peerOfFiles }) => ours[2] === peerOfFiles).length
const EXOME = { calledMegabases: 34, codingMegabases: 34 }
const PCGR = 'oncology/tumours/pcgr/T001'
const real = await Promise.all(
  ['COAD', 'BRCA'].map(async (tumour) => ({
    tumour,
    scores: (await realScores([`${PCGR}-${tumour}.grch38.vcf.gz`], 'GRCh38', EXOME))[0]!,
  })),
)
const [segments] = await realScores([`${PCGR}-BRCA.grch38.cna.tsv`], 'GRCh38', {})
const leukaemias = (await realScores([AML], 'GRCh37', { design: 'tumour-normal', codingMegabases: 34 })).map(
  ({ burden }) => burden,
)
const perMegabase = leukaemias.map(({ counted }) => counted.perMegabase!).sort((a, b) => a - b)
const hot = await hotspotRows()
const hotOf = (wanted: string) => hot.filter((row) => row.class === wanted)
const without = (code: string) => hot.filter((row) => row.class !== 'oncogenic' && row.open.includes(code))
const counts = new Map<string, number>()
for (const { assessed, peer } of rows)
  counts.set(`${peer.class} | ${assessed.class}`, (counts.get(`${peer.class} | ${assessed.class}`) ?? 0) + 1)

const text = `# Evidence: tumours

Made by \`node_modules/.bin/node scripts/evidence/tumor.ts\`, with the evaluation data in \`../shared/data\`; \`npm test\` holds it.

## Oncogenicity

${rows.length} variants of the validation set of the ClinGen/CGC/VICC standard of 2022 (Horak 2022, PMID 35101336), with the codes that
OncoVI 99fa580 printed for them. Its codes combined here give its points and its class for ${same} of ${rows.length}:
\`garrod tumor oncogenicity variants.tsv --column OncoVI_criteria\`.

${labelled.length} of them carry an expert label of ClinVar. Codes assessed here from gene, change, consequence, place and gnomAD
frequencies, with the counts of cancerhotspots.org as the user's tables; no label and no code of the peer is read, and no list of
established variants is given, because the variant's own record would be on it (so OS1 and OM4 are not assessed).

| program | same class as the expert | of |
|---|---:|---:|
| Garrod | ${exact(({ assessed }) => assessed.class)} | ${labelled.length} |
| OncoVI | ${exact(({ peer }) => peer.class)} | ${labelled.length} |

| variant | expert | Garrod | points | codes | OncoVI | why we differ from the expert |
|---|---|---|---:|---|---|---|
${labelled
  .map(
    (row) =>
      `| ${row.name} | ${row.label} | ${row.assessed.class} | ${row.assessed.points} | ${codes(row)} | ${row.peer.class} | ${row.assessed.class === row.label ? '' : (WHY[row.name] ?? 'NOT EXPLAINED')} |`,
  )
  .join('\n')}

The functional results, domains and conserved residues of \`facts/oncogenicity-sop\` name well-known changes, and these variants are
among the best known there are: on rare variants expect more codes that are not assessed, and more "uncertain". The rules were
written with these ${labelled.length} in sight. On all ${rows.length}, most without a label, beside the peer (which is no truth: it reads
ClinVar's germline classes as functional evidence):

| OncoVI | Garrod | variants |
|---|---|---:|
${[...counts]
  .sort()
  .map(([pair, count]) => `| ${pair} | ${count} |`)
  .join('\n')}

The hotspots themselves, of any gene: ${hot.length} substitutions of cancerhotspots.org with 10 samples or more at a residue with 50 or
more, taken as absent from gnomAD. There are no labels to compare with; it shows how far the facts reach beyond the set.

| Garrod | changes |
|---|---:|
| oncogenic | ${hotOf('oncogenic').length} |
| likely oncogenic | ${hotOf('likely-oncogenic').length} |
| uncertain | ${hotOf('uncertain').length} |

Of those that are not oncogenic, ${without('OS2').length} lack a functional result and ${without('OP1').length} a line of computation (both may be added by the user); ${without('OS2').filter(({ gene }) => gene === 'TP53').length} of the
former are in TP53, whose published screens (Kato 2003, Giacomelli 2018) were not at hand as tables.

## Categories of alterations

Non-silent calls of the 193 leukaemias of TCGA (${civic.calls}), beside the variant records of CIViC (1 August 2021, CC0). ${civic.read} of its
${civic.names} names are read as a category; \`facts/civic/2021-08-01/profiles.tsv\` gives the reason for each of the others (methylation,
phosphorylation, isoforms, star alleles, names that do not say which change is meant).

| calls in genes of CIViC | ${civic.inGenes} |
|---|---:|
| fit a record of their exact change | ${civic.exact} |
| fit a record of their class only (residue, truncation, exon, domain, any mutation) | ${civic.byClass} |
${[...civic.unmatched]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([reason, count]) => `| do not fit: ${reason} | ${count} |`)
  .join('\n')}

${civic.tumours.matched} of the ${civic.tumours.inGenes} tumours with a call in such a gene fit a record, ${civic.tumours.exact} by an exact change. A search by exact coordinates
(civicpy, on the same files) had found 61 calls.

## Scores of a whole tumour

\`garrod tumor FILE... --megabases MB --called-megabases MB\`. What a file does not say is not guessed: the two exomes that PCGR
ships name no consequence, so how many of their calls are coding is not known and their burden stays open; annotated first
(\`garrod vcf consequence\`), it is counted.

| exome of PCGR (34 Mb) | calls per Mb | indels | advisory of microsatellites | coding events | burden |
|---|---:|---:|---|---|---|
${real
  .map(
    ({
      tumour,
      scores: {
        microsatellites: { advisory },
        burden,
      },
    }) =>
      `| ${tumour} | ${advisory!.perMegabase!.toFixed(1)} | ${(advisory!.indelShare * 100).toFixed(1)} % | looks ${advisory!.looks} | ${burden.counted.events.least} to ${burden.counted.events.most} | ${burden.state} |`,
  )
  .join('\n')}

Two tumours cannot measure a rule: the advisory's thresholds are this product's own and are not validated (PCGR trained its
classifier on 575 tumours). The ${leukaemias.length} leukaemias of TCGA name consequences: ${leukaemias.filter(({ state }) => state === 'not-high').length} are "not high", median ${perMegabase[Math.floor(perMegabase.length / 2)]!.toFixed(2)} coding
mutations per megabase, at most ${perMegabase.at(-1)!.toFixed(2)}.

Scars of recombination beside the functions of scarHRD (sztup/scarHRD, R 4.2.2):

| segments | HRD-LOH, LST and TAI as scarHRD counts them |
|---|---:|
| ${scars.length} made-up genomes (test/cases/tumor) | ${sameScars} of ${scars.length} |
| segments that PCGR ships (GRCh38): ${[segments!.scars.lossOfHeterozygosity, segments!.scars.transitions, segments!.scars.telomericImbalance].join(', ')} | the same (and in GRCh37) |

One difference, and why: when scarHRD reads a file of segments, it takes the copies of the A allele for all copies where it looks
for the usual copies of a chromosome, so its TAI differs in ${scars.length - sameAsFiles} of the ${scars.length} genomes from the one that its definition gives; given
all copies in that column it counts what we count. We keep the definition. The segment files of PCGR's two tumours are the same bytes: they
show the computation, not that the colon tumour has a deficiency.

Signatures: the least squares are tested against SciPy's answers and by the conditions that any best answer meets (no column left
at zero would lower the error, along every other the error is flat) on random problems. No reference signatures are shipped.
\`bench/signatures.ts\` fits the same 2,000 spectra with both: the same error in each, 2.0 to 2.6 times as many a second as SciPy.

Not measured for want of data with a known truth: germline suspicion, clonality, clonal haematopoiesis. Their formulas are tested
by hand-made cases and by turning an expected fraction back into the cells that it came from.

## Tiers

${assertions.length} assertions of CIViC with a tier of AMP/ASCO/CAP 2017. Only the question is read from them: alteration, disease, therapy, role. Their evidence lists, tiers and flags are not, and no assertion is evidence. The alteration stands alone in a
profile; the disease is given by its Disease Ontology id. The second column has the guideline that the assertion names entered as a
user would enter it (\`--guidelines\`); the first has none. The curators went by those guidelines, so the second figure is a check of the
rule, not of knowledge.

| rule | same tier and level | of |
|---|---:|---:|
| Garrod, no guideline known | ${agree(({ ours }) => ours)} | ${assertions.length} |
| Garrod, guidelines entered by the user | ${agree(({ withGuideline }) => withGuideline)} | ${assertions.length} |

| assertion | CIViC | no guideline | with guideline | why |
|---|---|---|---|---|
${assertions.map((row) => `| ${row.id}: ${row.question} | ${row.expected} | ${row.ours} | ${row.withGuideline} | ${row.why.replaceAll('|', '/')} |`).join('\n')}

The outlook by BRAF V600E in colorectal cancer is level A for its curators because a guideline says so. No label speaks of an outlook and
none of its evidence is of level A in the source: without the guideline, level B is what the evidence gives.

Evidence on BRAF V600E: ${braf.release.length} accepted items in the release under that name, ${braf.found.length} found, ${braf.found.filter((id) => braf.release.includes(id)).length} of them in the release
(\`garrod tumor\` with that variant). The other records that this variant meets: ${[...braf.byProfile]
  .filter(([name]) => name !== 'BRAF V600E')
  .map(([name, count]) => `${name} (${count} items)`)
  .join(', ')}.

Diseases: all 219 Disease Ontology ids of the evidence, and the 5 names without one, are in \`facts/disease-types\`: as types of
OncoTree, or with the reason why they are none (inherited syndromes, growth patterns without a tissue).
`
writeFileSync(fileURLToPath(new URL('../../docs/evidence/tumor.md', import.meta.url)), text)
process.stdout.write('docs/evidence/tumor.md\n')
