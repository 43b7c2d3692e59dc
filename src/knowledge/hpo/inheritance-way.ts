/** How a disease is inherited; other: in no way of Mendel's (digenic, polygenic). */
export type InheritanceWay = 'AD' | 'AR' | 'XD' | 'XR' | 'XL' | 'YL' | 'SD' | 'MT' | 'other'

/** HPO terms (HP:0000005, "Mode of inheritance") by their digits. What is no way of its own (sporadic, penetrance) is left out. */
export const WAYS: Readonly<Record<string, InheritanceWay>> = {
  '0000006': 'AD',
  '0012274': 'AD',
  '0012275': 'AD',
  '0000007': 'AR',
  '0001417': 'XL',
  '0001419': 'XR',
  '0001423': 'XD',
  '0001450': 'YL',
  '0032113': 'SD',
  '0001427': 'MT',
  '0001426': 'other',
  '0010982': 'other',
  '0010983': 'other',
  '0010984': 'other',
}
