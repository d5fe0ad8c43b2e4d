import type { WaitQuery } from '#core/contract/models/waiting.ts';

/** What a person may set, as it stands in the address. */
export const numbers = [
  { name: 'cutOff', least: 0, most: 1 },
  { name: 'waitDays', least: 1, most: 90 },
  { name: 'capacity', least: 0, most: 10_000_000 },
  { name: 'lossGivenDefault', least: 0, most: 1 },
  { name: 'effectPoints', least: 0, most: 100 },
  { name: 'contactsPerAccount', least: 0, most: 100 },
  { name: 'rollToLoss', least: 0, most: 1 },
] as const;
export type NumberName = (typeof numbers)[number]['name'];

/** The question of an address: numbers in range as they are, anything else left to its default. */
export function readAsk(query: Readonly<Record<string, string>>): Partial<WaitQuery> {
  const asked: Partial<WaitQuery> = {};
  for (const { name, least, most } of numbers) {
    const text = query[name]?.trim();
    const value = Number(text);
    if (text && value >= least && value <= most) asked[name] = value;
  }
  const costs = costsOf(query);
  if (costs.length) asked.contactCosts = costs.map(([currency, cost]) => `${currency}:${cost}`).join(',');
  return asked;
}

const costName = /^cost([A-Z]{3})$/;
const plainCost = /^\d{1,12}(\.\d{1,4})?$/;

const costsOf = (query: Readonly<Record<string, string>>): [currency: string, cost: string][] =>
  Object.entries(query).flatMap(([name, text]): [string, string][] => {
    const currency = costName.exec(name)?.[1];
    return currency && plainCost.test(text.trim()) ? [[currency, text.trim()]] : [];
  });
