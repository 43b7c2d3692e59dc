/** Kinds of each purpose (HL7 v3 ActReason, PurposeOfUse). LEGAL, a proceeding against the person, is a kind of none. */
const NARROWER: Readonly<Record<string, string>> = {
  HOPERAT:
    'CAREMGT DONAT FRAUD GOV HACCRED HCOMPL HDECD HDIRECT HDM HLEGAL HOUTCOMS HPRGRP HQUALIMP HSYSADMIN MEMADMIN MILCDM PATADMIN PATSFTY PERFMSR RECORDMGT SYSDEV TRAIN',
  SYSDEV: 'HTEST',
  HPAYMT: 'CLMATTCH COVAUTH COVERAGE REMITADV',
  COVERAGE: 'ELIGDTRM ELIGVER ENROLLM MILDCRG',
  HRESCH: 'BIORCH CLINTRCH DSRCH POARCH TRANSRCH',
  CLINTRCH: 'CLINTRCHNPC CLINTRCHPC PRECLINTRCH',
  PATRQT: 'FAMRQT PWATRNY SUPNWK',
  PUBHLTH: 'DISASTER THREAT',
  TREAT: 'CLINTRL COC ETREAT POPHLTH',
  ETREAT: 'BTG ERTREAT',
}

const WIDER: ReadonlyMap<string, string> = new Map(
  Object.entries(NARROWER).flatMap(([wider, codes]) =>
    codes.split(' ').map((code) => [code, wider] as const),
  ),
)

/** A purpose and the wider ones: what is said of treatment holds for emergency treatment. */
export function purposesCovering(purpose: string): readonly string[] {
  const all = [purpose]
  for (let at = WIDER.get(purpose); at !== undefined; at = WIDER.get(at)) all.push(at)
  return all
}
