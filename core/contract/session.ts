import { z } from 'zod';
import { isoInstant } from './common.ts';
import { endpoint } from './endpoint.ts';
import { permissions } from './permissions.ts';

const session = z.object({
  principal: z.string(),
  permissions: z.array(z.enum(permissions)),
});

const token = z.object({
  id: z.string(),
  name: z.string(),
  permissions: z.array(z.enum(permissions)),
  createdAt: isoInstant,
  lastUsedAt: isoInstant.nullable(),
  revokedAt: isoInstant.nullable(),
});

export const sessions = {
  signIn: endpoint({
    id: 'session.signIn',
    method: 'POST',
    path: '/session',
    permission: null,
    body: z.object({ code: z.string().min(1) }),
    response: session,
    summary: { es: 'Entra con un enlace de un solo uso', en: 'Signs in with a one-time link' },
  }),
  current: endpoint({
    id: 'session.current',
    method: 'GET',
    path: '/session',
    permission: 'job:read',
    response: session,
    summary: { es: 'Quién soy y qué puedo hacer', en: 'Who I am and what I may do' },
    command: 'whoami',
  }),
  signOut: endpoint({
    id: 'session.signOut',
    method: 'DELETE',
    path: '/session',
    permission: 'job:read',
    response: z.object({ signedOut: z.literal(true) }),
    summary: { es: 'Sale', en: 'Signs out' },
  }),
  link: endpoint({
    id: 'session.link',
    method: 'POST',
    path: '/session/links',
    permission: 'token:manage',
    response: z.object({ url: z.string(), expiresAt: isoInstant }),
    summary: { es: 'Crea un enlace de acceso de un solo uso', en: 'Makes a one-time sign-in link' },
    command: 'link',
  }),
};

export const tokens = {
  list: endpoint({
    id: 'tokens.list',
    method: 'GET',
    path: '/tokens',
    permission: 'token:manage',
    response: z.object({ tokens: z.array(token) }),
    summary: { es: 'Tokens de programas', en: 'Tokens of scripts' },
    command: 'token list',
  }),
  create: endpoint({
    id: 'tokens.create',
    method: 'POST',
    path: '/tokens',
    permission: 'token:manage',
    body: z.object({
      name: z.string().min(1).max(80),
      permissions: z.array(z.enum(permissions)).min(1).optional().describe('Default: all of the maker’s'),
    }),
    response: token.extend({ secret: z.string().describe('Shown this once; only its hash is kept') }),
    summary: { es: 'Crea un token', en: 'Makes a token' },
    command: 'token create',
  }),
  revoke: endpoint({
    id: 'tokens.revoke',
    method: 'DELETE',
    path: '/tokens/{tokenId}',
    permission: 'token:manage',
    params: z.object({ tokenId: z.string() }),
    response: token,
    summary: { es: 'Anula un token', en: 'Revokes a token' },
    command: 'token revoke',
  }),
};
