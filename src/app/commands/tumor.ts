import type { Command } from '../command.ts'
import { ISSUED_OPTION } from '../command-line/issued-option.ts'
import { listApprovals } from '../tumor/approvals.ts'
import { tumorCase } from '../tumor/case/case.ts'
import { match } from '../tumor/match.ts'
import { oncogenicity } from '../tumor/oncogenicity.ts'
import { SCORE_OPTIONS } from '../tumor/scores/score-options.ts'

export const tumor: Command = {
  name: 'tumor',
  summary: 'the results of a tumour in, what they mean out: profile, oncogenicity, categories of alterations',
  usage:
    'FILE... [--diagnosis CODE] [options] | oncogenicity (--criteria LIST | TABLE) [options] | match TABLE --category TEXT [options] | approvals [--drug NAME] [--biomarker TEXT] [--disease CODE] [--agency FDA]',
  details: `FILE... are the results of a tumour, told apart by their content and joined by sample: somatic variants (VCF of Mutect2,
Strelka2, VarDict, VarScan, DRAGEN and others; MAF), copy number by segments or by genes, fusions, expression, markers (TMB,
MSI, MMR, HRD, HER2, ER, PR, PD-L1), the assay as JSON, FHIR (Genomics Reporting, mCODE). What was left out is told with the
reason, what was not tested is told as not tested, and statements that contradict each other are both shown. --diagnosis is
an OncoTree code or name, of today or of an earlier release, or a code of ICD-O-3, ICD-10, NCIt or UMLS. The mutational
burden, microsatellites, scars of recombination, signatures, germline suspicion and clonal haematopoiesis are answered from
what --megabases, --purity, --signatures and the like add.

oncogenicity combines the codes of the ClinGen/CGC/VICC standard of 2022 (Horak 2022): points are added after the standard's
own exclusions (OM2 does not count beside OVS1, OS3 not beside OS1, and so on; the sum without exclusions is told too).
TABLE is tab-separated with a header. With codes in a column (criteria, codes, codes_met, or the one --column names) they are
combined. Else each row is a variant (gene with protein change or consequence; position, alleles, exon, gnomAD frequencies,
scores such as REVEL, functional, diagnosis where known), and each code is met, not met, or not assessed with what is
missing. Hotspot counts and lists of established variants are the user's own: without them their codes are not assessed. An
empty cell under gnomAD means that there is no record, "." or NA that it is not known.

match asks of each tumour of a table (a MAF, or gene with protein change or consequence; copy number calls in a column
copy_number, fusions in a column fusion) whether it belongs to a category: "BRAF V600 not E", "EGFR exon 19 deletion",
"NF1 truncating", "KIT kinase domain", "ERBB2 amplification", "ALK fusion", "KRAS wild type", "PTEN biallelic loss", joined
with AND, OR, NOT and parentheses. The answer is met, not met, or unknown with what is missing: a gene that --genes does not
name was not tested, and is never wild type.

FILE... also ranks approved treatments: those whose biomarker is met, what speaks for and against each, whether the result
comes from a test that the agency approved, what a missing datum holds open, and what each fact does to the ranking. --stage
and --lines-given say where the treatment stands, --given what was had already, --condition and --creatinine-clearance what else the person has, --age and --sex whom a label must be for; --outside (results) and --germline (a
genotype file of blood or saliva) bring the germline: DPYD, UGT1A1, TPMT, NUDT15, G6PD ...
approvals lists the approvals themselves, without a patient: drug, combination, biomarker, disease, agency, date, test.`,
  options: {
    criteria: { type: 'string', value: 'LIST', help: 'codes that are met: "OS3,OS2,OP4"' },
    column: { type: 'string', value: 'NAME', help: 'the column of the table that holds the codes' },
    hotspots: {
      type: 'string',
      multiple: true,
      value: 'FILE',
      help: 'counts of samples: gene, residue, alt_aa, samples; or gene, region, change, samples (OS3, OM3, OP3); else those that the site imported',
    },
    established: {
      type: 'string',
      value: 'FILE',
      help: 'variants that this standard called oncogenic: gene, change (OS1, OM4)',
    },
    format: {
      type: 'string',
      value: 'NAME',
      help: 'instead of text: fhir (Genomics Reporting STU3), mcode, or va-spec (tiers as GA4GH VA-Spec 1.0.1); a line for each tumour',
    },
    ...ISSUED_OPTION,
    guidelines: {
      type: 'string',
      multiple: true,
      value: 'FILE',
      help: 'flags of guidelines, entered by you: category, diagnosis, role, effect, therapies, guideline, version',
    },
    annotations: {
      type: 'string',
      multiple: true,
      value: 'FILE',
      help: 'levels of OncoKB, COSMIC, ESCAT and the like, shown as they came: source, category, level, citation',
    },
    category: {
      type: 'string',
      multiple: true,
      value: 'TEXT',
      help: 'match: "BRAF V600 not E AND NOT KRAS mutation"',
    },
    genes: {
      type: 'string',
      value: 'LIST',
      help: 'genes that were tested for small variants, or all; left out, a gene without a variant is unknown',
    },
    'genes-copy-number': {
      type: 'string',
      value: 'LIST',
      help: 'genes whose copy number was tested, or all',
    },
    'genes-fusion': {
      type: 'string',
      value: 'LIST',
      help: 'genes that were tested for fusions, or all',
    },
    'genes-germline': {
      type: 'string',
      value: 'LIST',
      help: 'genes that were tested for inherited changes in blood or saliva, or all; a tumour alone does not tell that there is none',
    },
    stage: { type: 'string', value: 'STAGE', help: 'early or advanced' },
    'lines-given': {
      type: 'string',
      value: 'COUNT',
      help: 'systemic treatments already given for advanced disease: 0, 1, 2 ...',
    },
    given: {
      type: 'string',
      multiple: true,
      value: 'NAME',
      help: 'a drug that was given already, by generic name or brand; a regimen (FOLFOX), a group ("platinum-based chemotherapy"), or none: nothing was given',
    },
    'given-advanced': {
      type: 'string',
      multiple: true,
      value: 'NAME',
      help: 'as --given: one that was given for advanced disease, which some labels ask for',
    },
    condition: {
      type: 'string',
      multiple: true,
      value: 'NAME',
      help: 'another condition of the person that labels warn of: pregnancy, heart-failure, long-qt, liver-failure, hepatitis-b, lung-fibrosis, arterial-disease, venous-thrombosis, kidney-disease; Conditions and kidney results of a FHIR file are read too',
    },
    'creatinine-clearance': {
      type: 'string',
      value: 'ML/MIN',
      help: 'how much the kidneys clear, in mL/min: labels ask for another dose, or forbid a drug, below a limit',
    },
    age: { type: 'string', value: 'YEARS', help: 'of the person, in whole years: whom a label is for' },
    sex: { type: 'string', value: 'SEX', help: 'female or male: whom a label is for' },
    outside: {
      type: 'string',
      multiple: true,
      value: 'TSV',
      help: 'germline results: gene, diplotype, phenotype, activity score',
    },
    germline: {
      type: 'string',
      value: 'FILE',
      help: 'genotypes of the same person from blood or saliva (VCF, as "garrod pgx" reads it): safety of drugs',
    },
    'germline-sample': {
      type: 'string',
      value: 'NAME',
      help: 'the sample of --germline, where it holds several',
    },
    drug: { type: 'string', multiple: true, value: 'NAME', help: 'approvals: generic name, salt or brand' },
    biomarker: {
      type: 'string',
      value: 'TEXT',
      help: 'approvals: part of the biomarker, "EGFR", "HER2 low"',
    },
    disease: { type: 'string', value: 'CODE', help: 'approvals: OncoTree code or name of the tumour' },
    agency: { type: 'string', value: 'NAME', help: 'whose approvals: FDA (default for a tumour) or EMA' },
    diagnosis: {
      type: 'string',
      value: 'CODE',
      help: 'the malignancy: OncoTree code or name, or a code of ICD-O-3 ("C50.9 8500/3"), ICD-10, NCIt, UMLS',
    },
    'diagnosis-map': {
      type: 'string',
      value: 'FILE',
      help: 'your table of further codes, such as SNOMED CT: system, code, oncotree',
    },
    assembly: {
      type: 'string',
      value: 'BUILD',
      help: 'GRCh38 or GRCh37, where the files do not tell; it is still checked',
    },
    sample: { type: 'string', value: 'NAME', help: 'only this tumour of the files' },
    'tumor-sample': {
      type: 'string',
      value: 'NAME',
      help: 'the column of a VCF that is the tumour, where neither header nor names tell',
    },
    'accept-filter': {
      type: 'string',
      multiple: true,
      value: 'CODE',
      help: 'a code of FILTER that does not make a variant fail, such as panel_of_normals',
    },
    'fasta-ref': {
      type: 'string',
      value: 'FASTA',
      help: 'reference sequence: with --gff-annot, genes and consequences of variants that no file annotates, and genes of segments',
    },
    'gff-annot': { type: 'string', value: 'GFF3', help: 'transcripts of the same build' },
    purity: { type: 'string', value: 'SHARE', help: 'share of tumour cells in the specimen, 0 to 1' },
    ...SCORE_OPTIONS,
    pin: {
      type: 'string',
      multiple: true,
      value: 'PACK',
      help: 'use this fact pack, as id@version, instead of the newest',
    },
    json: { type: 'boolean', help: 'print JSON; of a table one object per row' },
  },
  examples: [
    [
      'garrod tumor tumour.vcf.gz segments.tsv fusions.tsv --diagnosis COAD --purity 0.6',
      'the profile of one tumour for the board',
    ],
    ['garrod tumor cohort.maf --diagnosis AML --json', 'one document, a tumour for each sample'],
    ['garrod tumor oncogenicity --criteria "OVS1,OM2"', 'the class of two codes, and why one does not count'],
    ['garrod tumor oncogenicity variants.tsv --column codes --json', 'codes in every row of a table'],
    [
      'garrod tumor oncogenicity variants.tsv --hotspots residues.tsv --hotspots indels.tsv --json',
      'each code of each variant, and what is missing',
    ],
    [
      'garrod tumor match tumour.maf --category "FLT3 kinase domain AND NOT TP53 mutation" --genes all',
      'tumours of a MAF in a category',
    ],
    ['garrod tumor approvals --drug Tagrisso --json', 'what a drug is approved for, with its tests'],
    [
      'garrod tumor tumour.maf --diagnosis LUAD --stage advanced --lines-given 1 --genes all',
      'approved treatments of one tumour, ranked',
    ],
  ],
  async run(input, io) {
    const [verb] = input.positionals
    if (verb === 'oncogenicity') return oncogenicity(input, io)
    if (verb === 'match') return match(input, io)
    if (verb === 'approvals') return listApprovals(input, io)
    return tumorCase(input, io)
  },
}
