import { Webhook } from 'standardwebhooks';
import type { Take } from './receiver.ts';
import { webhookSecret } from './webhook.ts';

interface Event {
  id: string;
  subject: string;
  type: string;
  data: Record<string, unknown> & { removed?: boolean };
}

/** Profiles as a receiver of changes keeps them: what comes under an id it knows is dropped as a repeat. */
export function profileTaker(refuse: (event: Event) => boolean = () => false): {
  take: Take;
  profiles: Map<string, Record<string, unknown>>;
  ids: Set<string>;
  /** People whose rows came, repeats among them. */
  came: string[];
} {
  const profiles = new Map<string, Record<string, unknown>>();
  const ids = new Set<string>();
  const came: string[] = [];
  return {
    profiles,
    ids,
    came,
    take({ request, body, response, silent }) {
      new Webhook(webhookSecret).verify(body, request.headers as Record<string, string>);
      const events = (JSON.parse(body) as Event[]).filter(({ type }) => type === 'ensayo.profile.changed');
      if (events.some(refuse)) {
        if (!silent) response.writeHead(422).end('bad row');
        return;
      }
      for (const { id, subject, data } of events) {
        came.push(subject);
        if (ids.has(id)) continue;
        ids.add(id);
        if (data.removed) profiles.delete(subject);
        else profiles.set(subject, { ...profiles.get(subject), ...data });
      }
      if (!silent) response.writeHead(204).end();
    },
  };
}
