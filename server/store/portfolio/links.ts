import { permissions } from '#core/contract/permissions.ts';
import type { Context } from '../../context.ts';
import { createCredential } from '../credentials.ts';
import { readSetting } from '../workspace.ts';

const linkSeconds = 15 * 60;

/** A one-time sign-in link to the page of the running server. */
export async function createLink(
  context: Context,
  principal: string,
): Promise<{ url: string; expiresAt: string }> {
  const { credential, secret } = await createCredential(context, {
    kind: 'link',
    name: 'sign-in link',
    principal,
    permissions,
    lifeSeconds: linkSeconds,
  });
  const origin = (await readSetting<string>(context.engine, 'origin')) ?? 'http://127.0.0.1';
  return { url: `${origin}/#/sign-in?code=${secret}`, expiresAt: credential.expires_at ?? '' };
}
