import type { Answer } from '#core/delivery/answer.ts';
import type { Context } from '../../context.ts';
import type { Calls, Item, Receiver } from '../../destinations/destination.ts';
import { openSecret, sealSecret } from '../../store/secrets.ts';

const sealed = 'sealed_person';

/** What is frozen of somebody forgotten: who they are at the receiver, sealed, beside the attributes to be emptied. */
export const sealedPayload = (context: Context, customerId: string, columns: readonly string[]): string =>
  JSON.stringify({
    ...Object.fromEntries(columns.map((name) => [name, null])),
    [sealed]: sealSecret(context, customerId),
  });

/** Opens who is meant, for the receiver alone. */
function opened(context: Context, item: Item): Item {
  const { [sealed]: who, ...values } = item.values;
  return typeof who === 'string' ? { ...item, customerId: openSecret(context, who), values } : item;
}

/** A receiver's words without the name it was told. */
function hushed(answer: Answer, names: ReadonlySet<string>): Answer {
  const quiet = (text: string) => [...names].reduce((left, name) => left.replaceAll(name, '…'), text);
  if (answer.kind === 'accepted')
    return {
      ...answer,
      ...(answer.rejected
        ? { rejected: answer.rejected.map((one) => ({ ...one, reason: quiet(one.reason) })) }
        : {}),
    };
  return 'reason' in answer ? { ...answer, reason: quiet(answer.reason) } : answer;
}

/** Calls that tell a receiver of people forgotten: only what goes out names them, and no answer that is kept. */
export const unsealing = (context: Context, calls: Calls<unknown>): Calls<unknown> => ({
  ...calls,
  bodyOf: (item, options) => calls.bodyOf(opened(context, item), options),
  async open(options, world): Promise<Receiver> {
    const receiver = await calls.open(options, world);
    const names = new Set<string>();
    return {
      async send(call) {
        const items = call.items.map((item) => opened(context, item));
        for (const { customerId } of items) names.add(customerId);
        return hushed(await receiver.send({ ...call, items }), names);
      },
      async poll(job) {
        return hushed((await receiver.poll?.(job)) ?? { kind: 'unknown', reason: 'no way to ask' }, names);
      },
      test: () => receiver.test(),
      close: () => receiver.close(),
    };
  },
});
