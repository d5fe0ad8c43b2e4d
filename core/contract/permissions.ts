/** What a principal may do. Closed: an endpoint names one of these. */
export const permissions = [
  'portfolio:read',
  'portfolio:load',
  'personal:read',
  'keeping:manage',
  'model:read',
  'model:train',
  'model:approve',
  'score:run',
  'segment:read',
  'segment:write',
  'experiment:read',
  'experiment:design',
  'experiment:run',
  'contact:check',
  'export:read',
  'export:run',
  'job:read',
  'job:cancel',
  'simulate:run',
  'query:run',
  'query:save',
  'token:manage',
] as const;
export type Permission = (typeof permissions)[number];

const reading: Permission[] = [
  'portfolio:read',
  'model:read',
  'segment:read',
  'experiment:read',
  'export:read',
  'job:read',
];

export const roles = {
  viewer: reading,
  analyst: [
    ...reading,
    'portfolio:load',
    'model:train',
    'score:run',
    'segment:write',
    'query:run',
    'query:save',
    'job:cancel',
    'simulate:run',
  ],
  strategist: [
    ...reading,
    'segment:write',
    'experiment:design',
    'experiment:run',
    'query:run',
    'query:save',
    'job:cancel',
    'simulate:run',
  ],
  operator: [...reading, 'contact:check', 'export:run', 'personal:read', 'job:cancel'],
  approver: [...reading, 'model:approve'],
  admin: [...permissions],
} as const satisfies Record<string, readonly Permission[]>;
export type Role = keyof typeof roles;
