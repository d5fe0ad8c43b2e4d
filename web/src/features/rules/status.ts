export const statuses = ['primary', 'secondary', 'to-verify', 'house'] as const;
export type Status = (typeof statuses)[number];

export const statusOf = (id: string): Status => statuses.find((one) => one === id) ?? 'to-verify';

export const toneOf = { primary: 'good', secondary: 'accent', 'to-verify': 'warn', house: 'plain' } as const;
