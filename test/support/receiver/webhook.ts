import { Webhook } from 'standardwebhooks';
import type { Take } from './receiver.ts';

export const webhookSecret = `whsec_${Buffer.from('a secret of thirty-two bytes long').toString('base64')}`;

/** Takes in signed batches of CloudEvents; counts how often each id came, and drops repeats where asked to. */
export function webhookTaker(): {
  take: Take;
  seen: Map<string, number>;
  ids: Map<string, string>;
  bodies: Map<string, Set<string>>;
} {
  const seen = new Map<string, number>();
  const ids = new Map<string, string>();
  const bodies = new Map<string, Set<string>>();
  return {
    seen,
    ids,
    bodies,
    take({ request, body, response, silent }) {
      new Webhook(webhookSecret).verify(body, request.headers as Record<string, string>);
      const id = String(request.headers['webhook-id']);
      bodies.set(id, (bodies.get(id) ?? new Set()).add(body));
      for (const event of JSON.parse(body) as { id: string; subject: string }[]) {
        seen.set(event.id, (seen.get(event.id) ?? 0) + 1);
        ids.set(event.id, event.subject);
      }
      if (!silent) response.writeHead(204).end();
    },
  };
}
