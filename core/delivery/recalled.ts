/** Why a message that left is called back; of several reasons the first of these is written down. */
export const recallReasons = [
  'death',
  'cease_contact',
  'opt_out',
  'complaint',
  'dispute',
  'hardship',
  'plan',
  'payment',
  'promise',
] as const;
export type RecallReason = (typeof recallReasons)[number];
