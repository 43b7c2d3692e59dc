import { type BoardCase, EVERYTHING } from './board-case.ts'

/** Cases in which the place of an option matters, and what moves it. */
export const RANKS: readonly BoardCase[] = [
  {
    name: 'EGFR L858R, first line: labels that name the line before those that name none',
    diagnosis: 'LUAD',
    changes: ['EGFR L858R'],
    options: `${EVERYTHING} --stage advanced --lines-given 0`,
    expect: {
      order: [
        ['fda.osimertinib.3', 'fda.erlotinib.1'],
        ['fda.erlotinib.1', 'fda.datopotamab-deruxtecan.2'],
        ['fda.osimertinib.3', 'fda.osimertinib.1'],
      ],
    },
  },
  {
    name: 'EGFR L858R after surgery: the adjuvant label first',
    diagnosis: 'LUAD',
    changes: ['EGFR L858R'],
    options: `${EVERYTHING} --stage early`,
    expect: { first: ['osimertinib'], order: [['fda.osimertinib.1', 'fda.osimertinib.3']] },
  },
  {
    name: 'BRAF V600E bowel in third line: an antibody alone stands behind, and says that it does less',
    diagnosis: 'COAD',
    changes: ['BRAF V600E'],
    options: `${EVERYTHING} --stage advanced --lines-given 2`,
    expect: {
      order: [
        ['fda.encorafenib.2', 'fda.panitumumab.2'],
        ['fda.regorafenib.1', 'fda.panitumumab.2'],
      ],
      against: { panitumumab: /less effect: BRAF V600E/ },
    },
  },
  {
    name: 'ALK after alectinib: what was given already stands behind',
    diagnosis: 'LUAD',
    fusions: ['EML4::ALK in-frame'],
    options: `${EVERYTHING} --stage advanced --lines-given 1 --given Alecensa`,
    expect: {
      order: [['fda.lorlatinib.1', 'fda.alectinib.1']],
      against: { alectinib: /alectinib was given already/ },
    },
  },
  {
    name: 'maintenance after the first line of an ovarian cancer',
    diagnosis: 'HGSOC',
    changes: ['BRCA1 Q1756fs 70%'],
    options: `${EVERYTHING} --stage advanced --lines-given 1`,
    expect: { order: [['fda.olaparib.1', 'fda.olaparib.3']] },
  },
  {
    name: 'maintenance after the second line of an ovarian cancer',
    diagnosis: 'HGSOC',
    changes: ['BRCA1 Q1756fs 70%'],
    options: `${EVERYTHING} --stage advanced --lines-given 2`,
    expect: { order: [['fda.olaparib.3', 'fda.olaparib.1']] },
  },
  {
    name: 'ESR1 D538G: an aromatase inhibitor does less, an antagonist that the change selects goes before',
    diagnosis: 'BRCA',
    changes: ['ESR1 D538G'],
    markers: ['ER positive', 'HER2 negative'],
    options: `${EVERYTHING} --stage advanced --lines-given 1`,
    expect: {
      offered: ['elacestrant', 'imlunestrant', 'vepdegestrant'],
      order: [['fda.imlunestrant.1', 'fda.letrozole.2']],
      against: { letrozole: /less effect: ESR1 D538G/ },
    },
  },
  {
    name: 'KRAS G12C with Y96D at progression',
    diagnosis: 'LUAD',
    changes: ['KRAS G12C', 'KRAS Y96D 5%'],
    expect: { blocked: ['sotorasib', 'adagrasib'] },
  },
  {
    name: 'MSI-H bowel: the label for the bowel before the one for any solid tumour',
    diagnosis: 'COAD',
    markers: ['MSI MSI-H'],
    options: `${EVERYTHING} --stage advanced --lines-given 1`,
    expect: { order: [['fda.pembrolizumab.7', 'fda.pembrolizumab.6']] },
  },
  {
    name: 'RET fusion of the lung: the label for the lung before the one for any solid tumour',
    diagnosis: 'LUAD',
    fusions: ['KIF5B::RET in-frame'],
    options: `${EVERYTHING} --stage advanced --lines-given 1`,
    expect: { order: [['fda.selpercatinib.1', 'fda.selpercatinib.4']] },
  },
  {
    name: 'a regular approval before an accelerated one: KRAS G12C bowel',
    diagnosis: 'COAD',
    changes: ['KRAS G12C'],
    options: `${EVERYTHING} --stage advanced --lines-given 2`,
    expect: {
      order: [['fda.sotorasib.2', 'fda.adagrasib.2']],
      against: { adagrasib: /accelerated approval/ },
    },
  },
  {
    name: 'TPS of a head and neck cancer does not answer CPS, and says what it means',
    diagnosis: 'HNSC',
    markers: ['PD-L1 60 TPS'],
    expect: {
      open: ['pembrolizumab'],
      notOffered: ['pembrolizumab'],
      missing: { pembrolizumab: /CPS is never lower/ },
    },
  },
  {
    name: 'CPS of a lung cancer does not answer TPS',
    diagnosis: 'LUAD',
    markers: ['PD-L1 60 CPS'],
    expect: { notOfferedIds: ['fda.pembrolizumab.2'], missing: { pembrolizumab: /TPS is never higher/ } },
  },
  {
    name: 'ALK lymphoma of an adult: the label is for the young',
    diagnosis: 'ALCL',
    fusions: ['NPM1::ALK in-frame'],
    options: `${EVERYTHING} --age 60`,
    expect: { against: { crizotinib: /young adult; the person is 60 years old/ } },
  },
  {
    name: 'a man with breast cancer: labels for women stand behind',
    diagnosis: 'BRCA',
    markers: ['ER positive', 'HER2 negative'],
    options: `${EVERYTHING} --stage advanced --lines-given 0 --sex male --age 60`,
    expect: {
      order: [['fda.abemaciclib.2', 'fda.fulvestrant.1']],
      against: { fulvestrant: /the person is a man/ },
    },
  },
  {
    name: 'an infant with an NTRK fusion: a label from 12 years on stands behind',
    diagnosis: 'IFS',
    fusions: ['ETV6::NTRK3 in-frame'],
    options: `${EVERYTHING} --age 0`,
    expect: { first: ['larotrectinib'], order: [['fda.entrectinib.2', 'fda.repotrectinib.2']] },
  },
  {
    name: 'a prostate that lost PTEN by stain',
    diagnosis: 'PRAD',
    markers: ['PTEN_IHC lost'],
    expect: { offeredIds: ['fda.capivasertib.2'] },
  },
  {
    name: 'a prostate whose PTEN was sequenced and not stained',
    diagnosis: 'PRAD',
    changes: ['TP53 R175H'],
    expect: { open: ['capivasertib'], notOffered: ['capivasertib'] },
  },
  {
    name: 'a bladder cancer after surgery, with tumour DNA in blood',
    diagnosis: 'BLCA',
    markers: ['ctDNA positive'],
    options: `${EVERYTHING} --stage early`,
    expect: { offeredIds: ['fda.atezolizumab.7'] },
  },
  {
    name: 'a synovial sarcoma of a person with HLA-A*02:06',
    diagnosis: 'SYNS',
    markers: ['HLA-A*02:06 positive', 'MAGE-A4 positive'],
    expect: { offered: ['afamitresgene autoleucel'] },
  },
  {
    name: 'the HLA type that the label of afami-cel forbids',
    diagnosis: 'SYNS',
    markers: ['HLA-A*02:01 positive', 'HLA-A*02:05 positive', 'MAGE-A4 positive'],
    expect: { blocked: ['afamitresgene autoleucel'] },
  },
  {
    name: 'NRG1 of the bile ducts',
    diagnosis: 'CHOL',
    fusions: ['ATP1B1::NRG1 in-frame'],
    expect: { offeredIds: ['fda.zenocutuzumab.3'] },
  },
  {
    name: 'triple negative with CPS 12, first line',
    diagnosis: 'BRCA',
    markers: ['ER negative', 'PR negative', 'HER2 negative', 'PD-L1 12 CPS'],
    options: `${EVERYTHING} --stage advanced --lines-given 0`,
    expect: {
      offeredIds: ['fda.sacituzumab-govitecan.4', 'fda.pembrolizumab.18', 'fda.datopotamab-deruxtecan.3'],
      order: [['fda.sacituzumab-govitecan.4', 'fda.sacituzumab-govitecan.1']],
    },
  },
]
