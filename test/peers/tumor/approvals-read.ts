const EGFR_ALK = 'the label excludes EGFR and ALK aberrations; the statement leaves that out'
const AKT1 = 'the label and its test count AKT1 changes of the sequence, not amplification'
const GILTERITINIB = 'the label says acute myeloid leukaemia; the statement says lymphoid'
const HIDDEN = 'on the label; the set leaves out statements that name certain partner drugs'

/** Statements that we do not have, by number, read one by one against the label text that they carry: the label says otherwise. */
export const MISSED_BECAUSE: Readonly<Record<number, string>> = {
  35: EGFR_ALK,
  36: EGFR_ALK,
  64: AKT1,
  65: AKT1,
  66: AKT1,
  82: 'the label asks for no ROS1 aberration; the statement has mismatch repair in its place',
  172: GILTERITINIB,
  173: GILTERITINIB,
  174: GILTERITINIB,
  175: GILTERITINIB,
  176: GILTERITINIB,
  177: GILTERITINIB,
  178: GILTERITINIB,
  179: GILTERITINIB,
  191: 'the label asks for CD117; the statement has a fusion of another indication',
  247: 'the label asks for FLT3; the statement has CDK12',
  495: 'the label says stomach; the statement says gastrointestinal stromal tumour',
  640: 'the label says lung cancer; the statement says breast cancer',
  642: 'the label says breast cancer; the statement says lung cancer',
  1158: 'the label says with the deletion of 17p; the statement says without',
}

/** Approvals that the set lacks, all of them on the label. */
export const EXTRA_BECAUSE: Readonly<Record<string, string>> = {
  'fda.adagrasib.2': HIDDEN,
  'fda.atezolizumab.2': EGFR_ALK,
  'fda.brentuximab-vedotin.2':
    'on the label for mycosis fungoides; the set files it under anaplastic lymphoma',
  'fda.cemiplimab.1': 'statement 82, with ROS1 as the label has it',
  'fda.encorafenib.2': HIDDEN,
  'fda.encorafenib.3': HIDDEN,
  'fda.gilteritinib.1': 'statements 172 to 179, in the disease of the label',
  'fda.ibrutinib.1': 'statement 1158, as the label has it',
  'fda.sotorasib.2': HIDDEN,
  'fda.trastuzumab.6': 'statement 495, in the disease of the label',
  'fda.trastuzumab-deruxtecan.3':
    'on the label since January 2025; the set leaves it out, though it cites the label of December 2025',
}
