import type { ForgetReceiver } from '#core/contract/portfolio/keeping.ts';
import { byHandWhy } from '#core/keeping/told.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { findDestination } from '../../store/delivery/destinations.ts';
import { type Holding, insertRemoval, receiversOf } from '../../store/keeping/receivers.ts';
import { instant } from '../../store/workspace.ts';
import { partOf } from '../course/inline.ts';
import { resolveDestination } from '../delivering/resolve.ts';
import { sealedPayload } from '../delivering/sealed.ts';

interface Forgotten {
  jobId: string;
  customerId: string;
  token: string;
  by: string;
}

interface Plan {
  told: ForgetReceiver;
  removal: { operation: 'put' | 'remove'; payload: string } | null;
}

/** What one receiver is told. Whatever stands in the way is a reason to leave it to a person, never one to stop forgetting. */
async function planFor(context: Context, session: Session, who: Forgotten, held: Holding): Promise<Plan> {
  const { destination: id, profile } = held;
  const row = await findDestination(session, id);
  const name = { es: row?.name ?? id, en: row?.name ?? id };
  const byHand = (why: ForgetReceiver['why']): Plan => ({
    told: { destination: id, name, action: 'by_hand', run: null, why },
    removal: null,
  });
  if (!profile) return byHand(byHandWhy.messages);
  if (!row || row.retired_at) return byHand(byHandWhy.retired);
  try {
    const { destination, options } = await resolveDestination(context, session, id);
    if (!destination.calls || !destination.guarantees(options).attributes)
      return byHand(byHandWhy.unreachable);
    const removes = profile.removes && !destination.calls.keepsProfiles;
    const columns = removes ? [] : profile.columns;
    return {
      told: {
        destination: id,
        name,
        action: removes ? 'removed' : 'emptied',
        run: partOf(who.jobId, `forget ${id}`),
        why: removes ? null : byHandWhy.emptied,
      },
      removal: {
        operation: removes ? 'remove' : 'put',
        payload: sealedPayload(context, who.customerId, columns),
      },
    };
  } catch (error) {
    context.log.warn({ err: error, destination: id }, 'a receiver cannot be told whom to forget');
    return byHand(byHandWhy.unreachable);
  }
}

/**
 * Works out, before a person is erased, which receivers hold something of them; the function given back puts what they are to be told
 * into runs, under the person's random name, once nothing else names them.
 */
export async function planReceivers(
  context: Context,
  session: Session,
  who: Forgotten,
): Promise<{ receivers: ForgetReceiver[]; queue(): Promise<void> }> {
  const plans: Plan[] = [];
  for (const held of await receiversOf(session, who.customerId))
    plans.push(await planFor(context, session, who, held));
  return {
    receivers: plans.map(({ told }) => told),
    async queue() {
      for (const { told, removal } of plans)
        if (removal && told.run)
          await insertRemoval(session, {
            ...{ id: told.run, destination: told.destination, token: who.token, key: `forget-${told.run}` },
            ...{ ...removal, startedAt: instant(context.now()), by: who.by },
          });
    },
  };
}
