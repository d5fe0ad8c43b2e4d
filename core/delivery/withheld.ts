/** Why a cleared message is withheld after all; of several reasons the first of these is given. */
export const withheldReasons = [
  'forgotten',
  'deceased',
  'cease_contact',
  'opt_out',
  'complaint',
  'dispute',
  'insolvent',
  'vulnerable',
  'hardship',
  'plan',
  'paid',
  'promised',
  'contacted',
] as const;
export type WithheldReason = (typeof withheldReasons)[number];
