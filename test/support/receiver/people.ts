/** So many messages as they are frozen, to people p000 and on. */
export const messagesTo = (people: number): { id: string; values: Record<string, unknown> }[] =>
  Array.from({ length: people }, (_, i) => ({
    id: `p${String(i).padStart(3, '0')}`,
    values: {
      experiment: 'Estilos de marzo',
      plan: 'f'.repeat(64),
      arm: 'loss_aversion',
      style: 'loss_aversion',
      touch: 1,
      channel: 'sms',
      text: 'Su saldo es {{importe}}',
      variables: '{"importe":"COP 120000.00","dias_mora":"31"}',
      send_not_before: '2026-03-03T15:00:00Z',
      send_before: '2026-03-03T23:00:00Z',
      propensity: 0.5,
      reason: 'Brazo loss_aversion por sorteo',
    },
  }));

export const attributesOfPeople = (
  people: number,
  values: Record<string, unknown>,
): { id: string; values: Record<string, unknown> }[] =>
  Array.from({ length: people }, (_, i) => ({ id: `p${String(i).padStart(3, '0')}`, values }));

export const countStates = (states: ReadonlyMap<string, string>): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const state of states.values()) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
};
